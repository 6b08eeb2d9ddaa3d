// The page of an appliance in its states.
import type { Access } from '../../../../shared/domain/appliance.ts'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'
import type { Examination } from '../../../../shared/domain/finding.ts'
import { absent, known, unreadable, valueOr } from '../../../../shared/domain/reading.ts'
import type { JournaledRun } from '../../../../shared/domain/run.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../../shared/domain/verdict.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, fails, type Script, streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { acceptanceDone } from '../scripted-acceptance.ts'
import { benchDone, benchNothing } from '../scripted-bench.ts'
import { evaluationDone, evaluationFailed, evaluationGoing, evaluationNothing } from '../scripted-evaluation.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, sampleOf, verdictOf } from '../scripted-facts.ts'
import { linuxNeeded, windowsPart } from '../scripted-part.ts'
import { reachedPlaces, waysIn } from '../scripted-ways-in.ts'
import { takenBackDeployment } from '../scripted-whose.ts'

const ascend = { vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte } as const
const nvidia = { vendor: 'nvidia', product: 'NVIDIA H20', count: 16, memoryBytes: 96 * gibibyte } as const
const name = 'Radiology-01'
const planId = 'plan-00112233445566aa'

type Tab = 'overview' | 'hardware' | 'doctor' | 'deployments' | 'access' | 'history' | 'acceptance' | 'upkeep'

type Look = {
  readonly facts?: Facts | Failure
  readonly verdict?: ApplianceVerdict | Failure
  readonly setup?: Script['setup']
  readonly upkeep?: Script['upkeep']
  readonly recorder?: Script['recorder']
  readonly acceptance?: Script['acceptance']
  readonly bench?: Script['bench']
  readonly evaluation?: Script['evaluation']
  readonly examination?: Examination | Failure
  readonly name?: string
  readonly access?: Partial<Access>
}

/** What is proven at once where the verdict is known. */
function proving(verdict: Look['verdict']) {
  return streams(verdict === undefined || 'kind' in verdict ? [] : [{ event: 'verdict' as const, verdict }], 'ends')
}

const reached: Script['upkeep'] = {
  published: answers([...reachedPlaces]),
  signIns: answers([...waysIn]),
  showSecret: answers({ value: 'k7dmq-2vxpz-hh3yw-9mtrc' }),
}

function scene(
  tab: Tab,
  { facts, verdict, examination, setup = {}, upkeep = {}, recorder = {}, acceptance = {}, bench = {}, ...rest }: Look,
): Scene {
  const named = rest.name ?? name
  const devices =
    facts === undefined || 'kind' in facts ? [] : facts.accelerators.flatMap((one) => valueOr(one.devices, []))
  const watch = streams([{ link: 'up' as const, sample: sampleOf(devices, Date.now()) }])
  return {
    path: `/appliances/${encodeURIComponent(named)}?tab=${tab}`,
    script: {
      window: about,
      appliances: {
        list: answers([{ ...applianceNamed(named, '10.78.0.11'), ...rest.access }]),
        detect: facts === undefined ? waits() : async () => ('kind' in facts ? fail(facts) : ok(facts)),
        doctor:
          examination === undefined
            ? waits()
            : async () => ('kind' in examination ? fail(examination) : ok(examination)),
        status: verdict === undefined ? waits() : async () => ('kind' in verdict ? fail(verdict) : ok(verdict)),
      },
      setup: { runs: answers([]), lastRun: answers(null), prove: proving(verdict), ...setup },
      upkeep,
      recorder,
      acceptance,
      bench,
      evaluation: rest.evaluation ?? evaluationNothing,
      observe: { watch, recent: answers([]) },
    },
  }
}

