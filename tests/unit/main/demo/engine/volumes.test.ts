// Volumes on the simulated machine: made, saved before a replacement, and taken away, by the product's own words.
import { describe, expect, it } from 'vitest'
import { lookAtHost } from '../../../../../main/apply/host-look.ts'
import { gatherMade } from '../../../../../main/apply/made.ts'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import type { Machine } from '../../../../../main/demo/machine.ts'
import { kindOf } from '../../../../../shared/apply/all-kinds.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { StepSpecOf } from '../../../../../shared/domain/plan.ts'
import { specLabel } from '../../../../../shared/domain/remote-layout.ts'
import {
  asked,
  carryOut,
  containerNamed,
  containerSpecOf,
  linkTo,
  pretendMachine,
  wardMachine,
} from './pretend-machine.ts'

const volume: StepSpecOf<'volume'> = { kind: 'volume', name: 'rackside-note-helper_notes', deployment: 'note-helper' }
const name = 'rackside-note-helper'
const app = containerSpecOf('note-helper')
const withData = {
  ...app,
  specDigest: 'f'.repeat(64),
  spec: { ...app.spec, volumes: [{ name: volume.name, target: '/data', backUp: true }] },
}

async function truthOn(machine: Machine) {
  const host = await lookAtHost(linkTo(machine), [volume])
  if (!host.ok) throw new Error(JSON.stringify(host.failure))
  return kindOf(volume).isTrue(volume, { ...asked(machine), host: host.value })
}

describe('a volume', () => {
  it('is made and noted, is there then, and goes with its note', async () => {
    const machine = pretendMachine()
    expect(await truthOn(machine)).toEqual({ holds: false, reason: 'not-there' })
    expect(await carryOut(machine, volume)).toBeUndefined()
    expect(await truthOn(machine)).toEqual({ holds: true, reason: 'there-as-wanted' })
    expect(await gatherMade(linkTo(machine))).toEqual(ok([{ made: volume, before: {} }]))
    for (const { words } of kindOf(volume).made.remove(volume, {}, asked(machine))) {
      expect(await runCommand(machine, words)).toMatchObject({ exitCode: 0 })
    }
    expect([machine.state.volumes, machine.state.files]).toEqual([[], {}])
  })

  it('is not made on a full disk', async () => {
    const machine = pretendMachine()
    machine.setDrill('fill-disk')
    expect((await carryOut(machine, volume))?.stderr).toContain('no space left on device')
    expect([machine.state.volumes, machine.state.files]).toEqual([[], {}])
  })
})

describe('a service with data', () => {
  const archives = (machine: Machine) => Object.keys(machine.state.files).filter((path) => path.endsWith('.tar'))

  it('is saved before it is replaced', async () => {
    const machine = await wardMachine()
    expect(await carryOut(machine, withData, 'run-2')).toBeUndefined()
    expect(archives(machine)).toEqual([
      `/var/lib/rackside/backups/note-helper/20261122T080001Z-${app.specDigest}/${volume.name}.tar`,
    ])
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: 'f'.repeat(64) } })
  })

  it('is in its old version again when the new one does not hold', async () => {
    const machine = await wardMachine()
    const endMs = machine.nowMs() + 30_000
    let isKilled = false
    const dying = {
      ...machine,
      pause: async (milliseconds: number) => {
        machine.passTime(milliseconds)
        if (isKilled || machine.nowMs() < endMs) return
        isKilled = true
        await runCommand(machine, ['docker', 'kill', name])
      },
    }
    expect((await carryOut(dying, withData, 'run-2'))?.stderr).toContain('did not hold')
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: app.specDigest } })
    expect(archives(machine)).toHaveLength(1)
  })

  it('is left in service where the disk is too full to save it', async () => {
    const machine = await wardMachine()
    machine.setDrill('fill-disk')
    expect((await carryOut(machine, withData, 'run-2'))?.stderr).toContain('No space left on device')
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: app.specDigest } })
  })
})

describe('what a vendor’s app needs and the demo has not', () => {
  it('is said where a plan cannot read it', async () => {
    const secret: StepSpecOf<'secret'> = { kind: 'secret', deployment: 'letters', name: 'session-key', generation: 1 }
    const host = await lookAtHost(linkTo(pretendMachine()), [secret])
    expect(host.ok && [...host.value.values()]).toEqual([
      { state: 'unreadable', why: expect.stringContaining('the demo appliance keeps no secrets') },
    ])
  })
})
