// The doctor through the whole console, over SSH to a simulated server: the call, the script, the readers, the rules.
import { expect, it } from 'vitest'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { examineAppliance } from '../../../main/core/doctor.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'

it('finds the card that a drill pulled, says where it was, and nothing of it when it is back', async () => {
  const { core, client } = demoCore()
  const { demo, target } = await makeDemo(core, 'nvidia-8')
  const actedOn = async () => {
    const { findings } = must(await examineAppliance(core, target))
    return findings.filter(({ severity }) => severity !== 'hint')
  }
  expect(await actedOn()).toEqual([])
  must(await drillDemo(core, { name: demo.name, drill: 'pull-card', on: true }))
  const asked = must(await client.product.appliances.doctor({ target }))
  const lost = asked.findings.find(({ rule }) => rule === 'xid-lost')
  expect(asked.findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['device-lost', 'fewer-devices-than-bus', 'xid-lost']),
  )
  expect(lost?.evidence.join()).toContain('0000:b7:00')
  expect(asked.unread).toEqual([])
  must(await drillDemo(core, { name: demo.name, drill: 'pull-card', on: false }))
  expect(await actedOn()).toEqual([])
})
