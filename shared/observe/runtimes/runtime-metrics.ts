// What an engine's own metrics say, under names that are the same for every engine.
import type { Reading } from '../../domain/reading.ts'

export type RuntimeMetrics = {
  /** Requests being processed now, and waiting. */
  readonly running: Reading<number>
  readonly waiting: Reading<number>
  /** Tokens since the process started. */
  readonly generatedTokens: Reading<number>
}
