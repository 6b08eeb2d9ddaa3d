// Writes a backup while the console runs: the state of one moment, sealed under a passphrase of its own, into a file that is
// there whole or not at all.
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type BackupContents,
  type BackupPart,
  backupContents,
  type MovedVault,
  type WrittenBackup,
} from '../../../shared/domain/backup.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { stateFormat } from '../../store/folder.ts'
import { copyHistory } from '../../store/history/copy.ts'
import { type Snapshot, takeSnapshot } from '../../store/snapshot.ts'
import { type DataKey, newKeyUnder } from '../../vault/data-key.ts'
import { checkPassphrase, usualLogN } from '../../vault/passphrase.ts'
import { sealStream } from '../../vault/sealed-stream.ts'
import type { Core } from '../context.ts'
import { boundTo, headLine } from './form.ts'
import { keysElsewhere } from './preview.ts'

export type BackupWish = {
  /** Whole path of the file. */
  readonly file: string
  readonly passphrase: string
  /** Beside the state itself. */
  readonly parts: readonly BackupPart[]
  /** A file that is there was chosen to be replaced. */
  readonly replaces?: boolean | undefined
}

export async function writeBackup(core: Core, wish: BackupWish): Promise<Result<WrittenBackup>> {
  const usable = checkPassphrase(wish.passphrase)
  if (!usable.ok) return usable
  if (wish.replaces !== true && existsSync(wish.file)) return isThere(wish.file)
  return core.backupsInTurn(() => written(core, wish))
}

async function written(core: Core, wish: BackupWish): Promise<Result<WrittenBackup>> {
  const vault = core.vault.state()
  if (!vault.ok) return vault
  const moved = vault.value.protection ?? 'none'
  const parts = [...new Set<BackupPart>(['state', ...wish.parts])]
  let snapshot: Snapshot | undefined
  let key: DataKey | undefined
  try {
    const createdAt = core.tools.now()
    snapshot = takeSnapshot(core.state.folder, new Set(parts), randomBytes(8).toString('hex'))
    const files = snapshot.files.filter(({ path }) => path !== 'vault.json' || moved === 'passphrase')
    const contents = await contentsIn(core, { files, snapshot, vault: moved, parts })
    const { passphraseLogN: logN = usualLogN } = core.tools
    key = await newKeyUnder(wish.passphrase, { random: randomBytes, logN })
    const head = { kind: 'rackside-backup', format: 1, version: core.tools.version ?? '', createdAt, parts } as const
    const line = headLine(head, key)
    const bytes = await putWhole(wish, sealedParts(line, key, bytesOf(contents, snapshot.folder)))
    return ok({ documents: contents.files.length, bytes, createdAt, parts, vault: moved })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return code === 'EEXIST' ? isThere(wish.file) : notWritten(wish.file, message)
  } finally {
    key?.key.fill(0)
    snapshot?.remove()
  }
}

function isThere(file: string): Result<never> {
  return fail({ kind: 'usage', problem: 'file-is-there', word: evidence(file, 1500) })
}

function notWritten(file: string, detail: string): Result<never> {
  return fail({ kind: 'usage', problem: 'file-unwritable', word: evidence(file, 1500), other: evidence(detail, 300) })
}

type Taken = {
  readonly snapshot: Snapshot
  readonly files: Snapshot['files']
  readonly vault: MovedVault
  readonly parts: readonly BackupPart[]
}

async function contentsIn({ state, tools }: Core, { files, snapshot, vault, parts }: Taken): Promise<BackupContents> {
  const history = join(state.folder, 'history.db')
  const all = [...files]
  if (parts.includes('history') && existsSync(history)) {
    const copy = join(snapshot.folder, 'history.db')
    await copyHistory(history, copy)
    all.push({ path: 'history.db', bytes: statSync(copy).size })
  }
  const keyFiles = state.keyFiles.read()
  return backupContents.parse({
    ...{ stateFormat, computer: tools.computer ?? '', folder: state.folder, vault, files: all },
    keyFiles: keyFiles.ok ? keysElsewhere(state.folder, keyFiles.value) : 0,
  })
}

async function* bytesOf(contents: BackupContents, folder: string): AsyncGenerator<Buffer> {
  const list = Buffer.from(JSON.stringify(contents))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(list.length)
  yield length
  yield list
  for (const { path, bytes } of contents.files) {
    if (bytes === 0) continue
    let sent = 0
    for await (const chunk of createReadStream(join(folder, path), { end: bytes - 1 })) {
      sent += (chunk as Buffer).length
      yield chunk as Buffer
    }
    if (sent !== bytes) throw Object.assign(new Error(`${path} became shorter`), { code: 'EIO' })
  }
}

async function* sealedParts(line: string, { key }: DataKey, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(line)
  yield* sealStream(source, { key, bound: boundTo(line) }, randomBytes)
}

/** How many bytes it has. Throws where the disk does not take it; then nothing is left of it. */
async function putWhole({ file, replaces }: BackupWish, source: AsyncIterable<Buffer>): Promise<number> {
  const temporary = `${file}.${process.pid}.new`
  await rm(temporary, { force: true })
  try {
    const handle = await open(temporary, 'wx', 0o600)
    let bytes = 0
    try {
      for await (const part of source) bytes += await putPart(handle, part)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (replaces === true) await rename(temporary, file)
    else await putNew(temporary, file)
    return bytes
  } finally {
    await rm(temporary, { force: true })
  }
}

async function putPart(handle: FileHandle, part: Buffer): Promise<number> {
  for (let at = 0; at < part.length; ) at += (await handle.write(part, at)).bytesWritten
  return part.length
}

/** Whoever laid a file there meanwhile keeps it. Sticks and shares may know no second names. */
async function putNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw error
    await rename(temporary, file)
  }
}
