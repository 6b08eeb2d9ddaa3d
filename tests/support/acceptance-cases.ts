// A server that can be accepted: nothing speaks against it, and all of it was shown. Cases say what is other.
import type { Acceptance, AcceptedLoad, Soak } from '../../shared/domain/acceptance.ts'
import type { DeviceProof } from '../../shared/domain/device-proof.ts'
import { absent, known } from '../../shared/domain/reading.ts'
import { decide } from '../../shared/verify/acceptance/decide.ts'

type Parts = Omit<Acceptance, 'verdict' | 'points'>

const times = (p50: number, p95: number) => ({
  ...{ count: 40, mean: p50, least: p50 / 2, most: p95, p50, p90: p95, p95, p99: p95 },
})

export const soundLoad: AcceptedLoad = {
  deployment: 'ward-model',
  model: 'ward-32b',
  outputIs: 'enforced',
  end: 'done',
  levels: [
    {
      ...{ users: 8, seconds: 30, requests: 40, failed: {}, countedBy: 'usage', breaks: [] },
      ...{ ttftMs: times(200, 400), tpotMs: times(30, 40), e2eMs: times(4000, 5000) },
      ...{ promptTokens: 510, outputTokens: 128 },
      ...{ outputTokensPerSecond: 240, requestsPerSecond: 2, goodShare: 1, goodRequestsPerSecond: 2 },
    },
  ],
}

export const soundSoak: Soak = {
  ...{ seconds: 600, requests: 1200, failed: 0, outputTokensPerSecond: 240, samples: 600, unseenSeconds: 0 },
  services: [{ deployment: 'ward-model', requests: 1200, failed: 0, seconds: 580, end: 'done' }],
  ...{ firstTokensPerSecond: 241, lastTokensPerSecond: 239, processorCelsius: known(61) },
  devices: [
    {
      ...{ vendor: 'ascend', index: 0, chip: 0, samples: 600 },
      ...{ highestCelsius: known(66), highestWatts: known(310), meanUtilization: known(88) },
    },
  ],
}

export const soundDevice: DeviceProof = {
  ...{
    format: 1,
    at: '2026-11-28T09:00:00.000Z',
    deployment: 'ward-model',
    entry: 'vllm',
    version: '1',
    model: 'ward-32b',
  },
  expected: {
    ...{ on: 'accelerators', from: 'given', vendor: 'ascend', kind: 'npu', product: known('910B4'), count: 1 },
    memoryBytes: known(32 * 2 ** 30),
  },
  inside: known({ by: 'tool', count: 1, products: ['910B4'], memoryBytes: known(32 * 2 ** 30) }),
  ...{ log: absent, activity: absent, speed: { tokensPerSecond: known(30) } },
  ...{ findings: [], state: 'proven', reason: 'computes-on-devices' },
}

export const soundParts: Parts = {
  ...{ kind: 'rackside-acceptance', format: 1, acceptanceId: 'acceptance-0123abcd' },
  ...{
    startedAt: '2026-11-28T09:00:00.000Z',
    seconds: 700,
    who: 'ward',
    console: { computer: 'desk', version: '1.0.0' },
  },
  appliance: { host: '10.0.0.5', port: 22 },
  settings: {
    ...{ users: 8, ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 128 },
    ...{ seconds: 30, seed: 7, soakSeconds: 600 },
  },
  inventory: {
    ...{
      machineId: known('91db'),
      hostname: known('ward-server'),
      os: known('openEuler 22.03'),
      kernel: known('5.10'),
    },
    ...{ architecture: known('arm64'), processor: known('Kunpeng 920'), cores: known(128) },
    ...{ memoryBytes: known(2 ** 40), diskBytes: known(2 ** 42), engine: known('docker 28.5.2') },
    drivers: [{ vendor: 'ascend', driver: known('25.2.0'), toolkit: absent, onBus: known(1) }],
    devices: [
      {
        ...{
          vendor: 'ascend',
          index: 0,
          chip: 0,
          product: known('910B4'),
          serial: known('S1'),
          firmware: known('7.5'),
        },
        ...{ memoryBytes: known(32 * 2 ** 30), health: known('ok') },
      },
    ],
  },
  services: [
    {
      ...{
        deployment: 'ward-model',
        entry: 'vllm',
        version: '1',
        state: 'healthy',
        reason: 'answers',
        model: 'ward-32b',
        serves: 'openai-chat',
      },
      publisher: { id: 'ward', name: 'Ward', fingerprint: `SHA256:${'A'.repeat(43)}` },
    },
  ],
  devices: [soundDevice],
  canaries: [
    {
      canaryId: 'canary-0123abcd',
      set: 'clinical',
      verdict: 'passed',
      end: 'done',
      deployment: 'ward-model',
      questions: [],
    },
  ],
  loads: [soundLoad],
  soak: soundSoak,
  examination: { takenAt: '2026-11-28T09:11:00.000Z', findings: [], unread: [] },
}

export function acceptanceOf(
  parts: Partial<Parts> = {},
  { takenBack = [], fallen = [] }: { takenBack?: readonly string[]; fallen?: readonly string[] } = {},
): Acceptance {
  const all = { ...soundParts, ...parts }
  return { ...all, ...decide({ ...all, takenBack, fallen }) }
}
