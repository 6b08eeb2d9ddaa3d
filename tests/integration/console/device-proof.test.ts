// The device proof of a demo appliance, whose model is on one of its accelerators and keeps it busy while it writes.
import { describe, expect, it } from 'vitest'
import { proveDevices, proveDevicesLive } from '../../../main/core/devices/prove-devices.ts'
import type { DeviceProofEvent } from '../../../shared/domain/device-proof.ts'
import { deviceHead, deviceParts } from '../../../shared/words/device-text.ts'
import { english } from '../../../shared/words/en/words.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

describe('the device proof of a demo appliance', () => {
  it('sees the devices inside, hears of the layers, and watches them work', async () => {
    const made = demoCore()
    const demo = await makeDemo(made.core, 'ascend-8')
    await setUpDemo(made, demo)
    const events: DeviceProofEvent[] = []
    for await (const event of proveDevicesLive(made.core, { target: demo.target })) events.push(event)
    expect(events.map(({ event }) => event)).toEqual(['begin', 'writing', 'proof', 'end'])
    const [proof] = events.flatMap((one) => (one.event === 'proof' ? [one.proof] : []))
    expect(proof, JSON.stringify(proof)).toMatchObject({
      expected: { on: 'accelerators', from: 'given', vendor: 'ascend', count: 1 },
      inside: { state: 'known', value: { by: 'tool', count: 1 } },
      state: 'proven',
      reason: 'computes-on-devices',
    })
    if (proof === undefined) return
    expect(deviceHead(proof, english)).toContain('proven')
    expect(deviceParts(proof, english).join(', ')).toMatch(
      /^1 of 1 910B4 seen inside, 33 of 33 layers on accelerators, utilization (?:rose from [\d.]+ to|at) [\d.]+ %.*, [\d.]+ tokens\/s, with nothing/,
    )
  })

  it('says which models there are where another one is asked for', async () => {
    const made = demoCore()
    const demo = await makeDemo(made.core, 'ascend-8')
    const found = await proveDevices(made.core, { target: demo.target, deployment: 'nobody' }, {})
    expect(found).toMatchObject({ ok: false, failure: { kind: 'usage', problem: 'bench-deployment' } })
    expect(must(await proveDevices(made.core, { target: demo.target }, {}))).toEqual([])
  })
})
