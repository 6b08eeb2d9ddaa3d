// Runs belong to the console: they go on without readers, are joined instead of doubled, and can be read from
// their first event on by whoever comes later.
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../../../main/core/refusal.ts'
import { type ConsoleRuns, consoleRuns, type PreparedRun } from '../../../../../main/core/runs/console-runs.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import type { VerdictState } from '../../../../../shared/domain/verdict.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'

const run = 'run-20261120T080000Z-0badcafe'
const begin: RunEvent = { event: 'run-begin', run, steps: 1 }
const step: RunEvent = { event: 'step-begin', step: 'image.x', number: 1, of: 1 }
const end = (failure?: Failure): RunEvent => ({
  ...{ event: 'run-end', run, changed: 1, unchanged: 0, sentBytes: 0 },
  ...(failure === undefined ? {} : { failure }),
})
const verified = (state: VerdictState, stillToDo: string[] = []): RunEvent => ({
  event: 'verified',
  stillToDo,
  verdict: { state, reason: state === 'healthy' ? 'answers' : 'nothing-deployed', deployments: [] },
})
const whole = [begin, step, end(), verified('healthy')]

/** Events that come when the test lets them; what it throws ends them. */
function gated(planId = 'plan-1') {
  const waiting: ((event: RunEvent | Error | 'over') => void)[] = []
  const given: (RunEvent | Error | 'over')[] = []
  const give = (one: RunEvent | Error | 'over') => {
    const taker = waiting.shift()
    if (taker === undefined) given.push(one)
    else taker(one)
  }
  const state = { left: false }
  async function* events(): AsyncGenerator<RunEvent> {
    try {
      for (;;) {
        const next = given.shift() ?? (await new Promise<RunEvent | Error | 'over'>((resolve) => waiting.push(resolve)))
        if (next === 'over') return
        if (next instanceof Error) throw next
        yield next
      }
    } finally {
      state.left = true
    }
  }
  const head = { planId, address: { host: 'a', port: 22, user: 'ops' }, purpose: settingUp('ward'), startedAt: 'now' }
  const prepared: Result<PreparedRun> = ok({ head, events: events() })
  return { prepare: async () => prepared, give, state }
}

function played(events: readonly RunEvent[], planId?: string) {
  const one = gated(planId)
  for (const event of events) one.give(event)
  one.give('over')
  return one.prepare
}

async function join(runs: ConsoleRuns, prepare: () => Promise<Result<PreparedRun>>, planId = 'plan-1') {
  const joined = await runs.join(planId, prepare)
  if (!joined.ok) throw new Error(joined.failure.kind)
  return joined.value
}

async function all(stream: AsyncIterable<RunEvent>): Promise<string[]> {
  const seen: string[] = []
  for await (const { event } of stream) seen.push(event)
  return seen
}
const names = whole.map((one) => one.event)

