// Why the newest sample has no devices of a vendor, as a person reads it. What a tool said itself is shown as it
// came; the time is written by whoever shows it, in the clock of its reader.
import type { ToolSilence } from '../domain/sample.ts'
import type { Words } from './words.ts'

export function silenceText(silence: ToolSilence, { silences }: Words, timeText: (atMs: number) => string): string {
  switch (silence.silence) {
    case 'no-answer':
      return silences.noAnswer(silence.tool, timeText(silence.sinceMs))
    case 'gone':
      return silences.gone(silence.tool)
    case 'said':
      return silence.why
  }
}
