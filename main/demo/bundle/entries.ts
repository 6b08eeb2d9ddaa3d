// What the demo's catalog offers: a runtime, two models, an app, and two solutions of them. Each says in both
// languages that it is a demo and computes nothing. The shapes of the models are those of real ones of their size, so
// that the memory arithmetic has something true to say: the small one fits anywhere, the big one needs a big server.

import type { AppEntry } from '../../../shared/domain/entry/app-entry.ts'
import type { ModelEntry, ModelVariant } from '../../../shared/domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../../shared/domain/entry/runtime-entry.ts'
import type { SolutionEntry } from '../../../shared/domain/entry/solution-entry.ts'
import type { ContainerVariant } from '../../../shared/domain/entry/variant.ts'
import type { Entry } from '../../../shared/domain/entry.ts'

const version = '1'
const licence = { spdx: 'Apache-2.0' }
const gibibyte = 1024 ** 3

function runtimeVariant(vendor: 'ascend' | 'nvidia'): ContainerVariant {
  return {
    id: `${vendor}-amd64`,
    images: { amd64: { artifact: 'demo-runtime-image' } },
    match: { accelerator: { vendor, countAtLeast: 1 } },
    contains: {},
    arguments: [
      ...['-m', '{model.path}', '--alias', '{model.name}', '--host', '0.0.0.0', '--port', '{service.port}'],
      ...['-c', '{model.cacheTokens}', '--parallel', '{service.parallel}', '--n-gpu-layers', '99', '--metrics'],
    ],
    environment: {},
    overheadBytes: gibibyte,
    knownIssues: [],
    evidence: 'none',
  }
}

const runtime: RuntimeEntry = {
  kind: 'runtime',
  id: 'demo-runtime',
  version,
  title: { en: 'Demo runtime (plays prepared text)', 'zh-CN': '演示推理服务（播放预设文字）' },
  summary: {
    en: 'Demo: answers as a llama.cpp server does, with texts that were written beforehand. Nothing is computed.',
    'zh-CN': '演示：以 llama.cpp 推理服务的接口应答，内容是预先写好的文字，不进行任何计算。',
  },
  licence,
  provides: ['openai-chat@1'],
  weightsFormats: ['gguf'],
  splits: 'layers',
  containerPort: 8080,
  volumes: [],
  readyPath: '/health',
  metrics: { path: '/metrics', reader: 'llama-cpp' },
  listsModels: true,
  startTimeoutSeconds: 60,
  healthCommand: ['/bin/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/health'],
  variants: [runtimeVariant('ascend'), runtimeVariant('nvidia')],
}

function weightsOf(weights: string): ModelVariant {
  const none = { statedNeeds: [], serving: [] }
  return { id: 'gguf', weights, format: 'gguf', quantization: 'q4_k_m', bytes: 1, ...none, evidence: 'none' }
}

const clinicModel: ModelEntry = {
  kind: 'model',
  id: 'demo-clinic-8b',
  version,
  title: { en: 'Demo clinic model 8B (plays prepared text)', 'zh-CN': '演示门诊模型 8B（播放预设文字）' },
  summary: {
    en: 'Demo: stands for an 8B model. Its file is empty, its answers were written beforehand, nothing is computed.',
    'zh-CN': '演示：代表一个 8B 模型。文件内容为空，回答是预先写好的，不进行任何计算。',
  },
  licence,
  servedName: 'demo-clinic-8b',
  can: ['chat'],
  canary: 'basic',
  contextTokens: 8192,
  parallel: 4,
  variants: [weightsOf('demo-clinic-8b-weights')],
}

