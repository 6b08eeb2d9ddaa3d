// Containers of the simulated machine, made with exactly the words that the container step generates.
import { beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import type { Asked } from '../../../../../shared/apply/asked.ts'
import { containerStep } from '../../../../../shared/apply/container.ts'
import { proofLabel, runLabel } from '../../../../../shared/domain/remote-layout.ts'
import { actingKindOf } from '../../../../support/acting-kind.ts'
import {
  asked,
  bornMs,
  containerNamed,
  containerSpecOf,
  installWard,
  type PretendMachine,
  pretendMachine,
  runId,
  upload,
  wardMachine,
} from './pretend-machine.ts'

const model = containerSpecOf('ward-model')
const name = 'rackside-ward-model'
const noneAgain = 'You have to remove (or rename) that container to be able to reuse that name.'
const runHelp = "\n\nRun 'docker run --help' for more information\n"

/** The step's own `docker run`, as it would be generated now where nothing of it runs. */
function runWords(machine: PretendMachine): readonly string[] {
  const facts: Asked = { ...asked(machine), containers: { state: 'known', value: [] } }
  const [first] = actingKindOf(model).commands(model, facts, runId)
  return first?.words ?? []
}

/** A machine with the ward's images and network, and no container. */
async function readyMachine(): Promise<PretendMachine> {
  const machine = await wardMachine()
  machine.state.containers = []
  return machine
}

describe('docker run with the words of the container step', () => {
  let machine: PretendMachine
  beforeEach(async () => {
    machine = await readyMachine()
  })

  it('makes one that runs with what it was given', async () => {
    machine.passTime(5000)
    const ended = await runCommand(machine, runWords(machine))
    expect(ended).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/), stderr: '' })
    expect(containerNamed(machine, name)).toMatchObject({
      id: ended.stdout.trim(),
      imageId: model.spec.image.configDigest,
      network: model.spec.network,
      alias: 'ward-model',
      hostPort: model.spec.hostPort,
      containerPort: model.spec.containerPort,
      arguments: model.spec.arguments,
      environment: model.spec.environment,
      state: 'running',
      startedAtMs: machine.nowMs(),
      restartPolicy: 'always',
      log: expect.arrayContaining([expect.stringContaining('/models/qwen3-8b.gguf')]),
    })
    const { labels } = containerNamed(machine, name)
    expect(labels[runLabel]).toBe(runId)
    expect(JSON.parse(labels[proofLabel] ?? '')).toEqual(model.proof)
  })

  it('refuses a name that is taken', async () => {
    const first = await runCommand(machine, runWords(machine))
    expect(await runCommand(machine, runWords(machine))).toEqual({
      exitCode: 125,
      stdout: '',
      stderr: `docker: Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${first.stdout.trim()}". ${noneAgain}${runHelp}`,
    })
  })

  it('leaves it created when its port is taken by one that runs', async () => {
    await runCommand(machine, runWords(machine))
    const other = runWords(machine).map((word) => (word === name ? 'other' : word))
    const ended = await runCommand(machine, other)
    expect(ended.exitCode).toBe(125)
    expect(ended.stdout.trim()).toBe(containerNamed(machine, 'other').id)
    expect(ended.stderr).toMatch(
      /^docker: Error response from daemon: .*driver failed programming external connectivity on endpoint other \([0-9a-f]{64}\): Bind for 127\.0\.0\.1:8400 failed: port is already allocated\n/,
    )
    expect(containerNamed(machine, 'other')).toMatchObject({ state: 'created', exitCode: 128, startedAtMs: 0 })
  })

  it('leaves it created when its network is gone', async () => {
    machine.state.networks = []
    const ended = await runCommand(machine, runWords(machine))
    expect(ended).toMatchObject({ exitCode: 125, stderr: expect.stringContaining('network rackside-ward not found') })
    expect(containerNamed(machine, name).state).toBe('created')
  })

  it('refuses an image that it does not have', async () => {
    const words = runWords(machine)
    machine.state.images = []
    expect(await runCommand(machine, words)).toMatchObject({
      exitCode: 125,
      stderr: `docker: Error response from daemon: No such image: ${model.spec.image.configDigest}${runHelp}`,
    })
    expect(machine.state.containers).toEqual([])
  })

  it('refuses to mount what is not there', async () => {
    machine.state.artifacts = {}
    expect(await runCommand(machine, runWords(machine))).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('bind source path does not exist: /var/lib/rackside/artifacts/sha256-'),
    })
  })

  it('makes nothing on a full disk', async () => {
    machine.setDrill('fill-disk')
    expect(await runCommand(machine, runWords(machine))).toMatchObject({
      exitCode: 125,
      stderr: expect.stringMatching(/^docker: .*: no space left on device\n/),
    })
    expect(machine.state.containers).toEqual([])
  })

  it.each([
    ['an option that it does not know', ['--pid'], 'the demo does not know the option --pid'],
    ['an option without its value', ['--name'], 'flag needs an argument: --name'],
    ['no image', [], "'docker run' requires at least 1 argument"],
    ['one that would stay in front', ['x'], 'the demo runs no container without --detach'],
  ])('refuses %s', async (_what, words, complaint) => {
    const ended = await runCommand(machine, ['docker', 'run', ...words])
    expect(ended).toEqual({ exitCode: 125, stdout: '', stderr: `docker: ${complaint}${runHelp}` })
  })

  it('refuses a port that is not on the loopback', async () => {
    const words = runWords(machine).map((word) => word.replace(/^127\.0\.0\.1:/, '0.0.0.0:'))
    expect(await runCommand(machine, words)).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('the demo cannot publish "0.0.0.0:8400:8080"'),
    })
  })
})

