// A followed run: whatever moment one comes in, and whatever was missed, what is shown is what happened.
import { describe, expect, it } from 'vitest'
import {
  afterRunEvent,
  nothingHeard,
  type RunState,
  stepNumber,
} from '../../../../../renderer/features/setup/run-state.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'

const run = 'run-20261122T090000Z-0badcafe'
const begin: RunEvent = { event: 'run-begin', run, steps: 3 }
const stepBegin = (step: string, number: number): RunEvent => ({ event: 'step-begin', step, number, of: 3 })
const stepEnd = (step: string, outcome: 'done' | 'already' | 'failed' = 'done'): RunEvent => ({
  event: 'step-end',
  step,
  outcome,
  milliseconds: 40,
})
const counts = { run, changed: 2, unchanged: 1, sentBytes: 9 }
const ended: RunEvent = { event: 'run-end', ...counts }
const verified: RunEvent = {
  event: 'verified',
  stillToDo: [],
  verdict: { state: 'healthy', reason: 'answers', deployments: [] },
}
const whole = [begin, stepBegin('a', 1), stepEnd('a'), stepBegin('b', 2), stepEnd('b', 'already'), stepBegin('c', 3)]

function told(events: readonly RunEvent[], state: RunState = nothingHeard): RunState {
  return events.reduce(afterRunEvent, state)
}

describe('a followed run', () => {
  it('knows what is done, with its time, and what goes on', () => {
    const state = told(whole)
    expect(state).toMatchObject({ phase: 'running', current: 'c' })
    expect([...state.steps]).toEqual([
      ['a', { state: 'done', milliseconds: 40 }],
      ['b', { state: 'already', milliseconds: 40 }],
      ['c', { state: 'current' }],
    ])
    expect(stepNumber(state)).toBe(3)
  })

  it('that is replayed from its beginning is the same, not twice as much', () => {
    expect(told(whole, told(whole))).toEqual(told(whole))
  })

  it.each([0, 1, 2, 3, 4])('survives that event %d was missed', (missed) => {
    const state = told(whole.filter((_, place) => place !== missed))
    expect(state).toMatchObject({ phase: 'running', current: 'c' })
    expect([...state.steps.values()].filter((look) => look.state === 'current')).toHaveLength(1)
    expect(state.steps.get('c')).toEqual({ state: 'current' })
  })

  it('waits for whoever holds the appliance, and forgets them when it begins', () => {
    const waiting = told([{ event: 'waiting-for-lock', holder: 'li' }])
    expect(waiting).toMatchObject({ phase: 'waiting', holder: 'li' })
    expect(told([begin], waiting)).not.toHaveProperty('holder')
  })

  it('is proven only after its end, and ended only when it was proven', () => {
    const proving = told([...whole, stepEnd('c'), ended])
    expect(proving).toMatchObject({ phase: 'proving' })
    expect(proving).not.toHaveProperty('current')
    expect(told([verified], proving)).toMatchObject({ phase: 'ended', verified: { stillToDo: [] } })
  })

  it('that failed has ended at once, with the step that failed', () => {
    const failure = { kind: 'cancelled', at: 'c' } as const
    const state = told([...whole, stepEnd('c', 'failed'), { event: 'run-end', ...counts, failure }])
    expect(state).toMatchObject({ phase: 'ended', end: { failure } })
    expect(state.steps.get('c')).toMatchObject({ state: 'failed' })
  })
})
