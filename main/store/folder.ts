// Where this console keeps its state: one folder of the user's, 0700, with a format number. Files are
// replaced, never written in place: temp file, fsync, rename, fsync of the folder. What a document was
// before lies beside it as NAME.last: it is named when the document is damaged, never used silently.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type * as z from 'zod'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'

export const stateFormat = 1
/** The owner's socket lies in it, and macOS gives the path of a socket 104 bytes, its end included. */
const longestPath = 92

/** RACKSIDE_HOME, else the platform's usual place (XDG, AppData, Library). */
export function stateFolderPath(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const named = environment['RACKSIDE_HOME']
  if (named !== undefined && named !== '') return named
  // Set but empty means not set (XDG), here and below.
  const home = environment['HOME'] || environment['USERPROFILE'] || homedir()
  if (platform === 'win32') return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Rackside')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Rackside')
  return join(environment['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'rackside')
}

/** Makes the folder if it is missing and checks that it is ours alone and of a format this version reads. */
export function openStateFolder(folder: string): Result<string> {
  try {
    if (process.platform !== 'win32' && Buffer.byteLength(folder) > longestPath) {
      return unwritable(folder, `its path is longer than ${longestPath} bytes`)
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { mode, uid } = statSync(folder)
    const me = process.getuid?.()
    if (me !== undefined && uid !== me) return unwritable(folder, `it belongs to user ${uid}, not to ${me}`)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      return unwritable(folder, `others may read it (mode ${(mode & 0o777).toString(8)}); chmod 700 it`)
    }
    const formatFile = join(folder, 'format')
    const found = readFormat(formatFile)
    if (found === undefined) writeFileDurably(formatFile, `${stateFormat}\n`)
    else if (Number.isNaN(found)) return unwritable(folder, 'its format file is damaged')
    else if (found > stateFormat) return fail({ kind: 'state-too-new', folder, found, supported: stateFormat })
    return ok(folder)
  } catch (error) {
    return unwritable(folder, (error as Error).message)
  }
}

function unwritable(folder: string, detail: string): Result<never> {
  return fail({ kind: 'state-unwritable', folder, detail })
}

function readFormat(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10)
  } catch {
    return undefined
  }
}

/** Replaces a file so that a crash leaves the old or the new content, never half of one. Throws when it cannot. */
export function writeFileDurably(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.new`
  try {
    // What a killed process left; and never through a link that lies there (P15).
    rmSync(temporary, { force: true })
    writeWhole(temporary, Buffer.from(content))
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(file))
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    writeEveryByte(descriptor, bytes)
    fsyncSync(descriptor)
    const { size } = fstatSync(descriptor)
    if (size !== bytes.length) throw new Error(`${size} of ${bytes.length} bytes arrived in the file`)
  } finally {
    closeSync(descriptor)
  }
}

/** One write may take only a part of the bytes, on a full disk for one; the next then says why. Throws. */
export function writeEveryByte(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) {
    const taken = writeSync(descriptor, bytes, written, bytes.length - written)
    if (taken === 0) throw new Error(`only ${written} of ${bytes.length} bytes could be written`)
    written += taken
  }
}

/** Gives a file a second name, NAME.last, that stays when the first is replaced. Throws when it cannot. */
function keepAsLast(file: string): void {
  const temporary = `${lastOf(file)}.${process.pid}.new`
  try {
    rmSync(temporary, { force: true })
    linkOrCopy(file, temporary)
    renameSync(temporary, lastOf(file))
  } finally {
    // A rename onto another name of the same file does nothing and leaves both.
    rmSync(temporary, { force: true })
  }
}

/** Not every filesystem has hard links (exFAT, some network shares). */
function linkOrCopy(file: string, to: string): void {
  try {
    linkSync(file, to)
  } catch {
    copyFileSync(file, to)
  }
}

function lastOf(file: string): string {
  return `${file}.last`
}

/** Makes the names in a folder outlast a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** One JSON document of the state folder, checked on both ways. A missing one reads as `empty`. */
export function documentIn<S extends z.ZodType>(folder: string, name: string, schema: S, empty: z.output<S>) {
  const file = join(folder, name)
  return {
    read(): Result<z.output<S>> {
      let content: string
      try {
        content = readFileSync(file, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(empty)
        return unwritable(folder, `${name}: ${(error as Error).message}`)
      }
      const value = parse(content)
      return value === undefined ? unwritable(folder, damage()) : ok(value.is)
    },
    write(value: z.output<S>): Result<void> {
      try {
        const content = `${JSON.stringify(schema.parse(value), null, 1)}\n`
        // A damaged one does not take the place of the last good one.
        if (isGood(file)) keepAsLast(file)
        writeFileDurably(file, content)
        return ok(undefined)
      } catch (error) {
        return unwritable(folder, `${name}: ${(error as Error).message}`)
      }
    },
  }

  function parse(content: string): { is: z.output<S> } | undefined {
    try {
      return { is: schema.parse(JSON.parse(content)) }
    } catch {
      return undefined
    }
  }

  function isGood(path: string): boolean {
    try {
      return existsSync(path) && parse(readFileSync(path, 'utf8')) !== undefined
    } catch {
      return false
    }
  }

  function damage(): string {
    return isGood(lastOf(file))
      ? `${name} is damaged; ${lastOf(name)} is the last good one: put it in its place, or move both away to start without`
      : `${name} is damaged; move it away to start without it`
  }
}
