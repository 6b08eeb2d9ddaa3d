// What becomes of a stack, on a demo appliance over its real link: kept versions, drift, going back and taking away.
import { expect, it } from 'vitest'
import {
  acceptDrift,
  listVersions,
  lookForDrift,
  planRollBack,
  planUninstall,
  uninstall,
} from '../../../main/core/runs/upkeep.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

it('keeps what it put in place, is as it was set up, and leaves nothing once the right host was typed', async () => {
  const one = demoCore()
  const made = await makeDemo(one.core)
  const { target, demo } = made
  const early = must(await planUninstall(one.core, { target, deletesData: false }))
  expect(await setUpDemo(one, made)).toBe('healthy')

  const versions = must(await listVersions(one.core, target))
  expect(versions.map(({ deployment, inService }) => [deployment, inService])).toEqual(
    expect.arrayContaining([
      ['demo-clinic-model', true],
      ['demo-clinic-notes', true],
    ]),
  )
  const [newest] = versions
  if (newest === undefined) throw new Error('nothing is kept')
  const { deployment, specDigest } = newest
  const back = must(await planRollBack(one.core, { target, deployment, specDigest }))
  expect([back.blockers, back.steps.filter((step) => step.change)]).toEqual([[], []])
  const unknown = await planRollBack(one.core, { target, deployment, specDigest: 'f'.repeat(64) })
  expect(unknown).toMatchObject({ ok: false, failure: { kind: 'version-unknown', deployment } })
  expect([await lookForDrift(one.core, target), await acceptDrift(one.core, target)].map(must)).toEqual([[], []])

  const plan = must(await planUninstall(one.core, { target, deletesData: false }))
  const carryOut = async (typedHost: string, planId = plan.id) => {
    const events: RunEvent[] = []
    for await (const event of uninstall(one.context, { planId, target, typedHost })) events.push(event)
    return events
  }
  // What came since would lose its folders under its feet.
  const since = expect.arrayContaining(['container rackside-demo-clinic-model: absent -> there'])
  await expect(carryOut(demo.name, early.id)).rejects.toMatchObject({
    data: { kind: 'plan-outdated', differences: since },
  })
  await expect(carryOut('another-host')).rejects.toMatchObject({ data: { kind: 'name-not-confirmed' } })
  const events = await carryOut(demo.name)
  expect(events.at(-1)).toMatchObject({ event: 'verified', stillToDo: [] })
  expect(must(await planUninstall(one.core, { target, deletesData: true })).steps).toEqual([])
})
