// `rackside recorder`: what measures an appliance while no console watches it; fetching what it measured; its end.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { RecorderState } from '../../../shared/domain/recorder.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Words } from '../../../shared/words/words.ts'
import { flat, type VerbWork } from './work.ts'

export function recorder(work: VerbWork, target: Target): Promise<Result<number>> {
  const { recorder: act } = work.invocation
  if (act === 'fetch') return fetchIt(work, target)
  return act === 'off' ? takeAway(work, target) : show(work, target)
}

async function show({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const state = await flat('recorder.state', client.product.recorder.state({ target }))
  if (!state.ok) return state
  for (const line of recorderLines(state.value, words)) terminal.say(line)
  terminal.result({ recorder: state.value })
  return ok(0)
}

function recorderLines(state: RecorderState | null, { recorder: said }: Words): string[] {
  if (state === null) return [said.none]
  const { running, sinceMs, script, bytes, limitBytes, intervalSeconds, newestMs, alert } = state
  const time = (atMs: number) => new Date(atMs).toISOString()
  return [
    running && sinceMs !== undefined ? said.runs(time(sinceMs)) : said.stopped,
    said.script[script] ?? '',
    said.size(bytesText(bytes), bytesText(limitBytes), intervalSeconds),
    newestMs === undefined ? '' : said.newest(time(newestMs)),
    alert === undefined ? said.tellsNobody : said.tells(alert.host),
    alert?.untold === undefined ? '' : said.untold(time(alert.untold.atMs), alert.untold.exitCode),
  ].filter((line) => line !== '')
}

async function fetchIt({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const fetched = await flat('recorder.fetch', client.product.recorder.fetch({ target }))
  if (!fetched.ok) return fetched
  const { there, samples, stored } = fetched.value
  terminal.say(there ? words.recorder.fetched(samples, stored) : words.recorder.none)
  terminal.result(fetched.value)
  return ok(0)
}

async function takeAway({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const removed = await flat('recorder.remove', client.product.recorder.remove({ target }))
  if (!removed.ok) return removed
  terminal.say(words.recorder.removed)
  terminal.result({ removed: true })
  return ok(0)
}
