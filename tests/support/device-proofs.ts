// Device proofs as they are shown: proven on accelerators, on the processor, refuted, and neither.
import type { DeviceProof } from '../../shared/domain/device-proof.ts'

const gibibyte = 1024 ** 3
const known = <T>(value: T) => ({ state: 'known' as const, value })
const card = {
  ...{
    chip: 0,
    product: known('Ascend 910B4'),
    before: known(0),
    during: known(81),
    highest: known(87),
    after: known(3),
  },
  ...{ memoryUsedBytes: known(29 * gibibyte), memoryTotalBytes: known(32 * gibibyte), heldBytes: known(26 * gibibyte) },
}

export const provenOnDevices: DeviceProof = {
  ...{ format: 1, at: '2026-11-28T08:00:00.000Z', deployment: 'qwen3-32b', entry: 'vllm-ascend', version: '2' },
  model: 'qwen3-32b',
  expected: {
    ...{ on: 'accelerators', from: 'given', vendor: 'ascend', kind: 'npu' },
    ...{ product: known('Ascend 910B4'), count: 8, memoryBytes: known(32 * gibibyte) },
  },
  inside: known({ by: 'tool', count: 8, products: ['Ascend 910B4'], memoryBytes: known(32 * gibibyte) }),
  log: known({
    ...{ computesOn: 'accelerators', layers: { onAccelerators: 33, all: 33 }, devices: [] },
    lines: ['load_tensors: offloaded 33/33 layers to GPU'],
  }),
  activity: known({
    ...{ seconds: 8.1, outputTokens: 288, readings: 8 },
    devices: Array.from({ length: 8 }, (_, index) => ({ ...card, index, moved: true })),
  }),
  speed: { tokensPerSecond: known(41.2), band: { least: 19, most: 76, from: 'benchmark' } },
  ...{ findings: [], state: 'proven', reason: 'computes-on-devices' },
}

const said = 'warning: no usable GPU found, --gpu-layers option will be ignored'

export const refutedOnProcessor: DeviceProof = {
  ...provenOnDevices,
  ...{ deployment: 'baichuan-m2', model: 'baichuan-m2-32b', entry: 'llama-cpp' },
  log: known({ computesOn: 'processor', devices: [], lines: [said] }),
  activity: known({
    ...{ seconds: 9.4, outputTokens: 32, readings: 9 },
    devices: Array.from({ length: 8 }, (_, index) => ({
      ...{ ...card, index, during: known(0), highest: known(0), after: known(0), moved: false },
    })),
  }),
  speed: { tokensPerSecond: known(3.4) },
  findings: [{ finding: 'computes-on-processor', said }, { finding: 'device-idle' }],
  ...{ state: 'refuted', reason: 'computes-on-processor' },
}

const hangs = 'its tool did not answer in time in it'

export const unprovenInside: DeviceProof = {
  ...provenOnDevices,
  ...{ deployment: 'lingshu-7b', model: 'lingshu-7b' },
  inside: { state: 'unreadable', why: hangs },
  findings: [{ finding: 'inside-unreadable', why: hangs }],
  ...{ state: 'unproven', reason: 'inside-unreadable' },
}

export const provenOnProcessor: DeviceProof = {
  ...provenOnDevices,
  ...{ deployment: 'clinic-model', model: 'rackside-tiny', entry: 'llama-cpp' },
  expected: { on: 'processor' },
  ...{ inside: { state: 'absent' }, log: { state: 'absent' }, activity: { state: 'absent' } },
  speed: { tokensPerSecond: known(612) },
  ...{ findings: [], state: 'proven', reason: 'processor-as-planned' },
}
