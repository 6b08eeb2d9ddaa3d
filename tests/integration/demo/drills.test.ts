// What goes wrong on purpose, as the console sees it, and that undoing it is enough to be well again.
import { beforeAll, describe, expect, it } from 'vitest'
import { detect, status } from '../../../main/core/appliances.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { planSetup } from '../../../main/core/runs/setup.ts'
import type { DrillName } from '../../../shared/domain/demo.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { type DemoCore, lastingDemoCore, type MadeDemo, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

describe('a drill', () => {
  let made: MadeDemo
  let one: DemoCore

  beforeAll(async () => {
    one = lastingDemoCore()
    made = await makeDemo(one.core, 'nvidia-8')
    expect(await setUpDemo(one, made)).toBe('healthy')
    return () => closeCore(one.core)
  }, 60_000)

  const drill = async (name: DrillName, on: boolean) =>
    must(await drillDemo(one.core, { name: made.demo.name, drill: name, on }))
  const state = async () => {
    const seen = await status(one.core, made.target)
    return seen.ok ? seen.value.state : seen.failure.kind
  }

  it('that pulls a card leaves seven of them, and the appliance is not healthy', async () => {
    await drill('pull-card', true)
    const { accelerators } = must(await detect(one.core, made.target))
    const nvidia = accelerators.find(({ vendor }) => vendor === 'nvidia')
    expect(nvidia && valueOr(nvidia.devices, [])).toHaveLength(7)
    expect(nvidia?.notes?.join()).toContain('Unable to determine')
    expect(await state()).not.toBe('healthy')
    expect(await drill('pull-card', false)).toMatchObject({ drills: [] })
    expect(await state()).toBe('healthy')
  })

  it('that garbles the tool makes the devices unreadable, and the appliance is not healthy', async () => {
    await drill('garbage-answers', true)
    const { accelerators } = must(await detect(one.core, made.target))
    expect(accelerators.find(({ vendor }) => vendor === 'nvidia')?.devices.state).toBe('unreadable')
    expect(await state()).not.toBe('healthy')
    await drill('garbage-answers', false)
    expect(await state()).toBe('healthy')
  })

  it('that fills the disk stands in the way of a setup before a byte is sent', async () => {
    await drill('fill-disk', true)
    const { spaces } = must(await detect(one.core, made.target))
    expect(valueOr(spaces, undefined)?.['rackside']?.freeBytes).toBe(0)
    const plan = must(
      await planSetup(one.core, { target: made.target, bundleId: made.bundleId, solution: 'demo-hospital' }),
    )
    expect(plan.blockers.map(({ kind }) => kind)).toContain('disk-too-small')
    await drill('fill-disk', false)
  })

  it('that cuts the link makes it unreachable until the cable is back', async () => {
    await drill('cut-link', true)
    expect(['link-lost', 'host-unreachable']).toContain(await state())
    expect(await state()).toBe('host-unreachable')
    await drill('cut-link', false)
    expect(await state()).toBe('healthy')
  })

  it('that changes the host key is a hard stop until the old key is back', async () => {
    await drill('change-host-key', true)
    await expect.poll(state).toBe('host-key-changed')
    await drill('change-host-key', false)
    expect(await state()).toBe('healthy')
  })

  it('that cuts the power brings it back by itself, services included', async () => {
    await drill('power-cut', true)
    await expect.poll(state, { timeout: 5000 }).toBe('host-unreachable')
    await expect.poll(state, { timeout: 25_000, interval: 500 }).toBe('healthy')
    expect(await drill('power-cut', false)).toMatchObject({ drills: [] })
  })

  it('that slows the link makes an answer late and loses nothing', async () => {
    await drill('slow-link', true)
    expect(await state()).toBe('healthy')
    await drill('slow-link', false)
  })
})