const well = factsWith([reportOf(ascend)], {
  containers: known([
    {
      id: 'c0ffee',
      name: 'rackside-qwen3-32b',
      imageId: 'sha256:00',
      state: 'running',
      health: 'healthy',
      startedAt: '2026-11-20T03:12:45.000Z',
      restartCount: 0,
      labels: { 'rackside.deployment': 'qwen3-32b' },
    },
  ]),
  deployments: known([
    {
      deployment: 'qwen3-32b',
      entry: 'llama-cpp',
      version: '1.0.0',
      proof: {
        serves: 'openai-chat',
        deployment: 'qwen3-32b',
        hostPort: 18_000,
        readyPath: '/health',
        modelName: 'qwen3-32b',
        metricsPath: '/metrics',
        metricsReader: 'llama-cpp',
      },
    },
  ]),
  listeningPorts: known([
    { address: '0.0.0.0', port: 22, process: known('sshd') },
    { address: '127.0.0.1', port: 18_000, process: known('docker-proxy') },
    { address: '::', port: 9100, process: absent },
  ]),
})
const hung = unreadable('npu-smi: device 5 is not there any more')
const broken = factsWith(
  [
    {
      ...reportOf(ascend),
      notes: ['npu-smi: card 5 lost on the PCIe bus'],
      devices: known(
        valueOr(reportOf(ascend).devices, []).map((device) => {
          if (device.index === 4)
            return { ...device, health: known('critical' as const), temperatureCelsius: known(91) }
          if (device.index !== 5) return { ...device, powerLimitWatts: absent }
          return { ...device, utilizationPercent: hung, memoryUsedBytes: hung, temperatureCelsius: hung, health: hung }
        }),
      ),
    },
  ],
  {
    engine: unreadable('docker: permission denied on /var/run/docker.sock'),
    spaces: unreadable('df: timed out'),
    probes: [
      { id: 'npu-info', state: 'still-hung', exitCode: absent, since: known('2026-11-22T08:40:11Z') },
      { id: 'disk-space', state: 'timed-out', exitCode: absent, since: absent },
    ],
  },
)
const unread = factsWith([
  {
    ...reportOf(ascend),
    driverVersion: unreadable('the driver does not answer'),
    devices: unreadable('npu-smi: hangs since 08:40:11'),
  },
])

