// Runs belong to the console: they go on without readers, are joined instead of doubled, and can be read from
// their first event on by whoever comes later.
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../../../main/core/refusal.ts'
import {
  type ConsoleRuns,
  consoleRuns,
  type Prepare,
  type RunHead,
} from '../../../../../main/core/runs/console-runs.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import type { RunEvent, RunProgress } from '../../../../../shared/domain/run.ts'
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

const runsTools = { nowMs: () => 1000, onEnd: () => undefined }

const headOf = (planId: string): RunHead => ({
  ...{ planId, address: { host: 'a', port: 22, user: 'ops' }, purpose: settingUp('ward'), startedAt: 'now' },
})

/** Events that come when the test lets them; what it throws ends them. */
function gated() {
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
  const prepared = ok(events())
  return { prepare: async () => prepared, give, state }
}

function played(events: readonly RunEvent[]) {
  const one = gated()
  for (const event of events) one.give(event)
  one.give('over')
  return one.prepare
}

async function join(runs: ConsoleRuns, prepare: Prepare, planId = 'plan-1') {
  const joined = await runs.join(headOf(planId), prepare)
  if (!joined.ok) throw new Error(joined.failure.kind)
  return joined.value
}

async function all(stream: AsyncIterable<RunEvent>): Promise<string[]> {
  const seen: string[] = []
  for await (const { event } of stream) seen.push(event)
  return seen
}
const names = whole.map((one) => one.event)

/** It is called in the turn after a run was asked for. */
const prepareBegins = () => new Promise(setImmediate)

