// What a power cut and the drill of a killed model server do to containers.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { killRuntime, reviveRuntime, startAfterPower } from '../../../../../main/demo/engine/power.ts'
import { containerNamed, wardMachine } from './pretend-machine.ts'

const model = 'rackside-ward-model'
const app = 'rackside-note-helper'

describe('after a power cut', () => {
  it('what ran runs again from the start', async () => {
    const machine = await wardMachine()
    machine.passTime(60_000)
    startAfterPower(machine)
    for (const name of [model, app]) {
      expect(containerNamed(machine, name)).toMatchObject({ state: 'running', startedAtMs: machine.nowMs() })
    }
  })

  it('what somebody stopped runs again, what is not to restart or never ran stays as it was', async () => {
    const machine = await wardMachine()
    await runCommand(machine, ['docker', 'stop', model])
    await runCommand(machine, ['docker', 'update', '--restart', 'no', app])
    await runCommand(machine, ['docker', 'stop', app])
    machine.state.containers.push({ ...containerNamed(machine, model), id: '9', name: 'failed', state: 'created' })
    startAfterPower(machine)
    expect(containerNamed(machine, model).state).toBe('running')
    expect(containerNamed(machine, app).state).toBe('exited')
    expect(containerNamed(machine, 'failed').state).toBe('created')
  })

  it('what has lost its network stays down', async () => {
    const machine = await wardMachine()
    machine.state.networks = []
    startAfterPower(machine)
    expect(containerNamed(machine, model)).toMatchObject({ state: 'exited', exitCode: 255 })
  })
})

describe('the drill of a killed model server', () => {
  it('kills that one alone, until the power comes back after a cut', async () => {
    const machine = await wardMachine()
    killRuntime(machine)
    expect(containerNamed(machine, model)).toMatchObject({ state: 'exited', exitCode: 137 })
    expect(containerNamed(machine, app).state).toBe('running')
    startAfterPower(machine)
    expect(containerNamed(machine, model).state).toBe('running')
  })

  it('is undone by starting it', async () => {
    const machine = await wardMachine()
    killRuntime(machine)
    reviveRuntime(machine)
    expect(containerNamed(machine, model)).toMatchObject({ state: 'running', exitCode: 0 })
  })

  it('does not start one that was stopped by hand', async () => {
    const machine = await wardMachine()
    await runCommand(machine, ['docker', 'stop', model])
    killRuntime(machine)
    reviveRuntime(machine)
    expect(containerNamed(machine, model)).toMatchObject({ state: 'exited', exitCode: 0 })
  })
})