const page: DeploymentVerdict = {
  deployment: 'open-webui',
  entry: 'open-webui',
  version: '0.6.34',
  state: 'healthy',
  reason: 'page-answers',
  rungs: [{ name: 'page', passed: true, detail: '', milliseconds: 31 }],
}
/** Its first administrator has the password that everybody knows. */
const openToAll: DeploymentVerdict = { ...healthyDeployment('knowledge'), publishedUser: 'admin' }
const gone: DeploymentVerdict = { ...page, state: 'down', reason: 'missing', rungs: [] }
const stuck: DeploymentVerdict = {
  ...healthyDeployment('deepseek-r1-70b'),
  state: 'down',
  reason: 'not-ready',
  rungs: [
    { name: 'process', passed: true, detail: '', milliseconds: 3 },
    { name: 'port', passed: true, detail: '', milliseconds: 2 },
    { name: 'ready', passed: false, detail: 'GET /health answered 503: loading model', milliseconds: 41 },
  ],
}
const { proof: _, ...stuckWithout } = stuck
const refusedLogin: Failure = {
  kind: 'login-refused',
  host: '10.78.0.11',
  port: 22,
  user: 'ops',
  methodsOffered: ['publickey'],
}
const unreachable: Failure = { kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' }

const examination: Examination = {
  takenAt: '2026-11-22T08:41:00.000Z',
  findings: [
    { rule: 'tool-hung', severity: 'error', evidence: ['ascend: npu-smi: it has hung since 2026-11-22T08:40:11Z'] },
    {
      rule: 'fewer-devices-than-bus',
      severity: 'error',
      evidence: ['ascend 0000:81:00.0 (d802, Ascend 910B)', 'ascend 0000:82:00.0 (d802, Ascend 910B)'],
    },
    { rule: 'disk-almost-full', severity: 'warning', evidence: ['/var/lib (/dev/nvme0n1): 91.4 GiB / 3600.0 GiB'] },
    { rule: 'clock-not-synchronised', severity: 'warning', evidence: ['NTPSynchronized=no'] },
    { rule: 'swap-on', severity: 'hint', evidence: ['swap 8.0 GiB'] },
  ],
  unread: [{ fact: 'kernelLog', why: 'dmesg: read kernel buffer failed: Operation not permitted (exit 1)' }],
}

const lastRun: JournaledRun = {
  run: 'run-20261120T031000Z-0a1b2c3d',
  planId,
  who: 'ward-admin-2@console-3',
  beganAt: '2026-11-20T03:10:00.000Z',
  steps: [
    { step: 'network.rackside', outcome: 'already' },
    { step: 'artifact.qwen3-32b-weights', outcome: 'done' },
    { step: 'image.llama-cpp', outcome: 'done' },
    { step: 'container.qwen3-32b' },
  ],
  state: 'broken-off',
}
const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const run = { planId, address, purpose: settingUp('record-assistant'), startedAt: '2026-11-22T09:00:00.000Z' }

const version = (deployment: string, digit: string, keptAt: string, inService: boolean) => ({
  ...{ deployment, entry: 'llama-cpp', version: '1', specDigest: digit.repeat(64), keptAt, inService },
})
const differs: Look['upkeep'] = {
  drift: answers([
    { deployment: 'qwen3-32b', what: 'restart-policy', was: 'always', now: 'no' },
    { what: 'kernel', was: '6.6.0-72.0.0.76.oe2403.aarch64', now: '6.6.0-83.0.0.87.oe2403.aarch64' },
    { what: 'driver', of: 'ascend', was: '25.0.rc1.1', now: '25.2.0' },
  ]),
  versions: answers([
    version('qwen3-32b', 'a', '2026-11-20T03:12:45Z', true),
    version('qwen3-32b', 'b', '2026-10-02T21:40:03Z', false),
    version('record-assistant', 'c', '2026-11-20T03:14:10Z', true),
  ]),
}

const recording = {
  ...{ running: true, sinceMs: Date.parse('2026-11-20T03:12:45Z'), script: 'as-wanted' as const },
  ...{ files: 31, bytes: 24_000_000, limitBytes: 64 * 1024 ** 2, intervalSeconds: 10 },
  newestMs: Date.parse('2026-11-22T09:00:00Z'),
}

function evaluated(evaluation: Script['evaluation'], ...presses: string[]): Scene {
  const shown = scene('acceptance', {
    ...{ facts: well, verdict: verdictOf([healthyDeployment('qwen3-32b')]) },
    ...{ acceptance: { list: answers([]) }, bench: benchNothing },
    ...(evaluation !== undefined && { evaluation }),
  })
  return { ...shown, presses }
}

export const scenes: Scenes = {
  healthy: scene('overview', { facts: well, verdict: verdictOf([healthyDeployment('qwen3-32b'), page]) }),
  looking: scene('overview', {}),
  'taken-back': scene('overview', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b'), takenBackDeployment]),
  }),
  'deployments-taken-back': scene('deployments', { facts: well, verdict: verdictOf([takenBackDeployment]) }),
  empty: scene('overview', { facts: factsWith([reportOf(nvidia)]), verdict: verdictOf([]) }),
  degraded: scene('overview', {
    facts: broken,
    verdict: verdictOf([healthyDeployment('qwen3-32b'), stuckWithout, gone], broken),
  }),
  unread: scene('overview', { facts: unread, verdict: verdictOf([healthyDeployment('qwen3-32b')], unread) }),
  'ill-hardware': scene('overview', {
    facts: broken,
    verdict: {
      ...verdictOf([healthyDeployment('qwen3-32b')], broken),
      since: new Date(Date.now() - 380_000).toISOString(),
    },
  }),
  unreachable: scene('overview', { facts: unreachable, verdict: unreachable }),
  login: scene('overview', {
    facts: { kind: 'credential-unknown', credentialId: 'password-1' },
    verdict: { kind: 'credential-unknown', credentialId: 'password-1' },
  }),
  installing: scene('overview', {
    facts: well,
    verdict: verdictOf([]),
    setup: { runs: answers([{ ...run, state: 'running' }]) },
  }),
  long: scene('overview', {
    name: 'Radiology-department-north-building-room-4-07_bedside-assistant',
    facts: factsWith([reportOf(ascend), reportOf({ ...nvidia, count: 2 })]),
    verdict: verdictOf([healthyDeployment('record-assistant-for-the-outpatient-department-qwen3-32b')]),
  }),
  hardware: scene('hardware', { facts: well, verdict: verdictOf([healthyDeployment('qwen3-32b')]) }),
  'hardware-broken': scene('hardware', { facts: broken, verdict: verdictOf([healthyDeployment('qwen3-32b')], broken) }),
  'hardware-unread': scene('hardware', { facts: unread, verdict: verdictOf([healthyDeployment('qwen3-32b')], unread) }),
  'hardware-sixteen': scene('hardware', { facts: factsWith([reportOf(nvidia)]), verdict: verdictOf([]) }),
  doctor: scene('doctor', { facts: broken, verdict: verdictOf([healthyDeployment('qwen3-32b')], broken), examination }),
  'doctor-well': scene('doctor', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    examination: { ...examination, findings: [], unread: [] },
  }),
  'doctor-looking': scene('doctor', { facts: well, verdict: verdictOf([healthyDeployment('qwen3-32b')]) }),
  'doctor-failed': scene('doctor', { facts: unreachable, verdict: unreachable, examination: unreachable }),
  deployments: scene('deployments', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b'), stuckWithout, gone, openToAll]),
  }),
  access: scene('access', { facts: well, verdict: verdictOf([healthyDeployment('qwen3-32b')]), upkeep: reached }),
  'access-closed': scene('access', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    upkeep: { published: answers([]), signIns: answers([]) },
  }),
  acceptance: scene('acceptance', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    acceptance: acceptanceDone,
    bench: benchDone,
  }),
  'evaluation-none': evaluated(evaluationNothing),
  'evaluation-going': evaluated(evaluationGoing, 'Ask|开始评测'),
  'evaluation-done': evaluated(evaluationDone, 'Ask|开始评测', 'Open|打开'),
  'evaluation-failed': evaluated(evaluationFailed, 'Resume|继续'),
  upkeep: scene('upkeep', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    upkeep: differs,
    recorder: { state: answers(recording) },
  }),
  'upkeep-well': scene('upkeep', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    upkeep: { drift: answers([]), versions: answers([]) },
    recorder: { state: answers(null) },
  }),
  history: scene('history', {
    facts: well,
    verdict: verdictOf([healthyDeployment('qwen3-32b')]),
    setup: {
      lastRun: answers(lastRun),
      runs: answers([
        { ...run, state: 'done', verdict: 'healthy' },
        { ...run, startedAt: '2026-11-22T07:41:00.000Z', state: 'cancelled' },
      ]),
    },
  }),
  'history-empty': scene('history', { facts: well, verdict: verdictOf([]) }),
  'history-failed': scene('history', { facts: well, verdict: verdictOf([]), setup: { lastRun: fails(unreachable) } }),
  'watch-only': scene('overview', {
    facts: well,
    verdict: {
      ...verdictOf([{ ...healthyDeployment('qwen3-32b'), state: 'unknown', reason: 'only-watched' }]),
      state: 'unknown',
      reason: 'only-watched',
    },
    access: { watchOnly: true, weakAlgorithms: true },
  }),
  refused: scene('overview', {
    facts: refusedLogin,
    verdict: refusedLogin,
  }),
  part: scene('overview', { facts: windowsPart(), verdict: linuxNeeded }),
  'part-hardware': scene('hardware', { facts: windowsPart(), verdict: linuxNeeded }),
  'vault-locked': scene('overview', { facts: { kind: 'vault-locked' }, verdict: { kind: 'vault-locked' } }),
  gone: {
    path: '/appliances/Nobody',
    script: { window: about, appliances: { list: answers([]), detect: waits(), status: waits() } },
  },
}
