// What is said of the history of measurements, in every language.
import type { HistoryTrouble } from '../domain/history.ts'

export type HistoryWords = {
  readonly nothing: string
  readonly size: (bytes: number, limitBytes: number) => string
  readonly trouble: (trouble: HistoryTrouble) => string
}
