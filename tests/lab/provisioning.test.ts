// A first setup that something breaks off: the same command again finishes it, and what is there then is what a setup
// leaves that nothing happened to.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installedState, journalFaults, plansJournaled, takeAllAway } from '../support/installed-state.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  type LabAppliance,
  labNeeds,
  processLines,
  strangers,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { reached, type StruckSetup, shiftedClock, struckSetups } from '../support/setup-strikes.ts'
import { chanceOf, count, isFullSweep, ofSeed, sampleOf } from '../support/sweep.ts'

describe(`a setup that is broken off ${ofSeed}`, () => {
  let appliance: LabAppliance
  let folder = ''
  let whole: string[] = []
  let atRest: ReadonlySet<string>
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance()
    atRest = new Set(await processLines(appliance))
    const { code, errors } = await console.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
    whole = await installedState(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  it.each(sampleOf(struckSetups(), 3))('$name', async ({ strike, moment }: StruckSetup) => {
    await takeAllAway(appliance)
    await strike.prepare?.(appliance)
    const struck = console.setup(appliance, folder)
    if (moment !== undefined) {
      await reached(struck, moment)
      await strike.make?.(appliance, struck)
    }
    const { json } = await struck.ended
    await strike.heal?.(appliance)
    count(strike.what)
    // What a person is told is never our own surprise.
    expect(json['failure'] ?? {}).not.toMatchObject({ kind: 'internal' })
    try {
      await isFinishedBy(console)
    } finally {
      await strike.tidy?.(appliance)
    }
    await expect.poll(() => installedState(appliance), { timeout: 20_000, interval: 500 }).toEqual(whole)
  })

  const jumps = [-1, 1].map((sign) => ({ days: sign * 4000, afterMs: chanceOf(`console clock ${sign}`).below(6000) }))
  it.each(isFullSweep ? jumps : [])('the console $days days off after $afterMs ms', async ({ days, afterMs }) => {
    await takeAllAway(appliance)
    const clock = shiftedClock(afterMs, days * 86_400_000)
    const other = new TestConsole(clock.environment)
    const { code, errors, json } = await other.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    count('jumps of a clock')
    await isFinishedBy(other)
    await expect.poll(() => installedState(appliance), { timeout: 20_000, interval: 500 }).toEqual(whole)
    other.remove()
    clock.remove()
  })

  /** By the same command, which says so; another one has nothing left to do. */
  async function isFinishedBy(one: TestConsole): Promise<void> {
    const again = await one.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy' })
    const last = await one.setup(appliance, folder).ended
    expect(last.json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await journalFaults(appliance)).toEqual([])
    const audited = readFileSync(join(one.home, 'audit.jsonl'), 'utf8')
    for (const plan of await plansJournaled(appliance)) expect(audited).toContain(plan)
    await expect.poll(() => strangers(appliance, atRest), { timeout: 70_000, interval: 500 }).toEqual([])
  }
})
