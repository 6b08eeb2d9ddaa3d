// Reading files that somebody else may have laid there: only plain ones, never held up by a pipe that nobody writes to.
import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'

export type PlainProblem = 'missing' | 'not-a-file' | 'unreadable'

/** `follow`: a link to a plain file will do. Whatever `use` throws makes the file unreadable. */
export function withPlainFile<T>(
  file: string,
  { follow }: { readonly follow: boolean },
  use: (descriptor: number, about: Stats) => T,
): { readonly read: T } | { readonly problem: PlainProblem } {
  // Windows has neither flag.
  const noLink = follow ? 0 : (constants.O_NOFOLLOW ?? 0)
  try {
    const descriptor = openSync(file, constants.O_RDONLY | noLink | (constants.O_NONBLOCK ?? 0))
    try {
      const about = fstatSync(descriptor)
      return about.isFile() ? { read: use(descriptor, about) } : { problem: 'not-a-file' }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return { problem: problemOf((error as NodeJS.ErrnoException).code) }
  }
}

function problemOf(code: string | undefined): PlainProblem {
  if (code === 'ENOENT') return 'missing'
  // A link that is not followed, and a pipe or socket that nobody serves.
  return code === 'ELOOP' || code === 'ENXIO' ? 'not-a-file' : 'unreadable'
}
