// Files, images and networks of the simulated machine, as the words of a step ask for them.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { pretendMachine, upload } from './pretend-machine.ts'

const folder = '/var/lib/rackside/artifacts'
const hex = 'ab'.repeat(32)
const image = {
  configDigest: `sha256:${'1'.repeat(64)}`,
  manifestDigest: `sha256:${'2'.repeat(64)}`,
  platform: { os: 'linux', architecture: 'amd64' },
  unpackedBytes: 5_000_000,
} as const

function withArchive(bytes = 250_000_000) {
  const machine = pretendMachine()
  machine.state.artifacts[hex] = { bytes, image }
  return machine
}

const load = ['docker', 'load', '--quiet', '--input', `${folder}/sha256-${hex}`]

describe('loading an image', () => {
  it('takes as long as its bytes need and names the image by its config digest', async () => {
    const machine = withArchive()
    const before = machine.nowMs()
    expect(await runCommand(machine, load)).toEqual({
      exitCode: 0,
      stdout: `Loaded image ID: ${image.configDigest}\n`,
      stderr: '',
    })
    expect(machine.nowMs() - before).toBe(2500)
    expect(machine.state.images).toEqual([image])
  })

  it('of a small archive takes a moment all the same', async () => {
    const machine = withArchive(10)
    const before = machine.nowMs()
    await runCommand(machine, load)
    expect(machine.nowMs() - before).toBe(300)
  })

  it('a second time keeps the one that is there', async () => {
    const machine = withArchive()
    await runCommand(machine, load)
    expect((await runCommand(machine, load)).exitCode).toBe(0)
    expect(machine.state.images).toHaveLength(1)
  })

  it('fails for a file that is not there', async () => {
    const missing = await runCommand(pretendMachine(), load)
    expect(missing).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `open ${folder}/sha256-${hex}: no such file or directory\n`,
    })
  })

  it('fails for a file that is no image archive', async () => {
    const machine = pretendMachine()
    machine.state.artifacts[hex] = { bytes: 10 }
    expect(await runCommand(machine, load)).toMatchObject({ exitCode: 1, stderr: 'archive/tar: invalid tar header\n' })
  })

  it('fails on a full disk, and on one that fills up meanwhile', async () => {
    const machine = withArchive()
    const filling = { ...machine, pause: async () => machine.setDrill('fill-disk') }
    const failed = await runCommand(filling, load)
    expect(failed).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^write .*: no space left on device\n$/),
    })
    expect(await runCommand(machine, load)).toEqual(failed)
    expect(machine.state.images).toEqual([])
  })

  it('leaves no image when it is ended half-way', async () => {
    const machine = withArchive()
    const ending = new AbortController()
    const broken = {
      ...machine,
      pause: async () => {
        ending.abort()
        throw new Error('aborted')
      },
    }
    expect((await runCommand(broken, load, ending.signal)).exitCode).toBe(143)
    expect(machine.state.images).toEqual([])
    expect((await runCommand(machine, load, ending.signal)).exitCode).toBe(143)
  })
})

describe('removing a file', () => {
  it('removes artifacts and text files, and does not mind one that is not there', async () => {
    const machine = withArchive()
    machine.state.files['/var/lib/rackside/format'] = '1\n'
    for (const path of [`${folder}/sha256-${hex}`, '/var/lib/rackside/format', '/nowhere']) {
      expect(await runCommand(machine, ['rm', '--force', path])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    }
    expect(machine.state.artifacts).toEqual({})
    expect(machine.state.files).toEqual({})
  })

  it('works on a full disk', async () => {
    const machine = pretendMachine()
    upload(machine)
    machine.setDrill('fill-disk')
    const [sha256] = Object.keys(machine.state.artifacts)
    await runCommand(machine, ['rm', '--force', `${folder}/sha256-${sha256}`])
    expect(machine.state.artifacts).not.toHaveProperty(String(sha256))
  })
})

describe('making a network', () => {
  const create = ['docker', 'network', 'create', '--label', 'rackside.deployment=ward', 'ward']

  it('answers its id and keeps its labels', async () => {
    const machine = pretendMachine()
    const made = await runCommand(machine, create)
    expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/) })
    expect(machine.state.networks).toEqual([
      { id: made.stdout.trim(), name: 'ward', labels: { 'rackside.deployment': 'ward' } },
    ])
  })

  it('of a name that is there fails', async () => {
    const machine = pretendMachine()
    await runCommand(machine, create)
    expect(await runCommand(machine, create)).toMatchObject({
      exitCode: 1,
      stderr: 'Error response from daemon: network with name ward already exists\n',
    })
  })

  it('fails on a full disk', async () => {
    const machine = pretendMachine()
    machine.setDrill('fill-disk')
    expect(await runCommand(machine, create)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/: no space left on device\n$/),
    })
    expect(machine.state.networks).toEqual([])
  })
})

describe('a command that the demo was not taught', () => {
  it.each([
    [['reboot']],
    [[]],
    [['docker', 'ps']],
    [['docker', 'rm', 'x']],
    [['docker', 'rm', '--force', 'x', 'y']],
    [['docker', 'start', '--attach', 'x']],
    [['docker', 'stop', '--time', '1', 'x']],
    [['docker', 'inspect', '--size']],
    [['docker', 'logs', '--tail', 'all', 'x']],
    [['docker', 'network', 'create', '--driver', 'overlay', 'x']],
    [['docker', 'network', 'create', '--label']],
    [['docker', 'container', 'prune', '--force', '--filter', 'until=1h']],
    [['docker', 'container', 'prune', '--force', '--all', 'label=x']],
    [['rm', '--force', '--recursive', '/']],
    [['sh', '-c', 'echo hello', 'sh']],
    [['sh', '-c', '# rackside facts 1 {}\n', 'sh', 'a', 'b']],
  ])('is refused loudly: %j', async (words) => {
    const ended = await runCommand(pretendMachine(), words)
    expect(ended).toMatchObject({ exitCode: 127, stdout: '' })
    expect(ended.stderr).toMatch(/^the demo does not know the command: /)
  })
})