describe('a run', () => {
  it('goes on when its reader leaves, and without any', async () => {
    const runs = consoleRuns(runsTools)
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
    const runs = consoleRuns(runsTools)
    const { prepare, give } = gated()
    const readers = [all((await join(runs, prepare))())]
    give(begin)
    await new Promise(setImmediate)
    readers.push(all(runs.follow('plan-1')))
    for (const one of [step, end(), verified('healthy'), 'over' as const]) give(one)
    expect(await Promise.all(readers)).toEqual([names, names])
  })

  it('is joined, never doubled: also by two calls at the same moment', async () => {
    const runs = consoleRuns(runsTools)
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

  it('says once that it has ended, and why; one that was refused has not begun', async () => {
    const ended: unknown[] = []
    const runs = consoleRuns({ nowMs: () => 0, onEnd: ({ state }, failure) => ended.push([state, failure?.kind]) })
    await all((await join(runs, played(whole)))())
    await all((await join(runs, played([begin, end({ kind: 'lock-lost', at: 'x' })])))())
    await runs.join(headOf('plan-2'), async () => fail({ kind: 'lock-lost', at: 'x' }))
    await runs.idle()
    expect(ended).toEqual([
      ['done', undefined],
      ['failed', 'lock-lost'],
    ])
  })

  it('that waits says for what and since when, and no more once it goes on', async () => {
    const clock = { nowMs: 1000 }
    const runs = consoleRuns({ nowMs: () => clock.nowMs, onEnd: () => undefined })
    const { prepare, give } = gated()
    await join(runs, prepare)
    const waits = async (event: RunEvent) => {
      give(event)
      await prepareBegins()
      clock.nowMs += 1000
      return runs.waiting().map((one) => [one.waits, one.sinceMs])
    }
    expect(await waits(begin)).toEqual([])
    expect(await waits({ event: 'waiting-for-lock', holder: 'eve' })).toEqual([['lock', 2000]])
    expect(await waits({ event: 'waiting-for-lock', holder: 'eve' })).toEqual([['lock', 2000]])
    expect(await waits({ event: 'waiting-for-window', until: '2026-11-28T20:00:00Z' })).toEqual([['window', 4000]])
    expect(await waits(step)).toEqual([])
    give({ event: 'waiting-for-lock', holder: 'eve' })
    give('over')
    await runs.idle()
    expect(runs.waiting()).toEqual([])
  })

  it('that has ended is followed by another one, which is then the newest', async () => {
    const runs = consoleRuns(runsTools)
    await all((await join(runs, played([begin, end({ kind: 'lock-lost', at: 'x' })])))())
    await all((await join(runs, played(whole)))())
    expect(runs.list().map((one) => one.state)).toEqual(['done', 'failed'])
    expect(await all(runs.follow('plan-1'))).toEqual(names)
  })

  it('that was refused leaves nothing, and the next call prepares anew', async () => {
    const runs = consoleRuns(runsTools)
    const refused = fail({ kind: 'engine-missing' })
    expect(await Promise.all([1, 2].map(() => runs.join(headOf('p'), async () => refused)))).toEqual([refused, refused])
    await expect(runs.join(headOf('p'), () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
    expect([runs.list(), await all(runs.follow('p'))]).toEqual([[], []])
    expect((await runs.join(headOf('p'), played(whole))).ok).toBe(true)
  })

  it('whose proof cannot be had tells every reader why, and is not done', async () => {
    const runs = consoleRuns(runsTools)
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
    const runs = consoleRuns(runsTools)
    await join(runs, played(events))
    await runs.idle()
    expect(runs.list()).toMatchObject([expected])
  })

  it('ends for a reader that aborts, while it goes on', async () => {
    const runs = consoleRuns(runsTools)
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
    const runs = consoleRuns(runsTools)
    await join(runs, gated().prepare, 'plan-going')
    for (let at = 0; at < 60; at++) await all((await join(runs, played(whole), `plan-${at}`))())
    const listed = runs.list().map((one) => one.planId)
    expect([listed.length, listed[0], listed.at(-1)]).toEqual([50, 'plan-59', 'plan-going'])
  })

  it('takes no more once the console ends, and stops those that are under way', async () => {
    const runs = consoleRuns(runsTools)
    const { prepare, give } = gated()
    const stopped: boolean[] = []
    const late = runs.join(headOf('plan-1'), async ({ signal }) => {
      signal.addEventListener('abort', () => stopped.push(true))
      return prepare()
    })
    await prepareBegins()
    runs.stopAll()
    give('over')
    expect(stopped).toEqual([true])
    expect((await late).ok).toBe(true)
    expect(await runs.join(headOf('plan-2'), played(whole))).toMatchObject({
      ok: false,
      failure: { kind: 'cancelled' },
    })
    expect(runs.list()).toHaveLength(1)
  })
})

describe('a run that is being prepared', () => {
  it('is known from the moment that it is asked for', async () => {
    const runs = consoleRuns(runsTools)
    let refuseIt: (refusal: Result<never>) => void = () => undefined
    const asked = runs.join(headOf('plan-1'), () => new Promise((resolve) => (refuseIt = resolve)))
    expect([runs.going(), runs.list()]).toEqual([['plan-1'], [{ ...headOf('plan-1'), state: 'running' }]])
    const followed = all(runs.follow('plan-1'))
    const refused = fail({ kind: 'engine-missing' })
    await prepareBegins()
    refuseIt(refused)
    expect([await asked, await followed, runs.going(), runs.list()]).toEqual([refused, [], [], []])
    await runs.idle()
  })

  it('hears at once that it is cancelled, and its events say so', async () => {
    const runs = consoleRuns(runsTools)
    const heard: boolean[] = []
    const cancelled = gated()
    cancelled.give(end({ kind: 'cancelled', at: 'image.x' }))
    cancelled.give('over')
    const asked = join(runs, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      heard.push(signal.aborted)
      return cancelled.prepare()
    })
    await prepareBegins()
    expect(runs.cancel('plan-1')).toBe(true)
    expect([await all((await asked)()), heard]).toEqual([['run-end'], [true]])
    expect(runs.list()).toMatchObject([{ state: 'cancelled' }])
    expect(runs.cancel('plan-1')).toBe(false)
  })

  it('is not stopped by the cancel of another one', async () => {
    const runs = consoleRuns(runsTools)
    const { prepare, give } = gated()
    let mine: AbortSignal | undefined
    await join(runs, (ticker) => {
      mine = ticker.signal
      return prepare()
    })
    await join(runs, gated().prepare, 'plan-2')
    expect([runs.cancel('plan-2'), runs.cancel('plan-3'), mine?.aborted]).toEqual([true, false, false])
    give('over')
  })
})

describe('the progress of a run', () => {
  const at = (doneBytes: number) => ({ run, step: 'artifact.x', doneBytes, totalBytes: 100, sentBytes: doneBytes })

  it('reaches its readers until it ends, and nobody afterwards', async () => {
    const runs = consoleRuns(runsTools)
    const { prepare, give } = gated()
    let show: (progress: RunProgress) => void = () => undefined
    const asked = runs.join(headOf('plan-1'), (ticker) => {
      show = ticker.show
      return prepare()
    })
    const reading = doneBytes(runs.progress('plan-1'))
    await asked
    for (const done of [1, 2, 3]) {
      show(at(done))
      await new Promise(setImmediate)
    }
    give('over')
    expect(await reading).toEqual([1, 2, 3])
    expect([await doneBytes(runs.progress('plan-1')), await doneBytes(runs.progress('plan-2'))]).toEqual([[], []])
  })

  it('ends for a reader that goes away, while the run goes on', async () => {
    const runs = consoleRuns(runsTools)
    await join(runs, gated().prepare)
    const leaving = new AbortController()
    const reading = doneBytes(runs.progress('plan-1', leaving.signal))
    await new Promise(setImmediate)
    leaving.abort()
    expect([await reading, runs.going()]).toEqual([[], ['plan-1']])
  })
})

async function doneBytes(stream: AsyncIterable<RunProgress>): Promise<number[]> {
  const seen: number[] = []
  for await (const one of stream) seen.push(one.doneBytes)
  return seen
}
