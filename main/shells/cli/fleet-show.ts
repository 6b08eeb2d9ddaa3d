// A rollout as lines for a person: its rings with what is done on whom, then each appliance's way through it.
import type { Failure } from '../../../shared/domain/failure.ts'
import {
  isGood,
  type MemberStand,
  type Rollout,
  type RolloutEvent,
  type RolloutMember,
} from '../../../shared/domain/rollout.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { failureText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'
import { localTime, waitText } from './run-waits.ts'

export function rolloutLines({ solution, places, members }: Rollout, words: Words): string[] {
  const { rollout, cli } = words
  const ringed = members.filter(({ ring }) => ring !== undefined)
  const rings = Math.max(0, ...ringed.map(({ ring }) => ring ?? 0))
  const quiet = members.filter(({ stand }) => stand.state === 'nothing-to-do')
  const out = members.filter(({ stand }) => stand.state === 'left-out')
  const counts = { change: ringed.length, rings, places, nothing: quiet.length, leftOut: out.length }
  const lines = [rollout.title(solution, members.length), rollout.sum(counts)]
  for (let number = 1; number <= rings; number += 1) {
    lines.push(rollout.ring(number))
    for (const one of ringed) if (one.ring === number) lines.push(`  ${memberLine(one, words)}`)
  }
  if (quiet.length > 0) lines.push(cli.pair(rollout.nothingToDo, quiet.map((one) => called(one, words)).join(', ')))
  if (out.length > 0) lines.push(rollout.leftOut, ...out.map((one) => `  ${outLine(one, words)}`))
  return lines
}

function memberLine(member: RolloutMember, words: Words): string {
  const { changed = 0, uploadBytes = 0, interrupts = [] } = member.plan ?? {}
  const stops = interrupts.length === 0 ? [] : [words.rollout.interrupts(interrupts.join(', '))]
  const what = [words.rollout.changes(changed, bytesText(uploadBytes)), ...stops]
  return words.cli.pair(called(member, words), words.cli.list(what))
}

function outLine(member: RolloutMember, words: Words): string {
  const why = member.stand.state === 'left-out' ? sayFailure(member.stand.failure, words) : ''
  return words.cli.pair(called(member, words), why)
}

/** Nobody takes an exercise for the real thing. */
function called({ name, demo }: RolloutMember, words: Words): string {
  return demo ? words.demo.line(name) : name
}

/** "ward-3: Healthy". */
function standLine(member: RolloutMember, words: Words): string {
  return words.cli.pair(called(member, words), standText(member.stand, words))
}

function standText(stand: MemberStand, words: Words): string {
  if (stand.state === 'done') return words.verdicts[stand.verdict]
  const state = words.rollout.stands[stand.state]
  if (stand.state === 'failed' || stand.state === 'left-out')
    return words.cli.list([state, sayFailure(stand.failure, words)])
  if (stand.state === 'nothing-to-do' && stand.verdict !== undefined)
    return words.cli.list([state, words.verdicts[stand.verdict]])
  return state
}

function sayFailure(failure: Failure, words: Words): string {
  const { what, next } = failureText(failure, words)
  return `${what} ${next}`
}

/** What an event is worth a line: waiting and endings; steps are counted on the line that replaces itself. */
export function eventLine(event: RolloutEvent, members: readonly RolloutMember[], words: Words): string | undefined {
  const { rollout, cli } = words
  switch (event.event) {
    case 'member':
      return standLine(event.member, words)
    case 'run': {
      const said = waitText(event.heard, words)
      const member = members.find((one) => one.name === event.name)
      return said === undefined || member === undefined ? undefined : cli.pair(called(member, words), said)
    }
    case 'waiting-for-window':
      return rollout.waitingForWindow(localTime(event.until))
    case 'going-on-without':
      return rollout.goingOnWithout(event.name)
    case 'rollout-begin':
      return undefined
    case 'rollout-end':
      return endLine(event.rollout, words)
  }
}

function endLine({ state, members }: Rollout, { rollout }: Words): string | undefined {
  if (state === 'planned' || state === 'running') return undefined
  return rollout.ended[state](members.filter(isHealthy).length, members.length)
}

/** Proven to be well, whether or not anything was to be done there. */
export function isHealthy({ stand }: RolloutMember): boolean {
  return isGood(stand) || (stand.state === 'nothing-to-do' && stand.verdict === 'healthy')
}
