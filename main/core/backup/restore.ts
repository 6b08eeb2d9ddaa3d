// Puts the state of a backup where no state is: unpacked beside it, checked to the last byte, and moved into place in one
// step. Whatever ends it before that step leaves everything as it was.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { BackupContents, BackupHead } from '../../../shared/domain/backup.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { openAudit } from '../../store/audit/audit.ts'
import { stateFormat, syncFolder, writeEveryByte, writeFileDurably } from '../../store/folder.ts'
import { type OwnerLock, tryOwn } from '../../store/owner-lock.ts'
import { restoredIn } from '../../store/restored.ts'
import { stateFiles } from '../../store/snapshot.ts'
import { openState } from '../../store/state.ts'
import { readBackup, type Unpacking } from './read.ts'

export type RestoreWish = {
  readonly file: string
  readonly passphrase: string
  /** Where the state goes: nothing, an empty folder, or one that a console only just began. */
  readonly folder: string
  readonly computer: string
  /** Of whoever puts it there. */
  readonly operator: string
  /** UTC, ISO 8601. */
  readonly now: string
}

export type Restored = {
  readonly head: BackupHead
  readonly contents: BackupContents
  readonly folder: string
  /** The console that it was made of runs on this computer. */
  readonly originRuns: boolean
}

export async function restoreBackup(wish: RestoreWish): Promise<Result<Restored>> {
  const folder = existsSync(wish.folder) ? realpathSync(wish.folder) : wish.folder
  const free = whetherFree(folder)
  if (!free.ok) return free
  const place = `${folder}.restoring`
  const lock = beginAt(place)
  if (!lock.ok) return lock
  const unpacking = unpackingTo(place)
  try {
    const read = await readBackup(wish.file, wish.passphrase, unpacking)
    if (!read.ok) return read
    const { head, contents } = read.value
    const ready = finished(place, { ...wish, folder }, { head, contents })
    if (!ready.ok) return ready
    lock.value.release()
    rmSync(join(place, 'owner.lock'), { force: true })
    const moved = moveInto(place, folder)
    if (!moved.ok) return moved
    return ok({ head, contents, folder, originRuns: runsHere(contents, { ...wish, folder }) })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return fail({ kind: 'state-unwritable', folder: place, detail: message })
  } finally {
    unpacking.close()
    lock.value.release()
    rmSync(place, { recursive: true, force: true })
  }
}

/** A console that was opened once and given nothing has only these. */
const ofFreshConsole = /^(?:format|owner\.lock|owner\.lock-journal|window\/.*)$/

function whetherFree(folder: string): Result<void> {
  if (!existsSync(folder)) return ok(undefined)
  const refused = (reason: 'holds-state' | 'in-use') => fail({ kind: 'restore-refused', folder, reason })
  if (!lstatSync(folder).isDirectory()) return refused('holds-state')
  if (stateFiles(folder).some(({ path }) => !ofFreshConsole.test(path))) return refused('holds-state')
  if (!existsSync(join(folder, 'owner.lock'))) return ok(undefined)
  const lock = tryOwn(folder)
  lock?.release()
  return lock === undefined ? refused('in-use') : ok(undefined)
}

/** One restore at a time; what a killed one left is cleared. */
function beginAt(place: string): Result<OwnerLock> {
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    const there = readdirSync(place)
    // Somebody's own folder of that name is nothing to clear.
    if (there.length > 0 && !there.includes('owner.lock')) {
      return fail({ kind: 'restore-refused', folder: place, reason: 'holds-state' })
    }
    const lock = tryOwn(place)
    if (lock === undefined) return fail({ kind: 'restore-refused', folder: place, reason: 'restoring' })
    for (const name of readdirSync(place)) {
      if (!name.startsWith('owner.lock')) rmSync(join(place, name), { recursive: true, force: true })
    }
    return ok(lock)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: place, detail: (error as Error).message })
  }
}

function unpackingTo(place: string): Unpacking & { close(): void } {
  const at = new Map<string, number>()
  const opened = (path: string): number => {
    const known = at.get(path)
    if (known !== undefined) return known
    mkdirSync(dirname(join(place, path)), { recursive: true, mode: 0o700 })
    const descriptor = openSync(join(place, path), 'wx', 0o600)
    at.set(path, descriptor)
    return descriptor
  }
  return {
    begin: async () => ok(undefined),
    async bytes(path, part) {
      writeEveryByte(opened(path), part)
    },
    async end(path) {
      const descriptor = opened(path)
      at.delete(path)
      try {
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
    },
    close() {
      for (const descriptor of at.values()) closeSync(descriptor)
    },
  }
}

type Read = { readonly head: BackupHead; readonly contents: BackupContents }

/** What a state folder needs beside what was in the backup. */
function finished(place: string, { folder, now, operator }: RestoreWish, { head, contents }: Read): Result<void> {
  writeFileDurably(join(place, 'format'), `${stateFormat}\n`)
  const moved = moveKeyFiles(place, contents.folder, folder)
  if (!moved.ok) return moved
  const { computer } = contents
  const noted = restoredIn(place).write({ madeAt: head.createdAt, restoredAt: now, computer })
  if (!noted.ok) return noted
  const input = { madeAt: head.createdAt, computer }
  const written = openAudit(place).append({ at: now, who: operator, act: 'backup-restore', input })
  if (!written.ok) return written
  for (const one of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (one.isDirectory()) syncFolder(join(one.parentPath, one.name))
  }
  syncFolder(place)
  return ok(undefined)
}

/** Keys that lay in the state folder came along, to another path: each is known by its old id and by its new one. */
function moveKeyFiles(place: string, from: string, to: string): Result<void> {
  const { keyFiles } = openState(place)
  const known = keyFiles.read()
  if (!known.ok) return known
  const next = known.value.flatMap((one) => {
    const below = relative(from, one.file)
    if (from === to || below === '' || below.startsWith('..') || below.includes(`..${sep}`)) return [one]
    const file = join(to, below)
    const digest = createHash('sha256').update(file).digest('hex').slice(0, 12)
    return [
      { ...one, file },
      ...(one.credentialId === `key-${digest}` ? [] : [{ credentialId: `key-${digest}`, file }]),
    ]
  })
  return next.length === 0 ? ok(undefined) : keyFiles.write(next)
}

/** The one step. An empty folder in its place has nothing to lose, and is put aside for the moment. */
function moveInto(place: string, folder: string): Result<void> {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
  const aside = `${folder}.before-restore.${process.pid}`
  const free = whetherFree(folder)
  if (!free.ok) return free
  const wasThere = existsSync(folder)
  if (wasThere) renameSync(folder, aside)
  try {
    renameSync(place, folder)
  } catch (error) {
    if (wasThere && !existsSync(folder)) renameSync(aside, folder)
    throw error
  }
  syncFolder(dirname(folder))
  if (wasThere) rmSync(aside, { recursive: true, force: true })
  return ok(undefined)
}

function runsHere({ computer, folder: from }: BackupContents, wish: RestoreWish): boolean {
  if (computer !== wish.computer || from === wish.folder || !existsSync(join(from, 'owner.lock'))) return false
  try {
    const lock = tryOwn(from)
    lock?.release()
    return lock === undefined
  } catch {
    return false
  }
}
