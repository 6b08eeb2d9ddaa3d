// About what services write: the form of its sentences in every language.
import type { LogSource } from '../domain/log.ts'

export type LogWords = {
  readonly nothing: string
  /** Above the list of those there are. */
  readonly which: string
  readonly source: (source: LogSource) => string
  /** Behind the beginning of a long line. */
  readonly cut: (bytes: number) => string
  readonly lost: (why: string) => string
  readonly stopped: string
}
