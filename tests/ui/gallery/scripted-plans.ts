// Plans, bundles and runs for scenes and tests of the setup: whole plans as the core makes them, of which a
// scene changes what matters.
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import { type Artifact, chunkBytes } from '../../../shared/domain/artifact.ts'
import type { Choice } from '../../../shared/domain/choice.ts'
import type { LicenceTerms } from '../../../shared/domain/licence-terms.ts'
import type { MemoryFit, PlanStep, SetUpPlan, StepReason } from '../../../shared/domain/plan.ts'
import type { ConsoleRun, RunEvent } from '../../../shared/domain/run.ts'
import { settingUp } from '../../support/set-up-purpose.ts'
import { gibibyte } from './scripted-facts.ts'

export const planId = 'plan-00112233445566aa'
export const runId = 'run-20261122T090000Z-0badcafe'
const address = { host: '10.78.0.11', port: 22, user: 'ops' }

function hexOf(text: string): string {
  return [...text]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(64, '0')
    .slice(0, 64)
}

const imageOf = (id: string) => ({
  configDigest: `sha256:${hexOf(`c${id}`)}`,
  manifestDigest: `sha256:${hexOf(`m${id}`)}`,
  platform: { os: 'linux', architecture: 'amd64' } as const,
  unpackedBytes: 3 * gibibyte,
})

function artifactOf(id: string, bytes: number, kind: 'image' | 'weights'): Artifact {
  const base = {
    id,
    sha256: hexOf(id),
    bytes,
    chunks: Array.from({ length: Math.ceil(bytes / chunkBytes) }, () => hexOf(id)),
  }
  if (kind === 'image') return { kind, ...base, image: imageOf(id) }
  const attention = { kind: 'grouped-query', attentionHeads: 64, kvHeads: 8, headDimension: 128 } as const
  const shape = { architecture: 'qwen3', layers: 64, attention, maxContextTokens: 32_768 }
  return { kind, ...base, weights: { format: 'gguf', shape } }
}

type StepWish = { readonly change?: boolean; readonly interrupts?: boolean; readonly reason?: StepReason }

function step(
  id: string,
  spec: PlanStep['spec'],
  reason: StepReason,
  wish: StepWish & { bytes?: number; disk?: number },
): PlanStep {
  const { change = true, interrupts = false, bytes = 0, disk = 0 } = wish
  return {
    id,
    change,
    reason: wish.reason ?? reason,
    uploadBytes: change ? bytes : 0,
    diskBytes: change ? disk : 0,
    interrupts,
    spec,
  }
}

const there: { readonly [R in StepReason]?: StepReason } = {
  'artifact-missing': 'artifact-there',
  'image-missing': 'image-there',
  'network-missing': 'network-there',
  'container-missing': 'container-same',
  'not-ready-yet': 'answers-already',
}

function serviceSteps(
  name: string,
  port: number,
  { weightsBytes, imageBytes }: { weightsBytes: number; imageBytes: number },
): PlanStep[] {
  const imageId = `${name}-image`
  const weights = weightsBytes === 0 ? [] : [{ id: `${name}-weights`, bytes: weightsBytes }]
  const proof =
    weightsBytes === 0
      ? ({ serves: 'page', deployment: name, hostPort: port, readyPath: '/healthz' } as const)
      : ({
          serves: 'openai-chat',
          deployment: name,
          hostPort: port,
          readyPath: '/health',
          modelName: name,
          metricsPath: '/metrics',
          metricsReader: 'llama-cpp',
        } as const)
  return [
    step(
      `artifact.${imageId}`,
      { kind: 'artifact', artifact: artifactOf(imageId, imageBytes, 'image') },
      'artifact-missing',
      {
        bytes: imageBytes,
        disk: imageBytes,
      },
    ),
    step(
      `image.${imageId}`,
      { kind: 'image', artifactSha256: hexOf(imageId), artifactId: imageId, image: imageOf(imageId) },
      'image-missing',
      { disk: 3 * gibibyte },
    ),
    ...weights.map(({ id, bytes }) =>
      step(`artifact.${id}`, { kind: 'artifact', artifact: artifactOf(id, bytes, 'weights') }, 'artifact-missing', {
        bytes,
        disk: bytes,
      }),
    ),
    step(
      `container.${name}`,
      {
        kind: 'container',
        spec: {
          deployment: name,
          entry: name,
          entryVersion: '1.2.0',
          image: imageOf(imageId),
          arguments: [],
          environment: {},
          mounts: [],
          containerPort: 8080,
          hostPort: port,
          network: 'rackside',
          healthCommand: [],
        },
        specDigest: hexOf(name),
        proof,
        startTimeoutSeconds: 600,
        soakSeconds: 60,
      },
      'container-missing',
      {},
    ),
    step(
      `ready.${name}`,
      { kind: 'ready', deployment: name, hostPort: port, readyPath: '/health', timeoutSeconds: 600 },
      'not-ready-yet',
      {},
    ),
  ]
}

