// Use cases of recordings: one is made of an appliance's answers, and one stands in an appliance's place.
import type { Target } from '../../shared/contract/contract.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Recording } from '../../shared/domain/recording.ts'
import { recordingOf } from '../../shared/facts/recording.ts'
import { gatherAnswers } from '../facts/gather.ts'
import { stopsOf } from './access/opening.ts'
import { openingAnew } from './appliances.ts'
import type { Core } from './context.ts'
import { gatherOptions, probesFor } from './gather.ts'

/** Of one console at a time; the one that was brought first goes first. */
const heldLimit = 8

export async function recordAppliance(core: Core, target: Target): Promise<Result<Recording>> {
  const opening = openingAnew(core, target)
  if (!opening.ok) return opening
  const answers = await core.sessions.withConnection(opening.value, (connection) =>
    gatherAnswers(connection, { ...gatherOptions(core), probes: probesFor(opening.value) }),
  )
  if (!answers.ok) return answers
  const places = stopsOf(opening.value).flatMap(({ address: { host, user } }) => [host, user])
  const name = target.by === 'name' ? [target.name] : []
  return ok(recordingOf(answers.value, [...places, ...name]))
}

export function holdReplay(core: Core, recording: Recording): Result<{ replayId: string }> {
  const { replays } = core
  const replayId = `replay-${core.tools.randomId()}`
  replays.set(replayId, recording)
  const [oldest] = replays.keys()
  if (replays.size > heldLimit && oldest !== undefined) replays.delete(oldest)
  return ok({ replayId })
}

export function replayOf(replays: ReadonlyMap<string, Recording>, replayId: string): Result<Recording> {
  const found = replays.get(replayId)
  return found === undefined ? fail({ kind: 'replay-unknown' }) : ok(found)
}
