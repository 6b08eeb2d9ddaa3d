// Many demo appliances on one console: each is its own machine, and the end of the console takes all of them along.
import { describe, expect, it } from 'vitest'
import { detect } from '../../../main/core/appliances.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { demoCore, type MadeDemo, makeDemo, must } from '../../support/demo-core.ts'

describe('ten demo appliances at once', () => {
  it('know nothing of one another, and leave no port, timer or socket behind', async () => {
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => !/^(?:Immediate|FSReq)/.test(name))
        .sort()
    const before = resources()
    const { core } = demoCore()
    const made: MadeDemo[] = []
    for (let count = 0; count < 10; count += 1)
      made.push(await makeDemo(core, count % 2 === 0 ? 'ascend-8' : 'nvidia-8'))
    must(await drillDemo(core, { name: made[3]?.demo.name ?? '', drill: 'pull-card', on: true }))
    const facts = await Promise.all(made.map(async ({ target }) => must(await detect(core, target))))
    expect(new Set(facts.map(({ machineId }) => valueOr(machineId, ''))).size).toBe(10)
    expect(facts.map(({ hostname }) => valueOr(hostname, ''))).toEqual(made.map(({ demo }) => demo.name))
    const devices = facts.map(({ accelerators }) => accelerators.flatMap((one) => valueOr(one.devices, [])).length)
    expect(devices).toEqual([8, 8, 8, 7, 8, 8, 8, 8, 8, 8])
    await closeCore(core)
    await expect.poll(resources, { timeout: 5000 }).toEqual(before)
  })
})