export const wardSteps: readonly PlanStep[] = [
  step('network.rackside', { kind: 'network', name: 'rackside' }, 'network-missing', {}),
  ...serviceSteps('baichuan-m2', 8400, { weightsBytes: 65.5 * gibibyte, imageBytes: 5.4 * gibibyte }),
  ...serviceSteps('record-assistant', 8410, { weightsBytes: 0, imageBytes: 0.42 * gibibyte }),
]

/** The same steps with nothing left to do in those that are named, or in all. */
export function alreadyTrue(steps: readonly PlanStep[], which: (id: string) => boolean = () => true): PlanStep[] {
  return steps.map((one) =>
    which(one.id)
      ? {
          ...one,
          change: false,
          reason: there[one.reason] ?? one.reason,
          uploadBytes: 0,
          diskBytes: 0,
          interrupts: false,
        }
      : one,
  )
}

export const medicalTerms: LicenceTerms[] = [
  {
    ...{
      entry: 'baichuan-m2',
      version: '2.0',
      spdx: 'LicenseRef-Baichuan-Community',
      url: 'https://example.com/terms',
    },
    terms: {
      en: 'For use inside the hospital.\nNo clinical use without validation on site.',
      'zh-CN': '仅限院内使用。\n未经院内验证不得用于临床。',
    },
  },
]

const wardChoices: readonly Choice[] = [
  {
    service: 'baichuan-m2',
    entry: 'baichuan-m2',
    variant: 'cuda-h20',
    evidence: 'none',
    rejected: [
      {
        entry: 'baichuan-m2',
        variant: 'cuda-h200-fp16',
        rejections: [{ reason: 'driver-differs', vendor: 'nvidia', needs: { atLeast: '590.10' }, has: '580.65.06' }],
      },
    ],
  },
  { service: 'record-assistant', entry: 'record-assistant', variant: 'linux-amd64', evidence: 'lab', rejected: [] },
]

const wardFits: readonly MemoryFit[] = [
  {
    service: 'baichuan-m2',
    weightsBytes: 65.5 * gibibyte,
    kvCacheBytes: 8 * gibibyte,
    overheadBytes: 2 * gibibyte,
    needBytes: 75.5 * gibibyte,
    availableBytes: 768 * gibibyte,
    where: 'accelerator',
  },
  {
    service: 'record-assistant',
    weightsBytes: 0,
    kvCacheBytes: 0,
    overheadBytes: 0.5 * gibibyte,
    needBytes: 0.5 * gibibyte,
    availableBytes: 840 * gibibyte,
    where: 'memory',
  },
]

/** The same plan where its app is opened to the local network. */
export function openingPlan(): SetUpPlan {
  const at = { address: '10.78.0.11', port: 443 }
  const guarded = ['record-assistant']
  const purpose = { ...settingUp('record-assistant', 'bundle-records'), publish: { ...at, guarded: true as const } }
  return wardPlan({ purpose, openings: [{ ...at, services: ['record-assistant'], guarded }] })
}

export function wardPlan(changes: Partial<SetUpPlan> = {}): SetUpPlan {
  return {
    format: 1,
    id: planId,
    createdAt: new Date(Date.now() - 48_000).toISOString(),
    address,
    purpose: settingUp('record-assistant', 'bundle-records'),
    soakSeconds: 60,
    fingerprint: hexOf('fingerprint'),
    answers: {},
    choices: [...wardChoices],
    fits: [...wardFits],
    steps: [...wardSteps],
    blockers: [],
    digest: hexOf('digest'),
    ...changes,
  }
}