describe('a run', () => {
  it('goes on when its reader leaves, and without any', async () => {
    const runs = consoleRuns()
    const { prepare, give, state } = gated()
    const read = await join(runs, prepare)
    give(begin)
    for await (const _ of read()) break
    give(step)
    expect([state.left, runs.going()]).toEqual([false, ['plan-1']])
    expect(runs.list()).toMatchObject([{ state: 'running' }])
    for (const one of [end(), verified('healthy'), 'over' as const]) give(one)
    await runs.idle()
    expect(runs.list()).toMatchObject([{ planId: 'plan-1', state: 'done', verdict: 'healthy' }])
    expect([runs.going(), await all(read()), await all(runs.follow('plan-1'))]).toEqual([[], names, names])
  })

  it('is read from its first event on by whoever comes in the middle', async () => {
    const runs = consoleRuns()
    const { prepare, give } = gated()
    const readers = [all((await join(runs, prepare))())]
    give(begin)
    await new Promise(setImmediate)
    readers.push(all(runs.follow('plan-1')))
    for (const one of [step, end(), verified('healthy'), 'over' as const]) give(one)
    expect(await Promise.all(readers)).toEqual([names, names])
  })

  it('is joined, never doubled: also by two calls at the same moment', async () => {
    const runs = consoleRuns()
    let prepared = 0
    const { prepare, give } = gated()
    const counting = () => {
      prepared += 1
      return prepare()
    }
    const reads = await Promise.all([join(runs, counting), join(runs, counting)])
    reads.push(await join(runs, counting))
    for (const one of [...whole, 'over' as const]) give(one)
    expect(await Promise.all(reads.map((read) => all(read())))).toEqual([names, names, names])
    expect([prepared, runs.list().length]).toEqual([1, 1])
  })

  it('that has ended is followed by another one, which is then the newest', async () => {
    const runs = consoleRuns()
    await all((await join(runs, played([begin, end({ kind: 'lock-lost', at: 'x' })])))())
    await all((await join(runs, played(whole)))())
    expect(runs.list().map((one) => one.state)).toEqual(['done', 'failed'])
    expect(await all(runs.follow('plan-1'))).toEqual(names)
  })

  it('that was refused leaves nothing, and the next call prepares anew', async () => {
    const runs = consoleRuns()
    const refused = fail({ kind: 'engine-missing' })
    expect(await Promise.all([runs.join('p', async () => refused), runs.join('p', async () => refused)])).toEqual([
      refused,
      refused,
    ])
    await expect(runs.join('p', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
    expect([runs.list(), await all(runs.follow('p'))]).toEqual([[], []])
    expect((await runs.join('p', played(whole, 'p'))).ok).toBe(true)
  })

  it('whose proof cannot be had tells every reader why, and is not done', async () => {
    const runs = consoleRuns()
    const { prepare, give } = gated()
    const read = await join(runs, prepare)
    for (const one of [begin, end(), refuse({ kind: 'engine-missing' })]) give(one)
    await runs.idle()
    await expect(all(read())).rejects.toMatchObject({ code: 'REFUSED' })
    await expect(all(runs.follow('plan-1'))).rejects.toMatchObject({ data: { kind: 'engine-missing' } })
    expect(runs.list()).toMatchObject([{ state: 'failed' }])
    expect(runs.list()[0]).not.toHaveProperty('verdict')
  })

  it.each([
    [[begin, end({ kind: 'cancelled', at: 'x' })], { state: 'cancelled' }],
    [[begin, end({ kind: 'lock-lost', at: 'x' })], { state: 'failed' }],
    [[begin, end(), verified('down')], { state: 'done', verdict: 'down' }],
    [[begin, end(), verified('healthy', ['ready.x'])], { state: 'done', verdict: 'degraded' }],
  ])('is shown as what its events tell (%#)', async (events, expected) => {
    const runs = consoleRuns()
    await join(runs, played(events))
    await runs.idle()
    expect(runs.list()).toMatchObject([expected])
  })

  it('ends for a reader that aborts, while it goes on', async () => {
    const runs = consoleRuns()
    const { prepare, give, state } = gated()
    const leaving = new AbortController()
    const reading = all((await join(runs, prepare))(leaving.signal))
    give(begin)
    await new Promise(setImmediate)
    leaving.abort()
    expect([await reading, state.left, runs.going()]).toEqual([['run-begin'], false, ['plan-1']])
  })
})

describe('the list of runs', () => {
  it('has the newest first and forgets the oldest that ended, never one that goes on', async () => {
    const runs = consoleRuns()
    await join(runs, gated('plan-going').prepare, 'plan-going')
    for (let at = 0; at < 60; at++) await all((await join(runs, played(whole, `plan-${at}`), `plan-${at}`))())
    const listed = runs.list().map((one) => one.planId)
    expect([listed.length, listed[0], listed.at(-1)]).toEqual([50, 'plan-59', 'plan-going'])
  })

  it('takes no more once the console ends', async () => {
    const runs = consoleRuns()
    const late = runs.join('plan-1', played(whole))
    runs.refuseMore()
    const refused = { ok: false, failure: { kind: 'cancelled' } }
    expect([await late, await runs.join('plan-2', played(whole))]).toMatchObject([refused, refused])
    expect(runs.list()).toEqual([])
  })
})
