// What Rackside left on the simulated machine, and the space that it takes there.
import { describe, expect, it } from 'vitest'
import { hardwareAnswers } from '../../../../../main/demo/hardware/answers.ts'
import { freeBytes, spaceText } from '../../../../../main/demo/hardware/spaces.ts'
import type { MachineState } from '../../../../../main/demo/machine-state.ts'
import { chunkBytes } from '../../../../../shared/domain/artifact.ts'
import { type DemoPreset, demoPreset } from '../../../../../shared/domain/demo.ts'
import { readSpaceText } from '../../../../../shared/facts/spaces.ts'
import { chatProof, testMachine } from '../../../../support/demo-machine.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { demoFacts } from './read-back.ts'

const [first, second, chunk] = ['1', '2', 'c'].map((digit) => digit.repeat(64)) as [string, string, string]
const image = {
  configDigest: `sha256:${first}`,
  manifestDigest: `sha256:${second}`,
  platform: { os: 'linux', architecture: 'amd64' },
  unpackedBytes: 3 * 1024 ** 3,
} as const
const record = { deployment: 'chat-model', entry: 'chat', version: '\u7248 1', proof: chatProof }

const installed: Partial<MachineState> = {
  artifacts: { [second]: { bytes: 5 * 1024 ** 3 }, [first]: { bytes: 1024 } },
  staged: { [first]: { bytes: 3 * chunkBytes, chunks: { 0: chunk, 2: chunk } } },
  files: {
    '/var/lib/rackside/deployments/chat-model.json': `${JSON.stringify(record)}\n`,
    '/var/lib/rackside/journal/run.jsonl': '{}\n',
  },
}

function rackside(preset: DemoPreset, overrides: Partial<MachineState> = {}) {
  const spaces = knownValue(demoFacts(testMachine(preset, overrides), hardwareAnswers).spaces)
  if (spaces['rackside'] === undefined || spaces['root'] === undefined) throw new Error('a space is missing')
  return { rackside: spaces['rackside'], root: spaces['root'] }
}

describe('what is installed on a simulated machine', () => {
  it('lists artifacts, half-sent artifacts and deployment records', () => {
    const facts = demoFacts(testMachine('nvidia-8', installed), hardwareAnswers)
    expect(knownValue(facts.artifacts)).toEqual([
      { sha256: first, bytes: 1024 },
      { sha256: second, bytes: 5 * 1024 ** 3 },
    ])
    expect(knownValue(facts.staged)).toEqual([{ sha256: first, bytes: 2 * chunkBytes }])
    expect(knownValue(facts.deployments)).toEqual([record])
  })

  it('says none before anything is there, and ends its lists with the word end', () => {
    const asked = ['artifacts', 'staged', 'deployments']
    const texts = (state: Partial<MachineState>) =>
      asked.map((id) => hardwareAnswers[id]?.(testMachine('ascend-8', state)).stdout)
    expect(texts({})).toEqual(['none\n', 'none\n', 'none\n'])
    expect(texts({ files: { '/var/lib/rackside/format': '1\n' } })).toEqual(['end\n', 'end\n', 'end\n'])
  })
})

describe('space on a simulated machine', () => {
  it.each(demoPreset.options)('of %s shrinks by what is sent and unpacked', (preset) => {
    const before = rackside(preset).rackside
    const now = rackside(preset, { ...installed, images: [image] }).rackside
    expect(now).toMatchObject({ path: '/var/lib/rackside', totalBytes: before.totalBytes })
    expect(before.freeBytes - now.freeBytes).toBe(8 * 1024 ** 3 + 2 * chunkBytes + 1024)
    expect(freeBytes(testMachine(preset))).toBe(before.freeBytes)
  })

  it('is one filesystem for Rackside and the system only where the machine has one', () => {
    const same = demoPreset.options.map((preset) => {
      const { rackside: ours, root } = rackside(preset)
      return ours.filesystem === root.filesystem
    })
    expect(same).toEqual([false, true, true])
  })

  it('tells of the folder of the engine, and of the nearest parent of one that is not there', () => {
    const machine = testMachine('ascend-8')
    const read = (folder: string) => knownValue(readSpaceText(spaceText(machine, 'engine', folder)))['engine']
    expect(read('/var/lib/docker')).toMatchObject({ path: '/var/lib/docker', filesystem: '/dev/nvme0n1p1' })
    expect(read('/srv/models/large')).toMatchObject({ path: '/srv', filesystem: '/dev/mapper/openeuler-root' })
    expect(read('/mnt/x')).toMatchObject({ path: '/' })
  })

  it.each(demoPreset.options)('of %s is gone while the disk is full', (preset) => {
    const drills = { 'fill-disk': { sinceMs: 1 } }
    const full = rackside(preset, { drills })
    expect([full.rackside.freeBytes, full.root.freeBytes, freeBytes(testMachine(preset, { drills }))]).toEqual([
      0, 0, 0,
    ])
    expect(spaceText(testMachine(preset, { drills }), 'root', '/')).toMatch(/ 0 +100% /)
  })

  it('never is less than nothing', () => {
    const artifacts = { [first]: { bytes: 2 ** 50 } }
    expect(rackside('workstation-2', { artifacts }).rackside.freeBytes).toBe(0)
  })
})