const hospitalModel: ModelEntry = {
  kind: 'model',
  id: 'demo-hospital-72b',
  version,
  title: { en: 'Demo hospital model 72B (plays prepared text)', 'zh-CN': '演示全院模型 72B（播放预设文字）' },
  summary: {
    en: 'Demo: stands for a 72B model for 16 people at once, which takes about 160 GiB for their texts alone. Its file is empty, its answers were written beforehand, nothing is computed.',
    'zh-CN':
      '演示：代表可供 16 人同时使用的 72B 模型，仅上下文缓存就需约 160 GiB。文件内容为空，回答是预先写好的，不进行任何计算。',
  },
  licence,
  servedName: 'demo-hospital-72b',
  can: ['chat'],
  canary: 'basic',
  contextTokens: 32_768,
  parallel: 16,
  variants: [weightsOf('demo-hospital-72b-weights')],
}

const app: AppEntry = {
  kind: 'app',
  serves: 'page',
  id: 'demo-note-helper',
  version,
  title: { en: 'Clinic note helper (demo)', 'zh-CN': '门诊小结助手（演示）' },
  summary: {
    en: 'Demo: shows an example note that was written beforehand, whatever is entered. Nothing is computed.',
    'zh-CN': '演示：无论输入什么，都显示预先写好的示例小结，不进行任何计算。',
  },
  licence,
  intendedUse: {
    en: 'Trying out Rackside. Not for work with patients: its text is an example.',
    'zh-CN': '用于试用 Rackside，不得用于诊疗工作：其中的文字只是示例。',
  },
  notForDiagnosis: true,
  requires: ['openai-chat@1'],
  containerPort: 8080,
  volumes: [],
  readyPath: '/readyz',
  startTimeoutSeconds: 60,
  healthCommand: ['/bin/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/healthz'],
  settings: [
    {
      name: 'longest-draft',
      type: 'integer',
      title: { en: 'Longest draft', 'zh-CN': '草稿最大长度' },
      ...{ min: 50, max: 8000, default: 400 },
      unit: { en: 'tokens', 'zh-CN': '个 token' },
    },
  ],
  variants: [
    {
      id: 'amd64',
      images: { amd64: { artifact: 'demo-note-image' } },
      match: {},
      contains: {},
      arguments: [],
      environment: {
        PORT: '{service.port}',
        MODEL_BASE_URL: '{needs.model.baseUrl}',
        MODEL_NAME: '{needs.model.name}',
        MAX_OUTPUT_TOKENS: '{setting.longest-draft}',
      },
      overheadBytes: gibibyte / 8,
      knownIssues: [],
      evidence: 'none',
    },
  ],
}

/** No name and no port is the same in both: where the second is refused, it is for the memory that the first holds. */
const clinic: SolutionEntry = {
  kind: 'solution',
  id: 'demo-clinic',
  version,
  title: { en: 'Demo clinic', 'zh-CN': '演示门诊方案' },
  summary: {
    en: 'Demo: a small model and the clinic note helper. Both play prepared texts; nothing is computed.',
    'zh-CN': '演示：一个小模型和门诊小结助手。两者都只播放预先写好的文字，不进行任何计算。',
  },
  licence,
  services: [
    { role: 'model', name: 'demo-clinic-model', runtimes: [runtime.id], model: clinicModel.id, hostPort: 8400 },
    { role: 'app', name: 'demo-clinic-notes', app: app.id, usesModel: 'demo-clinic-model', hostPort: 8410 },
  ],
}

const hospital: SolutionEntry = {
  kind: 'solution',
  id: 'demo-hospital',
  version,
  title: { en: 'Demo hospital', 'zh-CN': '演示全院方案' },
  summary: {
    en: 'Demo: a big model, for a server with eight accelerators, and the clinic note helper. Both play prepared texts; nothing is computed.',
    'zh-CN': '演示：一个需要八卡服务器的大模型和门诊小结助手。两者都只播放预先写好的文字，不进行任何计算。',
  },
  licence,
  services: [
    { role: 'model', name: 'demo-hospital-model', runtimes: [runtime.id], model: hospitalModel.id, hostPort: 8420 },
    { role: 'app', name: 'demo-hospital-notes', app: app.id, usesModel: 'demo-hospital-model', hostPort: 8430 },
  ],
}

export const demoSolution = clinic.id
export const demoEntries: readonly Entry[] = [runtime, clinicModel, hospitalModel, app, clinic, hospital]