/** A larger one that fits as well, and one that does not. */
export function proposals(): SetUpPlan[] {
  const threeSteps: PlanStep[] = [
    ...wardSteps,
    ...serviceSteps('deepseek-r1-70b', 8401, { weightsBytes: 141 * gibibyte, imageBytes: 5.4 * gibibyte }),
    ...serviceSteps('qwen3-32b', 8402, { weightsBytes: 65 * gibibyte, imageBytes: 5.4 * gibibyte }),
  ]
  const need = { ...(wardFits[0] as MemoryFit), needBytes: 310 * gibibyte }
  return [
    wardPlan(),
    wardPlan({
      id: 'plan-00112233445566bb',
      purpose: settingUp('three-families', 'bundle-records'),
      steps: threeSteps,
      fits: [need],
      choices: [],
    }),
    wardPlan({
      id: 'plan-00112233445566cc',
      purpose: settingUp('deepseek-671b', 'bundle-records'),
      steps: [],
      fits: [],
      choices: [],
      blockers: [
        {
          kind: 'memory-too-small',
          entry: 'deepseek-r1-671b',
          needBytes: 761 * gibibyte,
          availableBytes: 702 * gibibyte,
        },
        { kind: 'disk-too-small', path: '/var/lib', needBytes: 1378 * gibibyte, freeBytes: 310 * gibibyte },
      ],
    }),
  ]
}

export function recordsBundle(bundleId = 'bundle-records', name = 'records-2026-11'): BundleSummary {
  const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })
  return {
    bundleId,
    demo: false,
    kept: false,
    name,
    content: {
      ok: true,
      value: {
        header: {
          format: 1,
          name: 'records',
          publisher: { id: 'cityhealth', name: 'City Health Digital' },
          createdAt: '2026-11-02T09:00:00.000Z',
        },
        vouching: { signed: false },
        totalBytes: 318 * gibibyte,
        solutions: [
          {
            id: 'record-assistant',
            version: '3',
            title: text('Record assistant: Baichuan-M2 + Open WebUI', '病历助手：Baichuan-M2 + Open WebUI'),
            summary: text(
              'Medical reasoning model drafting outpatient and discharge notes. Nothing leaves the building.',
              '医学推理模型，起草门诊病历与出院小结。数据不出院。',
            ),
          },
          {
            id: 'three-families',
            version: '1',
            title: text(
              'Three families behind one endpoint: medical + DeepSeek + Qwen',
              '三类模型同一入口：医学 + DeepSeek + Qwen',
            ),
            summary: text(
              'Baichuan-M2, DeepSeek-R1-70B and Qwen3-32B behind one gateway, a key per app.',
              'Baichuan-M2、DeepSeek-R1-70B 与 Qwen3-32B 共用一个网关，每个应用一把密钥。',
            ),
          },
          {
            id: 'deepseek-671b',
            version: '1',
            title: text('DeepSeek-R1 671B', 'DeepSeek-R1 671B'),
            summary: text('The full model on one appliance.', '在一台一体机上运行完整模型。'),
          },
        ],
      },
    },
  }
}

export const brokenBundle: BundleSummary = {
  bundleId: 'bundle-broken',
  demo: false,
  kept: false,
  name: 'imaging-2026-10',
  content: {
    ok: false,
    failure: { kind: 'bundle-unusable', folder: 'imaging-2026-10', problem: 'catalog/solutions.yaml is missing' },
  },
}

export function consoleRun(state: ConsoleRun['state'] = 'running', id = planId): ConsoleRun {
  return { planId: id, address, purpose: settingUp('record-assistant'), startedAt: '2026-11-22T09:00:00.000Z', state }
}

/** The events of a run of `steps` up to (and with the beginning of) this step; of all of them without one. */
export function eventsUntil(steps: readonly PlanStep[], until?: string): RunEvent[] {
  const events: RunEvent[] = [{ event: 'run-begin', run: runId, steps: steps.length }]
  for (const [place, { id, change }] of steps.entries()) {
    events.push({ event: 'step-begin', step: id, number: place + 1, of: steps.length })
    if (id === until) return events
    const milliseconds = change ? 2100 + ((place * 61_300) % 180_000) : 40
    events.push({ event: 'step-end', step: id, outcome: change ? 'done' : 'already', milliseconds })
  }
  return events
}
