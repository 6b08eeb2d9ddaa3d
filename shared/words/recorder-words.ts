// About the recorder, which measures an appliance while no console watches it: the form of its sentences in every language.
import type { FailureOf } from '../domain/failure.ts'
import type { RecorderState } from '../domain/recorder.ts'

export type RecorderWords = {
  /** Of a plan that puts it there: its size on the disk and its pace; the host that it tells, where it tells one. */
  readonly planned: (bytes: string, seconds: number, host: string | undefined) => string
  /** In a message of its own: who says it. */
  readonly saidBy: string
  /** Why a channel is not one that it can tell. */
  readonly unusable: { readonly [P in FailureOf<'recorder-alert-unusable'>['problem']]: string }
  /** Of the one there: the host that it tells, and that the last message did not get out. `code`: of curl; 0: refused. */
  readonly tells: (host: string) => string
  readonly tellsNobody: string
  readonly untold: (at: string, code: number) => string
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
