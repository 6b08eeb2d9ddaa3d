// An app that keeps data, on a demo appliance over its real link: its volume is made once, an uninstall leaves it, and
// one that is to take data away does not.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { registerBundle } from '../../../main/core/desk/bundles.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { planUninstall, uninstall } from '../../../main/core/runs/upkeep.ts'
import { writeDemoBundle } from '../../../main/demo/bundle/write-bundle.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const volume = 'rackside-demo-clinic-notes_notes'

async function bundleWithVolume(): Promise<string> {
  const folder = join(temporaryFolder(), 'bundle')
  await writeDemoBundle(folder)
  for (const file of readdirSync(join(folder, 'catalog')).filter((name) => name.startsWith('app-'))) {
    const path = join(folder, 'catalog', file)
    const volumes = [{ name: 'notes', target: '/data', backUp: true }]
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), volumes }))
  }
  return folder
}

it('a volume is made once, stays where data stay, and goes where they go', async () => {
  const { core, context } = demoCore()
  const { target, demo } = await makeDemo(core)
  const { bundleId } = must(registerBundle(core, await bundleWithVolume()))
  const planNow = async () => must(await planSetup(core, { target, bundleId, solution: 'demo-clinic' }))
  const last = async (events: AsyncIterable<RunEvent>) => {
    let end: RunEvent | undefined
    for await (const event of events) end = event
    return end
  }
  const plan = await planNow()
  expect(plan.steps.find((one) => one.spec.kind === 'volume')).toMatchObject({ change: true, spec: { name: volume } })
  expect(await last(applySetup(context, { planId: plan.id, target }))).toMatchObject({
    event: 'verified',
    stillToDo: [],
  })
  expect((await planNow()).steps.filter((one) => one.change)).toEqual([])

  const takeAway = async (deletesData: boolean) => {
    const away = must(await planUninstall(core, { target, deletesData }))
    const end = await last(uninstall(context, { planId: away.id, target, typedHost: demo.name }))
    expect(end).toMatchObject({ event: 'verified', stillToDo: [] })
    return away.steps.at(-1)?.spec
  }
  expect(await takeAway(false)).toEqual({ kind: 'absent-rackside', keeps: [volume] })
  expect(must(await planUninstall(core, { target, deletesData: false })).steps).toEqual([])
  expect(await takeAway(true)).toEqual({ kind: 'absent-rackside' })
  expect(must(await planUninstall(core, { target, deletesData: true })).steps).toEqual([])
})
