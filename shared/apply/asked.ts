// What steps ask before they act, and what was answered.
import type { Facts } from '../domain/facts.ts'
import type { Kept } from '../domain/kept.ts'
import type { Reading } from '../domain/reading.ts'

/** What the system itself answered, by the question: see host-answer.ts. */
export type HostAnswers = ReadonlyMap<string, Reading<string>>

/** The facts a step reads, asked again right before it acts. */
export type Asked = Pick<
  Facts,
  'engine' | 'containers' | 'images' | 'networks' | 'artifacts' | 'modelFolders' | 'tasks'
> & {
  /** By the question; missing where nobody looked. */
  readonly host?: HostAnswers
  /** Missing where nobody asked. */
  readonly kept?: Kept
}

/**
 * Groups of facts to read again: `engine` is containers, images and networks; `artifacts` the files and the folders of weights; `host` what `look`
 * asks; `kept` what is kept there, and who uses it; `tasks` how jobs and probes ended.
 */
export type AskGroup = 'engine' | 'artifacts' | 'host' | 'kept' | 'tasks'
