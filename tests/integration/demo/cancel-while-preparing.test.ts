// A run that is cancelled before it begins, in every moment of its preparation, over the real link of a demo appliance:
// nothing is asked that changes anything there, and the events, the list and the audit say that it was cancelled.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Core } from '../../../main/core/context.ts'
import { clientInProcess } from '../../../main/core/link/console-client.ts'
import { lastRun, planSetup } from '../../../main/core/runs/setup.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { fail, ok } from '../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'

/** Whatever the preparation waits for, before it is asked and after it has answered; the lock is never given. */
function watched(core: Core) {
  const state = { at: 0, cancelAt: 0, locked: false, cancel: (): void => undefined }
  const moment = () => {
    if (state.at === state.cancelAt) state.cancel()
    state.at += 1
  }
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    moment()
    const done = await work()
    moment()
    return done
  }
  const over = (connection: Connection): Connection => ({
    ...connection,
    run: (what, options) => around(() => connection.run(what, options)),
    stream: async (what, options) => {
      if (!('name' in what && what.name === 'run lock')) return around(() => connection.stream(what, options))
      state.locked = true
      return fail({ kind: 'engine-missing' })
    },
    engine: () => {
      moment()
      return connection.engine()
    },
  })
  const open: Core['sessions']['open'] = (opening) =>
    around(async () => {
      const opened = await core.sessions.open(opening)
      return opened.ok ? ok(over(opened.value)) : opened
    })
  // The line that it begins is what stands between the preparation and the lock.
  const append: Core['audit']['append'] = (line) => {
    if (line.act === 'run-begin') moment()
    return core.audit.append(line)
  }
  const audit = { ...core.audit, append }
  return { state, core: { ...core, audit, sessions: { ...core.sessions, open } } satisfies Core }
}

it('changes nothing in any moment, and says so', async () => {
  const { core: inner, folder } = demoCore()
  const { target, bundleId } = await makeDemo(inner)
  const { state, core } = watched(inner)
  const { setup } = clientInProcess({ core, caller: { by: 'console', operator: 'li' } }).product
  const { id: planId, steps } = must(await planSetup(core, { target, bundleId, solution: 'demo-clinic' }))
  const auditEnd = (lines: number) =>
    readFileSync(join(folder, 'audit.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .map((line) => JSON.parse(line))
  const applied = async (cancelAt: number) => {
    Object.assign(state, { at: 0, cancelAt, cancel: () => core.consoleRuns.cancel(planId) })
    const seen: RunEvent[] = []
    const asked = setup.apply({ planId, target })
    // The first moment: by a call right behind the first one, before anybody reads.
    const cancelled = cancelAt < 0 ? setup.cancel({ planId }) : undefined
    for await (const event of await asked) seen.push(event)
    if (cancelled !== undefined) {
      expect(await cancelled).toEqual(ok({ running: true }))
      // Nothing but its line in the audit.
      expect(state.at).toBe(1)
    }
    return seen
  }

  let moments = 0
  for (let cancelAt = -1; ; cancelAt += 1) {
    const seen = await applied(cancelAt)
    if (state.locked) break
    moments += 1
    const failure = { kind: 'cancelled', at: steps[0]?.id }
    const end = { event: 'run-end', changed: 0, unchanged: 0, sentBytes: 0, failure }
    expect(seen, `moment ${cancelAt}`).toEqual([{ ...end, run: expect.stringMatching(/^run-/) }])
    expect(core.consoleRuns.list()[0]).toMatchObject({ planId, state: 'cancelled' })
    const run = (seen[0] as Extract<RunEvent, { event: 'run-end' }>).run
    expect(auditEnd(2)).toMatchObject([
      { act: 'run-begin', input: { planId, run } },
      { act: 'run-end', input: { planId, run, outcome: 'cancelled', changed: 0 } },
    ])
  }
  expect(moments).toBeGreaterThan(6)
  expect(await lastRun(inner, target)).toEqual(ok(null))
  const again = must(await planSetup(inner, { target, bundleId, solution: 'demo-clinic' }))
  expect(again.steps.map((one) => one.change)).toEqual(steps.map((one) => one.change))
}, 60_000)
