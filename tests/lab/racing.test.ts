// Two consoles that carry out the same at the same time: one of them does it, the other waits for it or says who is at
// work, and it is done once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock, type HeldLock } from '../../main/apply/lock.ts'
import { commandsScript } from '../../main/apply/step-script.ts'
import { type Core, ownContext } from '../../main/core/context.ts'
import { registerBundle } from '../../main/core/desk/bundles.ts'
import { closeCore } from '../../main/core/open-core.ts'
import { received } from '../../main/core/refusal.ts'
import { applySetup, planSetup } from '../../main/core/runs/setup.ts'
import { command } from '../../shared/domain/command.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { installedState, journalFaults } from '../support/installed-state.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  pause,
} from '../support/lab.ts'
import { connectToLab } from '../support/lab-connection.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { needs } from '../support/needs.ts'
import { chanceOf, count, isFullSweep, ofSeed } from '../support/sweep.ts'

const racesEach = isFullSweep ? 20 : 2
const groups = isFullSweep ? 10 : 1
const undone = 'docker rm --force rackside-clinic-note-helper; rm -f /var/lib/rackside/journal/*'

describe(`two consoles at once ${ofSeed}`, () => {
  let appliance: LabAppliance
  let whole: string[] = []
  const consoles: Core[] = []
  const folder = mkdtempSync(join(tmpdir(), 'rackside-racing-'))
  let bundleId = ''

  beforeAll(async () => {
    if (!canRunLab) return
    const artifacts = await artifactsFolder()
    appliance = await bareAppliance()
    for (const name of ['one', 'other']) {
      const core = labCore(appliance, join(folder, name))
      consoles.push(core)
      const registered = registerBundle(core, artifacts)
      if (!registered.ok) throw new Error(JSON.stringify(registered.failure))
      bundleId = registered.value.bundleId
    }
    expect(await setUp(consoles[0] as Core)).toMatchObject({ changed: 11 })
    await pause(3000)
    whole = await installedState(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    await Promise.all(consoles.map(closeCore))
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(Array.from({ length: groups }, (_, group) => group))(
    `race ${racesEach} times, group %d`,
    async (group) => {
      const chance = chanceOf(`races ${group}`)
      for (let race = 0; race < racesEach; race += 1) {
        await inside(appliance, 'sh', '-c', undone)
        const delay = chance.below(2) * chance.below(600)
        const ended = await Promise.all(
          consoles.map(async (core, at) => {
            await pause(at * delay)
            return setUp(core)
          }),
        )
        // Who comes second finds it done, or that it is not any more as planned.
        expect(ended.filter((one) => one.failure === undefined).length).toBeGreaterThan(0)
        expect(ended.map((one) => one.changed).toSorted()).toEqual([0, 3])
        for (const { failure } of ended) expect([undefined, 'plan-outdated', 'run-in-progress']).toContain(failure)
        expect(await journalFaults(appliance)).toEqual([])
        await expect.poll(() => installedState(appliance), { timeout: 20_000, interval: 500 }).toEqual(whole)
        count('races of two consoles')
      }
    },
    racesEach * 60_000,
  )

  it('gives way to whoever types its run, and to nobody else', async () => {
    await inside(appliance, 'sh', '-c', undone)
    const live = { run: 'run-20261126T080000Z-0badcafe', who: 'li', at: '2026-11-26T08:00:00Z' }
    const connection = await connectToLab(appliance)
    const wishes = { pause, signal: new AbortController().signal }
    const taken = await lockOf(acquireLock(connection, live, wishes))
    const other = consoles[1] as Core
    const began = performance.now()
    expect(await setUp(other, live.run.replace('0badcafe', '00000001'))).toMatchObject({ failure: 'run-in-progress' })
    expect(taken.held()).toBe(true)
    // As long as the holder may be a dead console whose lease has not ended.
    expect((performance.now() - began) / 1000).toBeLessThan(60)
    expect(await setUp(other, live.run)).toEqual({ changed: 3 })
    await expect.poll(() => taken.held(), { timeout: 10_000 }).toBe(false)
    await connection.close()
  })

  it('leaves everything as it is where it is cancelled before it begins', async () => {
    await inside(appliance, 'sh', '-c', undone)
    const core = consoles[0] as Core
    // Its first look alone takes longer.
    for (const milliseconds of [0, 100]) {
      const [ended] = await Promise.all([setUp(core), cancelAfter(core, milliseconds)])
      expect(ended).toEqual({ changed: 0, failure: 'cancelled' })
      const left =
        'ls -A /var/lib/rackside/journal; cat /var/lib/rackside/lock; docker ps -aq --filter name=note-helper'
      expect(await inside(appliance, 'sh', '-c', left)).toBe('')
    }
    expect(await setUp(core)).toEqual({ changed: 3 })
  })

  async function cancelAfter({ consoleRuns }: Core, milliseconds: number): Promise<void> {
    await expect.poll(() => consoleRuns.going().length, { timeout: 30_000, interval: 5 }).toBe(1)
    await pause(milliseconds)
    for (const planId of consoleRuns.going()) expect(consoleRuns.cancel(planId)).toBe(true)
  }

  it('waits for what the one that lost it is at (P51)', async () => {
    await inside(appliance, 'sh', '-c', undone)
    const live = { run: 'run-20261126T080000Z-0badcafe', who: 'li', at: '2026-11-26T08:00:00Z' }
    const connection = await connectToLab(appliance)
    await lockOf(acquireLock(connection, live, { pause, signal: new AbortController().signal }))
    const slow = { runId: live.run, step: 'network.slow' }
    const order: string[] = []
    const act = { commands: [command('sh', '-c', 'sleep 8', 'sh')], undo: () => [] }
    const step = connection.run(commandsScript(slow, act), { as: 'root', deadlineSeconds: 60 }).then((ended) => {
      order.push(ended.ok ? `slow ended with ${ended.value.exitCode}` : ended.failure.kind)
    })
    await pause(1000)
    const taken = await setUp(consoles[1] as Core, live.run, ({ event, ...rest }) => {
      if (event === 'waiting-for-lock' && 'holder' in rest) order.push(`waits for ${rest.holder}`)
      if (event === 'step-begin' && order.at(-1) !== 'begins') order.push('begins')
    })
    expect(taken).toEqual({ changed: 3 })
    await step
    expect(order).toEqual([`waits for ${slow.step} (${live.run})`, 'slow ended with 0', 'begins'])
    await connection.close()
  })

  type Heard = (event: RunEvent) => void

  async function setUp(core: Core, takesOver?: string, heard?: Heard): Promise<{ changed: number; failure?: string }> {
    const target = labTarget(appliance)
    const plan = await planSetup(core, { target, bundleId, solution: 'clinic-starter', soakSeconds: 0 })
    if (!plan.ok) return { changed: 0, failure: plan.failure.kind }
    const carriedOut = async () => {
      let end: Extract<RunEvent, { event: 'run-end' }> | undefined
      const context = ownContext(core, 'li')
      for await (const event of applySetup(context, { planId: plan.value.id, target, takesOver })) {
        heard?.(event)
        if (event.event === 'run-end') end = event
      }
      return end
    }
    const end = await received('setup.apply', carriedOut())
    if (!end.ok) return { changed: 0, failure: end.failure.kind }
    const { changed = 0, failure } = end.value ?? {}
    return { changed, ...(failure !== undefined && { failure: failure.kind }) }
  }
})

async function lockOf(tries: ReturnType<typeof acquireLock>): Promise<HeldLock> {
  let next = await tries.next()
  while (next.done !== true) next = await tries.next()
  if (!next.value.ok) throw new Error(JSON.stringify(next.value.failure))
  return next.value.value
}
