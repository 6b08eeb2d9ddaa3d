// `rackside terminal`: the recordings of terminals that windows opened, and what one of them showed. A terminal itself is
// opened in a window: who has a terminal already has ssh.
import { castEvents, castReader } from '../../../shared/domain/cast-text.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type RecordingPiece, recordingId } from '../../../shared/domain/terminal.ts'
import { usage } from '../../terminal/option-words.ts'
import { flat, type Work } from './work.ts'

export type TerminalInvocation = { readonly verb: 'terminal' } & (
  | { readonly act: 'recordings'; readonly appliance: string | undefined }
  | { readonly act: 'show'; readonly recordingId: string }
)

export function readTerminalLine(act: string | undefined, [word]: readonly string[]): Result<TerminalInvocation> {
  const verb = 'terminal'
  if (act !== 'show') return ok({ verb, act: 'recordings', appliance: word })
  const named = word ?? ''
  const id = recordingId.safeParse(named.startsWith('recorded-') ? named : `recorded-${named}`)
  return id.success ? ok({ verb, act, recordingId: id.data }) : usage('not-a-recorded-terminal', named)
}

/** Exit code, or the failure that ended the command. */
export function runTerminal(work: Work, line: TerminalInvocation): Promise<Result<number>> {
  return line.act === 'show' ? show(work, line.recordingId) : list(work, line.appliance)
}

async function list({ client, terminal, words }: Work, appliance: string | undefined): Promise<Result<number>> {
  const kept = await flat('terminal.recordings', client.product.terminal.recordings({}))
  if (!kept.ok) return kept
  const wanted = kept.value.filter((one) => appliance === undefined || [one.appliance, one.host].includes(appliance))
  for (const one of wanted.toReversed()) terminal.say(words.terminal.head(one))
  if (wanted.length === 0) terminal.say(words.terminal.nothing)
  terminal.result({ recordings: wanted })
  return ok(0)
}

async function show(work: Work, id: string): Promise<Result<number>> {
  const { client, terminal, words } = work
  const kept = await flat('terminal.recordings', client.product.terminal.recordings({}))
  if (!kept.ok) return kept
  const recording = kept.value.find((one) => one.recordingId === id)
  if (recording === undefined) return usage('not-a-recorded-terminal', id)
  terminal.say(words.terminal.head(recording))
  const reader = castReader()
  const events: unknown[] = []
  let from: number | null = 0
  while (from !== null) {
    const piece: Result<RecordingPiece | null> = await flat(
      'terminal.recording',
      client.product.terminal.recording({ recordingId: id, from }),
    )
    if (!piece.ok) return piece
    if (piece.value === null) return usage('not-a-recorded-terminal', id)
    for (const one of reader.take(piece.value.text)) terminal.say(one.text)
    events.push(...castEvents(piece.value.text))
    from = piece.value.next
  }
  for (const one of reader.rest()) terminal.say(one.text)
  terminal.result({ recording, events })
  return ok(0)
}
