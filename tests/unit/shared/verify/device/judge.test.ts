// What follows from what was planned, seen, said, done and measured: cases of tests/fixtures/device-proof/judged, each a
// change of the proof of a healthy model on two accelerators.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { deviceProof } from '../../../../../shared/domain/device-proof.ts'
import { type DeviceEvidence, judgeDevices } from '../../../../../shared/verify/device/judge.ts'

const folder = fileURLToPath(new URL('../../../../fixtures/device-proof/judged/', import.meta.url))
type Case = {
  readonly evidence: Partial<DeviceEvidence>
  readonly state: string
  readonly reason: string
  readonly findings: string[]
}
const cases = readdirSync(folder).map((file): [string, Case] => [
  file.replace(/\.json$/, '').replaceAll('-', ' '),
  JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Case,
])

const gibibyte = 1024 ** 3
const known = <T>(value: T) => ({ state: 'known' as const, value })
const percent = { before: known(0), during: known(80), highest: known(87), after: known(2) }
const device = (index: number) => ({
  ...{ index, chip: 0, product: known('NVIDIA H20'), ...percent, moved: true },
  ...{ memoryUsedBytes: known(80 * gibibyte), memoryTotalBytes: known(96 * gibibyte) },
  heldBytes: { state: 'unreadable' as const, why: 'the tool does not say who holds its memory' },
})
const healthy: DeviceEvidence = {
  expected: {
    ...{ on: 'accelerators', from: 'given', vendor: 'nvidia', kind: 'gpu' },
    ...{ product: known('NVIDIA H20'), count: 2, memoryBytes: known(96 * gibibyte) },
  },
  inside: known({ by: 'tool', count: 2, products: ['NVIDIA H20'], memoryBytes: known(95 * gibibyte) }),
  log: known({
    ...{ computesOn: 'accelerators', layers: { onAccelerators: 33, all: 33 }, devices: [] },
    lines: ['load_tensors: offloaded 33/33 layers to GPU'],
  }),
  activity: known({ seconds: 8, outputTokens: 300, readings: 8, devices: [device(0), device(1)] }),
  speed: { tokensPerSecond: known(40) },
}

describe('a device proof', () => {
  it.each(cases)('%s', (_, { evidence, state, reason, findings }) => {
    const whole = { ...healthy, ...evidence }
    const judged = judgeDevices(whole)
    expect(judged.findings.map(({ finding }) => finding)).toEqual(findings)
    expect(judged).toMatchObject({ state, reason })
    const { noAnswer: _no, ...shown } = whole
    const named = { deployment: 'ward-model', entry: 'vllm', version: '1', model: 'qwen' }
    const proof = { format: 1, at: '2026-11-28T08:00:00.000Z', ...named, ...shown, ...judged }
    expect(deviceProof.safeParse(proof).error).toBeUndefined()
  })

  it('is never proven by anything that could not be read', () => {
    const unread = { state: 'unreadable' as const, why: 'no' }
    for (const part of ['inside', 'activity', 'log'] as const) {
      expect(judgeDevices({ ...healthy, [part]: unread }).state, part).toBe('unproven')
    }
    const expected = { on: 'unreadable' as const, why: 'no' }
    expect(judgeDevices({ ...healthy, expected, inside: unread }).state).toBe('unproven')
  })
})
