// The folder of a publisher: who it is, every root that it ever had, which version of each line it signed last, and its
// keys, each sealed in a file of its own. Whoever has the folder and its passphrase is the publisher.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { bundleHeader, entryId } from '../../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { writeFileDurably } from '../../store/folder.ts'
import { type OwnerLock, tryOwn } from '../../store/owner-lock.ts'
import { fingerprintOf, readMetadata } from '../../trust/metadata-form.ts'
import { NotTrusted } from '../../trust/problem.ts'
import { openKey } from '../../trust/publisher-keys.ts'
import { unusableProject } from './project.ts'

const homeFile = 'publisher.json'
const keyName = z.string().regex(/^(?:root|signing)-[1-9][0-9]{0,3}\.key$/)

/** Nothing of it is secret. */
const publisherHome = z.strictObject({
  format: z.literal(1),
  publisher: bundleHeader.shape.publisher,
  /** The first one first, as they were signed. */
  roots: z
    .array(z.string().max(64 * 1024))
    .min(1)
    .max(256),
  /** Of the key that has the last word, and of the one that signs bundles; the first may be kept elsewhere meanwhile. */
  rootKey: keyName,
  signingKey: keyName,
  /** The version of the last bundle that was signed of each line: they only go up. */
  lines: z.record(entryId, z.int().positive()),
})
export type PublisherHome = z.infer<typeof publisherHome>

/**
 * One command at a time reads a home and writes it: two that signed at once would give one number out twice. What holds
 * it frees it however it ends.
 */
export async function whileHeld<T>(folder: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  let lock: OwnerLock | undefined
  try {
    lock = existsSync(folder) ? tryOwn(folder) : undefined
  } catch (error) {
    return unusableProject(folder, 'unwritable', (error as Error).message)
  }
  if (lock === undefined) return unusableProject(folder, existsSync(folder) ? 'busy' : 'no-keys')
  try {
    return await work()
  } finally {
    lock.release()
  }
}

export function readHome(folder: string): Result<PublisherHome> {
  const file = join(folder, homeFile)
  const text = readPlainText(file, { follow: true, mostBytes: 32 * 1024 * 1024 })
  if ('problem' in text) {
    return text.problem === 'missing' ? unusableProject(file, 'no-keys') : unusableProject(file, 'unreadable', text.why)
  }
  try {
    const read = publisherHome.safeParse(JSON.parse(text.read))
    const [issue] = read.error?.issues ?? []
    if (!read.success) {
      return unusableProject(file, 'invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    }
    for (const root of read.data.roots) readMetadata('root', Buffer.from(root), 'root')
    return ok(read.data)
  } catch (error) {
    return unusableProject(file, 'invalid', error instanceof NotTrusted ? 'roots' : (error as Error).message)
  }
}

/** On disk when it returns: what was signed under a number is never signed under it again. */
export function writeHome(folder: string, home: PublisherHome): Result<void> {
  return written(folder, homeFile, `${JSON.stringify(publisherHome.parse(home), undefined, 1)}\n`)
}

export function writeKey(folder: string, name: string, sealed: string): Result<void> {
  return written(folder, name, sealed)
}

function written(folder: string, name: string, text: string): Result<void> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileDurably(join(folder, name), text)
    return ok(undefined)
  } catch (error) {
    return unusableProject(join(folder, name), 'unwritable', (error as Error).message)
  }
}

/** `which`: of the home's keys. */
export async function openKeyOf(
  folder: string,
  { home, which, passphrase }: { home: PublisherHome; which: 'rootKey' | 'signingKey'; passphrase: string },
) {
  const file = join(folder, home[which])
  const text = readPlainText(file, { follow: true, mostBytes: 64 * 1024 })
  if ('problem' in text) {
    const problem = text.problem === 'missing' || text.problem === 'not-a-file' ? text.problem : 'unreadable'
    return fail({ kind: 'secret-file-unusable', file: evidence(file, 490), problem })
  }
  return openKey(text.read, passphrase, file)
}

/** What people compare before they trust this publisher. */
export function fingerprintOfHome({ roots }: PublisherHome): string {
  return fingerprintOf(readMetadata('root', Buffer.from(roots.at(-1) ?? ''), 'root').signed)
}
