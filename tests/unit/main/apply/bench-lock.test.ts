// The lock of runs while services are measured: one or the other, and no run seems to have ended in it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { holdForBench } from '../../../../main/apply/bench-lock.ts'
import { acquireLock, type HeldLock } from '../../../../main/apply/lock.ts'
import type { Result } from '../../../../shared/domain/failure.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'
import { type ShellAppliance, shellAppliance } from '../../../support/shell-appliance.ts'

const appliance = () => shellAppliance(planFor(bareFacts()), bareFacts())
const bench = (at: number) => ({ run: `bench-0000000${at}`, who: 'li', at: '2026-11-28T08:00:00.000Z' })
const run = { run: 'run-20261120T080001Z-0badcafe', who: 'wang', at: '2026-11-28T08:00:01.000Z' }

function must(lock: Result<HeldLock>): HeldLock {
  if (!lock.ok) throw new Error(JSON.stringify(lock.failure))
  return lock.value
}

/** Waits for nobody. */
async function runLock({ connection }: ShellAppliance): Promise<Result<HeldLock>> {
  const over = new AbortController()
  over.abort()
  const tries = acquireLock(connection, run, { pause: async () => undefined, signal: over.signal })
  let step = await tries.next()
  while (step.done !== true) step = await tries.next()
  return step.value as Result<HeldLock>
}

/** Its end arrives a moment after it is let go. */
async function freed(place: ShellAppliance): Promise<HeldLock> {
  let lock: HeldLock | undefined
  await expect
    .poll(async () => {
      const tried = await runLock(place)
      if (tried.ok) lock = tried.value
      return tried.ok
    })
    .toBe(true)
  if (lock === undefined) throw new Error('nobody holds it')
  return lock
}

describe('the lock of a benchmark', () => {
  it('keeps runs and other benchmarks away, and says who measures', async () => {
    const place = appliance()
    must(await runLock(place)).release()
    await expect.poll(async () => (await holdForBench(place.connection, bench(1))).ok).toBe(true)
    expect(await runLock(place)).toMatchObject({ ok: false })
    expect(await holdForBench(place.connection, bench(2))).toMatchObject({ failure: { kind: 'run-in-progress' } })
  })

  it('is refused at once while a run has it, with the name of that run', async () => {
    const place = appliance()
    must(await runLock(place))
    expect(await holdForBench(place.connection, bench(1))).toMatchObject({
      ok: false,
      failure: { kind: 'run-in-progress', holder: 'wang', runId: run.run },
    })
  })

  it('that says nothing of itself in the lock is not taken by the next run for one that ended without a word', async () => {
    const place = appliance()
    const first = must(await runLock(place))
    writeFileSync(join(place.root, 'lock'), '')
    first.release()
    const held = await heldForBench(place)
    expect(await said(place)).toMatchObject({ holder: 'li', runId: bench(1).run })
    expect(held.held()).toBe(true)
    held.release()
    expect((await freed(place)).resumes).toBeUndefined()
  })

  it('leaves the words of a run that did end without one, and is not taken for that', async () => {
    const place = appliance()
    must(await runLock(place)).release()
    const held = await heldForBench(place)
    expect(JSON.parse(place.lockText())).toEqual(run)
    expect(await said(place)).toMatchObject({ holder: 'li', runId: bench(1).run })
    held.release()
    expect((await freed(place)).resumes).toBe(run.run)
  })

  it('is named where a prover before it was killed and left its name', async () => {
    const place = appliance()
    must(await runLock(place)).release()
    writeFileSync(join(place.root, 'lock.prover'), `${JSON.stringify({ ...run, run: 'prove-1' })}\n`)
    await heldForBench(place)
    expect(await said(place)).toMatchObject({ holder: 'li', runId: bench(1).run })
  })
})

/** Who a second benchmark is told measures there. */
async function said({ connection }: ShellAppliance) {
  const refused = await holdForBench(connection, bench(2))
  return refused.ok ? undefined : refused.failure
}

/** Once whoever had it has let go of it. */
async function heldForBench({ connection }: ShellAppliance): Promise<HeldLock> {
  let held: HeldLock | undefined
  await expect
    .poll(async () => {
      const tried = await holdForBench(connection, bench(1))
      if (tried.ok) held = tried.value
      return tried.ok
    })
    .toBe(true)
  if (held === undefined) throw new Error('nobody holds it')
  return held
}
