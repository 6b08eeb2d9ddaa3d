// The recorder on a demo appliance, through the contract: planned only where it is asked for, put there, seen, fetched
// from, and taken away by its own call or with everything else.
import { describe, expect, it } from 'vitest'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { planUninstall, uninstall } from '../../../main/core/runs/upkeep.ts'
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { type DemoCore, demoCore, type MadeDemo, makeDemo, must } from '../../support/demo-core.ts'

async function ends(events: AsyncGenerator<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

const duty = (url: string): AlertChannel => ({
  ...{ id: 'duty', atLeast: 'info', list: 'first', language: 'en' },
  way: { kind: 'webhook', url },
})

/** A channel as it is set when somebody agrees to it, and as it is not any more when that is carried out. */
async function told({ core, context, client }: DemoCore, where: Pick<MadeDemo, 'target' | 'bundleId'>): Promise<void> {
  const { target } = where
  const wish = { ...where, solution: 'demo-clinic', recordAlert: 'duty' }
  const state = async () => must(await client.product.recorder.state({ target }))
  expect(await planSetup(core, wish)).toMatchObject({
    failure: { kind: 'recorder-alert-unusable', channel: 'duty', problem: 'unknown' },
  })
  must(await client.product.alerts.setChannel({ channel: duty('https://hook.example/a') }))
  const first = must(await planSetup(core, wish))
  expect(first.steps.find(({ spec }) => spec.kind === 'recorder')).toMatchObject({ change: true })
  expect(first.purpose).toMatchObject({ record: true, recordAlert: 'duty' })
  must(await client.product.alerts.setChannel({ channel: duty('https://other.example/a') }))
  const refused = ends(applySetup(context, { planId: first.id, target }))
  await expect(refused).rejects.toMatchObject({ data: { kind: 'plan-outdated', differences: ['channel: duty'] } })
  const second = must(await planSetup(core, wish))
  await ends(applySetup(context, { planId: second.id, target }))
  expect(await state()).toMatchObject({ running: true, alert: { host: 'other.example' } })
  expect(must(await planSetup(core, wish)).steps.filter(({ change }) => change)).toEqual([])
  const nobody = must(await planSetup(core, { ...where, solution: 'demo-clinic', record: true }))
  await ends(applySetup(context, { planId: nobody.id, target }))
  expect((await state())?.alert).toBeUndefined()
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

    await told(made, { target, bundleId: demo.bundleId })
    const away = must(await planUninstall(core, { target, deletesData: true }))
    expect(away.steps.map(({ id }) => id)).toContain('absent-made.0.recorder')
    await ends(uninstall(context, { planId: away.id, target, typedHost: demo.demo.name }))
    expect(await state()).toBeNull()
  }, 120_000)
})