describe('a container that runs', () => {
  let machine: PretendMachine
  const docker = (...words: string[]) => runCommand(machine, ['docker', ...words])
  beforeEach(async () => {
    machine = await wardMachine()
  })

  it('that is stopped ends well', async () => {
    expect(await docker('stop', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    const stopped = containerNamed(machine, name)
    expect(stopped).toMatchObject({ state: 'exited', exitCode: 0 })
    expect(stopped.log.at(-1)).toBe('received signal 15, shutting down')
    expect((await docker('stop', name)).exitCode).toBe(0)
  })

  it('that is killed ends with 137, and cannot be killed again', async () => {
    expect(await docker('kill', name)).toMatchObject({ exitCode: 0, stdout: `${name}\n` })
    const { id, log } = containerNamed(machine, name)
    expect(containerNamed(machine, name)).toMatchObject({ state: 'exited', exitCode: 137 })
    expect(log.at(-1)).toBe('Killed')
    expect(await docker('kill', name)).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: cannot kill container: ${name}: container ${id} is not running\n`,
    })
  })

  it('starts again with a new time of start, even on a full disk', async () => {
    await docker('kill', name)
    machine.setDrill('fill-disk')
    machine.passTime(60_000)
    expect(await docker('start', name)).toMatchObject({ exitCode: 0, stdout: `${name}\n` })
    const started = { state: 'running', exitCode: 0, startedAtMs: machine.nowMs() }
    expect(containerNamed(machine, name)).toMatchObject(started)
    machine.passTime(1000)
    expect((await docker('start', name)).exitCode).toBe(0)
    expect(containerNamed(machine, name)).toMatchObject(started)
  })

  it('cannot start while another one has its port', async () => {
    await docker('stop', name)
    await docker('rename', name, 'old')
    await runCommand(machine, runWords(machine))
    const ended = await docker('start', 'old')
    expect(ended.exitCode).toBe(1)
    expect(ended.stderr).toMatch(
      /^Error response from daemon: .*port is already allocated\nError: failed to start containers: old\n$/,
    )
    expect(containerNamed(machine, 'old')).toMatchObject({ state: 'exited', exitCode: 0 })
  })

  it('can be renamed to a name that is free, and to no other', async () => {
    expect(await docker('rename', name, 'old')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    const { id } = containerNamed(machine, 'rackside-note-helper')
    expect(await docker('rename', 'old', 'rackside-note-helper')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: Error when allocating new name: Conflict. The container name "/rackside-note-helper" is already in use by container "${id}". ${noneAgain}\nError: failed to rename container named old\n`,
    })
  })

  it('is removed with force', async () => {
    expect(await docker('rm', '--force', name)).toMatchObject({ exitCode: 0, stdout: `${name}\n` })
    expect(machine.state.containers.map((one) => one.name)).toEqual(['rackside-note-helper'])
  })

  it('shows the end of its log', async () => {
    expect(await docker('logs', '--tail', '1', name)).toEqual({
      exitCode: 0,
      stdout: "srv    load_model: loading model '/models/qwen3-8b.gguf'\n",
      stderr: '',
    })
    expect((await docker('logs', '--tail', '0', name)).stdout).toBe('')
  })

  it('keeps only the newest lines of its log', async () => {
    for (let round = 0; round < 120; round++) {
      await docker('kill', name)
      await docker('start', name)
    }
    expect(containerNamed(machine, name).log).toHaveLength(200)
  })

  it('is inspected by its name and by the beginning of its id', async () => {
    const { id } = containerNamed(machine, name)
    for (const asWhat of [name, id, id.slice(0, 12)]) {
      expect(JSON.parse((await docker('inspect', asWhat)).stdout)).toMatchObject([
        {
          Id: id,
          Name: `/${name}`,
          State: { Status: 'running', Running: true, StartedAt: '2026-11-22T08:00:01.829Z' },
        },
      ])
    }
  })
})

