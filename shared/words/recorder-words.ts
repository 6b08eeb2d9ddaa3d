// About the recorder, which measures an appliance while no console watches it: the form of its sentences in every language.
import type { RecorderState } from '../domain/recorder.ts'

export type RecorderWords = {
  /** Of a plan that puts it there: its size on the disk and its pace. */
  readonly planned: (bytes: string, seconds: number) => string
  readonly none: string
  /** How the one there is; since when it runs. */
  readonly runs: (since: string) => string
  readonly stopped: string
  readonly script: { readonly [S in RecorderState['script']]: string | undefined }
  /** Of its ring. */
  readonly size: (bytes: string, limit: string, seconds: number) => string
  readonly newest: (at: string) => string
  readonly fetched: (samples: number, stored: number) => string
  readonly removed: string
}
