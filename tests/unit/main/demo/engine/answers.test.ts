// The simulated engine's answers to the facts script, given to the product's own readers.
import { describe, expect, it } from 'vitest'
import { engineAnswers } from '../../../../../main/demo/engine/answers.ts'
import { killRuntime } from '../../../../../main/demo/engine/power.ts'
import type { Machine } from '../../../../../main/demo/machine.ts'
import { readContainerDevices } from '../../../../../shared/facts/container-devices.ts'
import { containerLookProbe } from '../../../../../shared/facts/container-look.ts'
import { deviceLookProbe } from '../../../../../shared/facts/device-look.ts'
import { engineProbes, readEngine, readPodman } from '../../../../../shared/facts/engine.ts'
import { engineObjectProbes, readEngineObjects } from '../../../../../shared/facts/engine-objects.ts'
import { readSpaces } from '../../../../../shared/facts/spaces.ts'
import { testContainer, testMachine } from '../../../../support/demo-machine.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { answer } from '../../../shared/facts/recorded.ts'
import { asked, pretendMachine, wardMachine } from './pretend-machine.ts'

function answersOf(machine: Machine) {
  return new Map(
    Object.entries(engineAnswers).map(([id, ask]) => {
      const { stdout, stderr = '', exitCode = 0 } = ask(machine)
      const state = exitCode === 127 && stdout + stderr === '' ? 'missing' : 'answered'
      return [id, answer(id, stdout, { state, stderr, exitCode: { state: 'known', value: exitCode } })]
    }),
  )
}

describe('the engine', () => {
  it('answers every question about engines and what is in them', () => {
    const ids = [...engineProbes, ...engineObjectProbes, containerLookProbe, deviceLookProbe].map((one) => one.id)
    expect(Object.keys(engineAnswers).sort()).toEqual(ids.sort())
  })

  it('is Docker 28.5.2 with the classic store, and there is no Podman', () => {
    const answers = answersOf(pretendMachine())
    expect(knownValue(readEngine(answers))).toEqual({
      kind: 'docker',
      version: '28.5.2',
      apiVersion: '1.51',
      rootFolder: '/var/lib/docker',
      storageDriver: 'overlay2',
      imageStore: 'classic',
    })
    expect(readPodman(answers).state).toBe('absent')
  })

  it('says how much space its folder has', () => {
    expect(knownValue(readSpaces(answersOf(pretendMachine())))).toMatchObject({ engine: { path: '/var/lib/docker' } })
  })

  it('has nothing at first', () => {
    const nothing = { state: 'known', value: [] }
    expect(readEngineObjects(answersOf(pretendMachine()))).toEqual({
      containers: nothing,
      images: nothing,
      networks: nothing,
    })
  })

  it('shows containers, images and networks as its API does', async () => {
    const machine = await wardMachine()
    const { containers, images, networks } = asked(machine)
    expect(readEngineObjects(answersOf(machine))).toEqual({ containers, images, networks })
    killRuntime(machine)
    expect(knownValue(readEngineObjects(answersOf(machine)).containers).map((one) => [one.state, one.health])).toEqual([
      ['running', 'starting'],
      ['exited', 'unhealthy'],
    ])
  })

  it('keeps what is not ours to itself', async () => {
    const machine = await wardMachine()
    machine.state.networks.push({ id: 'f'.repeat(64), name: 'foreign', labels: {} })
    for (const one of machine.state.containers) one.labels = {}
    expect(engineAnswers['containers']?.(machine).stdout).toBe('')
    expect(engineAnswers['networks']?.(machine).stdout).not.toContain('foreign')
  })

  it('shows inside a container what it was given, without the card that was pulled', () => {
    const gpus = testContainer(0, { gpus: 'all', labels: { 'rackside.deployment': 'chat' } })
    const machine = testMachine('nvidia-8', { containers: [gpus, testContainer(0, { name: 'app' })] })
    const seen = (of: Machine) => knownValue(readContainerDevices(answersOf(of)))
    expect(seen(machine)).toMatchObject([
      { name: 'rackside-chat-model', deployment: { value: 'chat' }, given: [{ by: 'all', vendor: 'nvidia' }] },
    ])
    const sees = (of: Machine) => seen(of).map((one) => knownValue(one.sees).length)
    expect(sees(machine)).toEqual([8])
    const pulled = testMachine('nvidia-8', { containers: [gpus], drills: { 'pull-card': { sinceMs: 0 } } })
    expect(sees(pulled)).toEqual([7])
    const nodes = ['/dev/davinci0', '/dev/davinci1']
    const npus = testMachine('ascend-8', { containers: [testContainer(0, { devices: nodes })] })
    expect(seen(npus)).toMatchObject([{ given: [{ node: nodes[0] }, { node: nodes[1] }], sees: { value: nodes } }])
    expect(
      seen(testMachine('ascend-8', { containers: [testContainer(0, { devices: nodes, state: 'exited' })] })),
    ).toEqual([])
  })
})
