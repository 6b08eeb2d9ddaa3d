// Reading files of this computer that somebody else may have laid there: only plain ones. A pipe would never end, and a
// link could name a file that is nobody's business.
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs'

/** `why`: plain English, for who made the file. */
export type NotPlain = {
  readonly problem: 'missing' | 'not-a-file' | 'too-large' | 'unreadable'
  readonly why: string
}

/** `follow`: a link to a plain file will do. */
type Wanted = { readonly follow: boolean; readonly mostBytes?: number }

/** Follows no link and waits for no writer. Windows has neither flag. */
export const plainReading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const followReading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Whatever `use` throws makes the file unreadable. */
export function withPlainFile<T>(
  file: string,
  { follow, mostBytes = Number.POSITIVE_INFINITY }: Wanted,
  use: (descriptor: number, about: Stats) => T,
): { readonly read: T } | NotPlain {
  try {
    const before = follow ? undefined : notAFile(lstatSync(file))
    if (before !== undefined) return before
    const descriptor = openSync(file, follow ? followReading : plainReading)
    try {
      const about = fstatSync(descriptor)
      const now = notAFile(about)
      if (now !== undefined) return now
      return about.size > mostBytes
        ? { problem: 'too-large', why: 'it is too large' }
        : { read: use(descriptor, about) }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return notRead(error)
  }
}

export function readPlainText(file: string, wanted: Required<Wanted>): { readonly read: string } | NotPlain {
  return withPlainFile(file, wanted, (descriptor) => readFileSync(descriptor, 'utf8'))
}

/** No more than that many bytes are ever read, however the file grows meanwhile. */
export function readPlainBytes(file: string, wanted: Required<Wanted>): { readonly read: Buffer } | NotPlain {
  const taken = withPlainFile(file, wanted, (descriptor) => upTo(descriptor, wanted.mostBytes))
  if ('read' in taken && taken.read === undefined) return { problem: 'too-large', why: 'it is too large' }
  return taken as { readonly read: Buffer } | NotPlain
}

function upTo(descriptor: number, mostBytes: number): Buffer | undefined {
  const pieces: Buffer[] = []
  let length = 0
  for (;;) {
    const piece = Buffer.alloc(64 * 1024)
    const taken = readSync(descriptor, piece)
    if (taken === 0) return Buffer.concat(pieces, length)
    length += taken
    if (length > mostBytes) return undefined
    pieces.push(piece.subarray(0, taken))
  }
}

/** The size of a plain file, looked at without opening it. */
export function plainSize(file: string): { readonly read: number } | NotPlain {
  try {
    const about = lstatSync(file)
    return notAFile(about) ?? { read: about.size }
  } catch (error) {
    return notRead(error)
  }
}

/** What is wrong with something that should be a file; undefined when it is one. */
export function problemOfKind(kind: Pick<Stats, 'isFile' | 'isSymbolicLink' | 'isDirectory'>): string | undefined {
  if (kind.isFile()) return undefined
  if (kind.isSymbolicLink()) return 'it is a symbolic link'
  return kind.isDirectory() ? 'it is a folder' : 'it is not a regular file'
}

function notAFile(about: Stats): NotPlain | undefined {
  const why = problemOfKind(about)
  return why === undefined ? undefined : { problem: 'not-a-file', why }
}

/** How an error of the system is told. */
export function notRead(error: unknown): NotPlain {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return { problem: 'missing', why: 'it is missing' }
  // A link that came there meanwhile, and a pipe or socket that nobody serves.
  return { problem: code === 'ELOOP' || code === 'ENXIO' ? 'not-a-file' : 'unreadable', why: message }
}
