// The recorder on a demo appliance, through the contract: planned only where it is asked for, put there, seen, fetched
// from, and taken away by its own call or with everything else.
import { describe, expect, it } from 'vitest'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { planUninstall, uninstall } from '../../../main/core/runs/upkeep.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'

async function ends(events: AsyncGenerator<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

describe('the recorder of a demo appliance', () => {
  it('comes with a set-up that asks for it, and goes by itself or with an uninstall', async () => {
    const made = demoCore()
    const { core, context, client } = made
    const demo = await makeDemo(core, 'workstation-2')
    const { target } = demo
    const wish = { target, bundleId: demo.bundleId, solution: 'demo-clinic' }
    const state = async () => must(await client.product.recorder.state({ target }))

    const without = must(await planSetup(core, wish))
    expect(without.steps.filter(({ spec }) => spec.kind === 'recorder')).toEqual([])
    const plan = must(await planSetup(core, { ...wish, record: true }))
    const step = plan.steps.find(({ spec }) => spec.kind === 'recorder')
    expect(step).toMatchObject({ change: true, reason: 'not-there', diskBytes: 64 * 1024 ** 2 })
    expect(await state()).toBeNull()

    const events = await ends(applySetup(context, { planId: plan.id, target }))
    expect(events.at(-1)).toMatchObject({ event: 'verified', verdict: { state: 'healthy' } })
    expect(await state()).toMatchObject({ running: true, script: 'as-wanted' })
    const again = must(await planSetup(core, { ...wish, record: true }))
    expect(again.steps.filter(({ change }) => change)).toEqual([])

    expect(must(await client.product.recorder.fetch({ target }))).toMatchObject({ there: true })

    must(await client.product.recorder.remove({ target }))
    expect(await state()).toBeNull()
    const back = must(await planSetup(core, { ...wish, record: true }))
    await ends(applySetup(context, { planId: back.id, target }))
    expect(await state()).toMatchObject({ running: true })

    const away = must(await planUninstall(core, { target, deletesData: true }))
    expect(away.steps.map(({ id }) => id)).toContain('absent-made.0.recorder')
    await ends(uninstall(context, { planId: away.id, target, typedHost: demo.demo.name }))
    expect(await state()).toBeNull()
  }, 120_000)
})
