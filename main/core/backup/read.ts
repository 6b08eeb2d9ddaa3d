// Reads a backup: its readable head without a passphrase, and with one everything in it, to the last byte.
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { type BackupContents, type BackupHead, backupContents } from '../../../shared/domain/backup.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { jsonIn } from '../../../shared/domain/json-text.ts'
import { stateFormat } from '../../store/folder.ts'
import { partOfPath } from '../../store/state-parts.ts'
import { openStream, StreamFault } from '../../vault/sealed-stream.ts'
import { keyOfBackup, mostHeadBytes, type ReadHead, readHead, unusable } from './form.ts'

/** A list of files is shorter. */
const mostListBytes = 256 * 1024 * 1024

export type OpenBackup = { readonly file: string; readonly head: BackupHead; readonly contents: BackupContents }

/** Where the bytes of each file go, in the order of the list. What it throws ends the reading. */
export type Unpacking = {
  begin(contents: BackupContents): Promise<Result<void>>
  bytes(path: string, part: Buffer): Promise<void>
  end(path: string): Promise<void>
}

export async function headOfBackup(file: string): Promise<Result<ReadHead>> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    if (!(await handle.stat()).isFile()) return unusable(file, 'not-a-backup')
    const start = Buffer.alloc(mostHeadBytes)
    const { bytesRead } = await handle.read(start, 0, start.length, 0)
    return readHead(file, start.subarray(0, bytesRead))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return unusable(file, code === 'ENOENT' ? 'missing' : 'unreadable', message)
  } finally {
    await handle?.close()
  }
}

/** Nothing is given to `unpacking` that was not authenticated. It is whole only when this says so. */
export async function readBackup(file: string, passphrase: string, unpacking: Unpacking): Promise<Result<OpenBackup>> {
  const head = await headOfBackup(file)
  if (!head.ok) return head
  const key = await keyOfBackup(file, head.value, passphrase)
  if (!key.ok) return key
  const { bound, bytes } = head.value
  const source = createReadStream(file, { start: bytes, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>
  try {
    return await unpacked(file, head.value.head, { plain: openStream(source, { key: key.value, bound }), unpacking })
  } catch (error) {
    if (error instanceof StreamFault) return unusable(file, error.cut ? 'cut-short' : 'damaged')
    throw error
  } finally {
    key.value.fill(0)
  }
}

type Reading = { readonly plain: AsyncGenerator<Buffer>; readonly unpacking: Unpacking }

async function unpacked(file: string, head: BackupHead, { plain, unpacking }: Reading): Promise<Result<OpenBackup>> {
  const take = piecesOf(plain)
  const length = (await wholeOf(take, 4))?.readUInt32BE() ?? 0
  const text = length > mostListBytes ? undefined : await wholeOf(take, length)
  const read = backupContents.safeParse(text && jsonIn(text.toString('utf8')))
  if (!read.success) return unusable(file, 'damaged', 'its list of files cannot be read')
  const contents = read.data
  if (contents.stateFormat > stateFormat) {
    return fail({ kind: 'state-too-new', folder: file, found: contents.stateFormat, supported: stateFormat })
  }
  const strange = contents.files.find(({ path }) => partOfPath(path) === undefined)
  if (strange !== undefined) return unusable(file, 'newer-format', strange.path)
  const begun = await unpacking.begin(contents)
  if (!begun.ok) return begun
  for (const { path, bytes } of contents.files) {
    for (let left = bytes; left > 0; ) {
      const part = await take(left)
      if (part === undefined) return unusable(file, 'damaged', 'it holds less than its list of files says')
      await unpacking.bytes(path, part)
      left -= part.length
    }
    await unpacking.end(path)
  }
  if ((await take(1)) !== undefined) return unusable(file, 'damaged', 'it holds more than its list of files says')
  return ok({ file, head, contents })
}

/** As much as there is at once, up to so many; undefined at the end. */
function piecesOf(plain: AsyncGenerator<Buffer>): (most: number) => Promise<Buffer | undefined> {
  let held = Buffer.alloc(0)
  return async (most) => {
    while (held.length === 0) {
      const next = await plain.next()
      if (next.done === true) return undefined
      held = Buffer.from(next.value)
      next.value.fill(0)
    }
    const part = held.subarray(0, most)
    held = held.subarray(part.length)
    return part
  }
}

async function wholeOf(take: ReturnType<typeof piecesOf>, count: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  for (let left = count; left > 0; ) {
    const part = await take(left)
    if (part === undefined) return undefined
    parts.push(part)
    left -= part.length
  }
  return Buffer.concat(parts)
}