describe('a container that is not there', () => {
  it.each([
    [['start', 'x'], 1, 'Error response from daemon: No such container: x\nError: failed to start containers: x\n'],
    [['stop', 'x'], 1, 'Error response from daemon: No such container: x\n'],
    [['kill', 'x'], 1, 'Error response from daemon: cannot kill container: x: No such container: x\n'],
    [
      ['rename', 'x', 'y'],
      1,
      'Error response from daemon: No such container: x\nError: failed to rename container named x\n',
    ],
    [['rm', '--force', 'x'], 0, 'Error response from daemon: No such container: x\n'],
    [['logs', '--tail', '5', 'x'], 1, 'Error response from daemon: No such container: x\n'],
    [['inspect', 'x'], 1, 'Error: No such object: x\n'],
  ])('is complained of: docker %j', async (words, exitCode, stderr) => {
    expect(await runCommand(pretendMachine(), ['docker', ...words])).toMatchObject({ exitCode, stderr })
  })
})

describe('images and networks', () => {
  it('are inspected by their names too', async () => {
    const machine = await wardMachine()
    const { configDigest } = model.spec.image
    const inspected = async (what: string) =>
      JSON.parse((await runCommand(machine, ['docker', 'inspect', what])).stdout)
    expect(await inspected(configDigest)).toMatchObject([{ Id: configDigest, Architecture: 'amd64', RepoDigests: [] }])
    const ids = machine.state.containers.map((one) => one.id)
    const [network] = await inspected('rackside-ward')
    expect(network).toMatchObject({ Name: 'rackside-ward', Driver: 'bridge' })
    expect(Object.keys(network.Containers).sort()).toEqual(ids.sort())
  })
})

describe('pruning', () => {
  const words = ['docker', 'container', 'prune', '--force', '--filter', `label=${runLabel}=${runId}`]

  it('removes what does not run and has every label', async () => {
    const machine = await wardMachine()
    const { id } = containerNamed(machine, name)
    await runCommand(machine, ['docker', 'stop', name])
    const others = [...words, '--filter', 'label=rackside.deployment=note-helper']
    expect((await runCommand(machine, others)).stdout).toBe('Total reclaimed space: 0B\n')
    const ended = await runCommand(machine, [...words, '--filter', 'label=rackside.deployment'])
    expect(ended.stdout).toBe(`Deleted Containers:\n${id}\n\nTotal reclaimed space: 0B\n`)
    expect(machine.state.containers.map((one) => one.name)).toEqual(['rackside-note-helper'])
  })
})

describe('the ward', () => {
  it('is installed by the words of its steps, archives removed and records written', async () => {
    const machine = pretendMachine()
    upload(machine)
    expect(await installWard(machine)).toBeUndefined()
    expect(machine.nowMs()).toBeGreaterThan(bornMs)
    expect(machine.state.containers.map((one) => one.state)).toEqual(['running', 'running'])
    expect(Object.values(machine.state.artifacts).filter((one) => one.image !== undefined)).toEqual([])
    const records = Object.keys(machine.state.files).map((path) => path.replaceAll(/[0-9a-f]{64}/g, '<digest>'))
    expect(records).toEqual([
      '/var/lib/rackside/images/<digest>.json',
      '/var/lib/rackside/images/<digest>.json',
      '/var/lib/rackside/deployments/ward-model.json',
      '/var/lib/rackside/owners/ward-model.json',
      '/var/lib/rackside/versions/ward-model/<digest>.json',
      '/var/lib/rackside/deployments/note-helper.json',
      '/var/lib/rackside/owners/note-helper.json',
      '/var/lib/rackside/versions/note-helper/<digest>.json',
    ])
    for (const deployment of ['ward-model', 'note-helper']) {
      expect(containerStep.isTrue(containerSpecOf(deployment), asked(machine)).reason).toBe('container-same')
    }
  })
})
