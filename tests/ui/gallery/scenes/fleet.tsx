// The board of appliances in its states.
import type { ListedAppliance } from '../../../../shared/contract/appliances.ts'
import type { Target } from '../../../../shared/contract/contract.ts'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { unreadable, valueOr } from '../../../../shared/domain/reading.ts'
import type { ApplianceVerdict } from '../../../../shared/domain/verdict.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, fails, type Script, streams, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, sampleOf, verdictOf } from '../scripted-facts.ts'
import { takenBackDeployment } from '../scripted-whose.ts'

type Known = {
  readonly facts?: Facts | Failure
  readonly verdict?: ApplianceVerdict | Failure
  readonly runs?: boolean
}

const ascend = { vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte } as const
const nvidia = { vendor: 'nvidia', product: 'NVIDIA H20', count: 8, memoryBytes: 96 * gibibyte } as const
const planId = 'plan-00112233445566aa'

function nameOf({ target }: { target: Target }): string {
  return target.by === 'name' ? target.name : ''
}

function resultOf<T extends object>(value: T | Failure | undefined): Promise<Result<T>> {
  if (value === undefined) return new Promise(() => undefined)
  return Promise.resolve('kind' in value ? fail(value as Failure) : ok(value))
}

function board(known: { readonly [name: string]: Known }): Script {
  const appliances: readonly ListedAppliance[] = Object.keys(known).map((name, place) =>
    applianceNamed(name, `10.78.0.${11 + place}`),
  )
  const running = appliances.filter(({ name }) => known[name]?.runs === true)
  return {
    window: about,
    appliances: {
      list: answers([...appliances]),
      status: (input) => resultOf(known[nameOf(input)]?.verdict),
      detect: (input) => resultOf(known[nameOf(input)]?.facts),
    },
    setup: {
      runs: answers(
        running.map(({ address }) => ({
          planId,
          address,
          purpose: settingUp('baichuan-m2-32b'),
          startedAt: '2026-11-22T09:00:00.000Z',
          state: 'running' as const,
        })),
      ),
      follow: streams([{ event: 'step-begin', step: 'artifact.weights', number: 5, of: 9 } as const]),
    },
    observe: {
      watch: async (input) => {
        const facts = known[nameOf(input)]?.facts
        if (facts === undefined || 'kind' in facts) return streams([])()
        const devices = facts.accelerators.flatMap((report) => valueOr(report.devices, []))
        return streams([{ link: 'up' as const, sample: sampleOf(devices, Date.now()) }])()
      },
    },
  }
}

const lostCard = (() => {
  const report = reportOf(ascend)
  const devices = valueOr(report.devices, []).map((device) => {
    if (device.index === 4) return { ...device, health: { state: 'known', value: 'critical' } as const }
    if (device.index !== 5) return device
    const lost = unreadable('npu-smi: device 5 is not there any more')
    return { ...device, utilizationPercent: lost, memoryUsedBytes: lost, health: lost }
  })
  return { ...report, devices: { state: 'known' as const, value: devices } }
})()

const degraded = verdictOf([
  { ...healthyDeployment('qwen3-32b', 1900, 41), state: 'degraded', reason: 'metrics-unreadable' },
])
const healthy: Known = {
  facts: factsWith([reportOf({ ...ascend, product: '910B3', memoryBytes: 64 * gibibyte })]),
  verdict: verdictOf([
    healthyDeployment('antangelmed-int4', 310, 58),
    healthyDeployment('deepseek-r1-70b', 720, 22),
    healthyDeployment('qwen3-32b', 520, 47),
  ]),
}
const unreachable: Failure = { kind: 'host-unreachable', host: '10.78.0.14', port: 22, reason: 'timeout' }
const notReadable = factsWith([{ ...reportOf(ascend), devices: unreadable('npu-smi hangs since 08:01') }])
const one = { vendor: 'nvidia', product: 'NVIDIA L20', count: 1, memoryBytes: 48 * gibibyte } as const
const ward = {
  'radiology-01': { facts: factsWith([lostCard]), verdict: degraded },
  'outpatient-01': healthy,
  'records-01': { facts: factsWith([reportOf(nvidia)]), runs: true },
  '体检中心-01': { facts: unreachable, verdict: unreachable },
} satisfies { readonly [name: string]: Known }

export const scenes: Scenes = {
  normal: { path: '/appliances', script: board(ward) },
  well: { path: '/appliances', script: board({ 'outpatient-01': healthy }) },
  wall: { path: '/appliances?wall', script: board(ward) },
  'wall-well': { path: '/appliances?wall', script: board({ 'outpatient-01': healthy, 'outpatient-02': healthy }) },
  'wall-lost': { path: '/appliances?wall', script: board(ward), link: { state: 'lost', sinceMs: Date.now() - 95_000 } },
  'taken-back': {
    path: '/appliances',
    script: board({
      'outpatient-01': healthy,
      'records-02': {
        facts: factsWith([reportOf(one)]),
        verdict: verdictOf([healthyDeployment('qwen3-8b'), takenBackDeployment]),
      },
    }),
  },
  empty: { path: '/appliances', script: board({}) },
  loading: { path: '/appliances', script: { window: about, appliances: { list: waits() } } },
  looking: { path: '/appliances', script: board({ 'radiology-01': {}, 'outpatient-01': {} }) },
  failed: {
    path: '/appliances',
    script: {
      window: about,
      appliances: { list: fails({ kind: 'state-unwritable', folder: '/home/ops/.rackside', detail: 'no rights' }) },
    },
  },
  lost: { path: '/appliances', script: board(ward), link: { state: 'lost', sinceMs: Date.now() - 95_000 } },
  many: {
    path: '/appliances',
    script: board({
      'a-very-long-name-of-an-appliance-in-the-second-building-01': {
        facts: factsWith([reportOf({ ...ascend, count: 16 })]),
        verdict: { ...degraded, state: 'down' },
      },
      'no-login': {
        facts: { kind: 'credential-unknown', credentialId: 'x' },
        verdict: { kind: 'credential-unknown', credentialId: 'x' },
      },
      'one-card': { facts: factsWith([reportOf(one)]), verdict: verdictOf([healthyDeployment('qwen3-8b')]) },
      'processor-only': { facts: factsWith([]), verdict: verdictOf([]) },
      'not-readable': {
        facts: notReadable,
        verdict: verdictOf([healthyDeployment('qwen3-32b')], notReadable),
      },
      'outpatient-02': healthy,
      'outpatient-03': healthy,
    }),
  },
}
