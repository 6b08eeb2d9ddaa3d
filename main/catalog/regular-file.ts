// Files of a folder that somebody carried here are opened as plain files or not at all: a pipe would never end,
// a link could name a file of this computer that is none of the bundle's.
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs'

type Look = { ok: true; bytes: number } | { ok: false; problem: string }

/** Follows no link and waits for no writer. Windows has neither flag. */
export const plainReading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The size of a regular file, looked at without opening it. */
export function lookAtFile(file: string): Look {
  try {
    return lookAt(lstatSync(file))
  } catch (error) {
    return { ok: false, problem: readProblem(error) }
  }
}

/** A regular file's text, of at most `maximumBytes`. */
export function readTextFile(
  file: string,
  maximumBytes: number,
): { ok: true; text: string } | { ok: false; problem: string } {
  const before = lookAtFile(file)
  if (!before.ok) return before
  try {
    const descriptor = openSync(file, plainReading)
    try {
      const now = lookAt(fstatSync(descriptor))
      if (!now.ok) return now
      if (now.bytes > maximumBytes) return { ok: false, problem: 'it is too large' }
      return { ok: true, text: readFileSync(descriptor, 'utf8') }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return { ok: false, problem: readProblem(error) }
  }
}

/** What is wrong with something that should be a file; undefined when it is one. */
export function problemOfKind(kind: Pick<Stats, 'isFile' | 'isSymbolicLink' | 'isDirectory'>): string | undefined {
  if (kind.isFile()) return undefined
  if (kind.isSymbolicLink()) return 'it is a symbolic link'
  return kind.isDirectory() ? 'it is a folder' : 'it is not a regular file'
}

function lookAt(stats: Stats): Look {
  const problem = problemOfKind(stats)
  return problem === undefined ? { ok: true, bytes: stats.size } : { ok: false, problem }
}

export function readProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'it is missing' : message
}
