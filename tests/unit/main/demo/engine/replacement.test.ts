// A new spec takes the place of an old one on the simulated machine, and the step's own scripts.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { deploymentRecord } from '../../../../../shared/domain/deployment.ts'
import { specLabel } from '../../../../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../../../../shared/domain/script-head.ts'
import { carryOut, containerNamed, containerSpecOf, pretendMachine, wardMachine } from './pretend-machine.ts'

const model = containerSpecOf('ward-model')
const name = 'rackside-ward-model'
const newer = { ...model, specDigest: 'f'.repeat(64), spec: { ...model.spec, environment: { NEWER: 'a=b' } } }
const until = ['sh', '-c', `${scriptHead({ block: 'until-healthy' })}exit 1`, 'sh', name, '10']
const record = (text: string) => [
  ...['sh', '-c', `${scriptHead({ block: 'record' })}exit 1`, 'sh'],
  ...['/var/lib/rackside/deployments', 'x', text],
]

describe('a replacement', () => {
  it('waits for the new one, records it and removes the old one', async () => {
    const machine = await wardMachine()
    const before = machine.nowMs()
    expect(await carryOut(machine, newer, 'run-2')).toBeUndefined()
    expect(machine.nowMs() - before).toBe(3000 + 60_000)
    expect(machine.state.containers.map((one) => one.name).sort()).toEqual(['rackside-note-helper', name])
    expect(containerNamed(machine, name)).toMatchObject({
      state: 'running',
      labels: { [specLabel]: newer.specDigest },
      environment: { NEWER: 'a=b' },
    })
    const text = machine.state.files['/var/lib/rackside/deployments/ward-model.json'] ?? ''
    expect(deploymentRecord.parse(JSON.parse(text)).proof).toEqual(model.proof)
  })

  it('that does not hold while it is watched brings the old one back', async () => {
    const machine = await wardMachine()
    const begun = machine.nowMs()
    const dying = {
      ...machine,
      pause: async (milliseconds: number) => {
        machine.passTime(milliseconds)
        if (machine.nowMs() - begun === 33_000) await runCommand(machine, ['docker', 'kill', name])
      },
    }
    const failed = await carryOut(dying, newer, 'run-2')
    expect(failed?.stderr).toContain('it was healthy and did not hold for 60 s: after 30 s it was exited\n')
    expect(failed?.stderr).toContain('Killed')
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: model.specDigest } })
    expect(machine.state.containers).toHaveLength(2)
  })

  it('on a full disk leaves the old one in service', async () => {
    const machine = await wardMachine()
    machine.setDrill('fill-disk')
    const failed = await carryOut(machine, newer, 'run-2')
    expect(failed?.words.slice(0, 2)).toEqual(['docker', 'run'])
    expect(failed?.stderr).toContain('no space left on device')
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: model.specDigest } })
    expect(machine.state.containers).toHaveLength(2)
  })

  it('whose disk fills up before the record brings the old one back', async () => {
    const machine = await wardMachine()
    const filling = {
      ...machine,
      pause: async (milliseconds: number) => {
        machine.passTime(milliseconds)
        machine.setDrill('fill-disk')
      },
    }
    const failed = await carryOut(filling, newer, 'run-2')
    expect(failed?.stderr).toBe(
      'sh: 2: cannot create /var/lib/rackside/deployments/ward-model.new: No space left on device\n',
    )
    expect(containerNamed(machine, name)).toMatchObject({ state: 'running', labels: { [specLabel]: model.specDigest } })
  })
})

describe('waiting until a container is healthy', () => {
  it('ends well once it takes requests', async () => {
    const machine = await wardMachine()
    expect(await runCommand(machine, until)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('ends badly with the end of the log when the container has ended', async () => {
    const machine = await wardMachine()
    await runCommand(machine, ['docker', 'kill', name])
    const before = machine.nowMs()
    expect(await runCommand(machine, until)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/\nKilled\n$/),
    })
    expect(machine.nowMs()).toBe(before)
  })

  it('ends badly when the time is over', async () => {
    const machine = await wardMachine()
    const ended = await runCommand(machine, [...until.slice(0, -1), '2'])
    expect(ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('loading model') })
  })

  it('ends badly when there is no such container', async () => {
    expect(await runCommand(pretendMachine(), until)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: No such object: ${name}\n`,
    })
  })

  it('ends with its console', async () => {
    const machine = await wardMachine()
    const ending = new AbortController()
    const dropped = { ...machine, pause: async () => ending.abort() }
    expect((await runCommand(dropped, until, ending.signal)).exitCode).toBe(143)
  })
})

describe('the record of a deployment', () => {
  it('is written whole under its name', async () => {
    const machine = pretendMachine()
    expect(await runCommand(machine, record('{"a":"b c"}'))).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(machine.state.files).toEqual({ '/var/lib/rackside/deployments/x.json': '{"a":"b c"}\n' })
  })

  it('is not written to a full disk', async () => {
    const machine = pretendMachine()
    machine.setDrill('fill-disk')
    expect((await runCommand(machine, record('{}'))).exitCode).toBe(2)
    expect(machine.state.files).toEqual({})
  })
})
