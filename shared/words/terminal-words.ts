// About recorded terminals: the form of its sentences in every language.
import type { ListedRecording, RecordingState, TerminalEndReason } from '../domain/terminal.ts'

export type TerminalWords = {
  readonly nothing: string
  /** Why it ended, as a part of a sentence: "the shell ended". */
  readonly reasons: { readonly [R in TerminalEndReason]: string }
  /** Nobody wrote how it ended. */
  readonly cutOff: string
  readonly states: { readonly [S in RecordingState]: string }
  /** One line of a list, its id first. */
  readonly head: (recording: ListedRecording) => string
  readonly ended: (reason: TerminalEndReason, exitCode: number | undefined) => string
}
