// A made catalog for scenes and tests, and what the product itself reckons of it for eight Ascend 910B4.
import type { CatalogFits, CatalogListing, CatalogOutlook, CatalogPlace } from '../../../shared/contract/catalog.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { entry } from '../../../shared/domain/entry.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { OutlookWish } from '../../../shared/domain/outlook.ts'
import { choiceOf, chooseServices } from '../../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../../shared/plan/choose/stock.ts'
import { concerns } from '../../../shared/plan/known-issues.ts'
import { modelOutlooks, nearestOf, variantOutlook } from '../../../shared/plan/outlook.ts'
import { madeForm, madeModel, madeRuntime, madeVariant } from '../../support/made-entries.ts'
import { answers, type Script } from './pretend-console.ts'
import { about, applianceNamed } from './scripted.ts'
import { factsWith, gibibyte, reportOf } from './scripted-facts.ts'

const said = (title: string, titleHere: string, summary: string, summaryHere: string) => ({
  title: { en: title, 'zh-CN': titleHere },
  summary: { en: summary, 'zh-CN': summaryHere },
})

const vllmAscend = madeRuntime('vllm-ascend', {
  ...said(
    'vLLM for Ascend',
    'vLLM 昇腾版',
    'Serves large models on Huawei NPUs over the OpenAI interface.',
    '在华为 NPU 上以 OpenAI 接口提供大模型服务。',
  ),
  publisher: { name: 'vLLM project', support: 'https://docs.vllm.ai' },
  volumes: [{ name: 'cache', target: '/cache', backUp: false }],
  variants: [
    madeVariant(
      'a2',
      {
        ...{ vendor: 'ascend', families: ['ascend-910b'], memoryAtLeastBytes: 28 * gibibyte },
        driver: { atLeast: '25.0.0' },
      },
      {
        contains: { CANN: '8.2.RC1', vLLM: '0.11.0' },
        privileges: [
          {
            ...{ kind: 'capability', name: 'IPC_LOCK' },
            why: { en: 'It holds the buffers of transfers.', 'zh-CN': '用于锁定传输缓冲区。' },
          },
        ],
        knownIssues: [
          {
            text: { en: 'The first start compiles for some minutes.', 'zh-CN': '首次启动需编译数分钟。' },
            workaround: { en: 'Wait; the result is kept.', 'zh-CN': '请等待，编译结果会保留。' },
          },
          {
            text: { en: 'Answers stall under load.', 'zh-CN': '高负载时应答停顿。' },
            match: { accelerator: { vendor: 'ascend', countAtLeast: 1, driver: { below: '25.2.0' } } },
          },
        ],
      },
    ),
    madeVariant('a3', { vendor: 'ascend', families: ['ascend-910c'] }, { contains: { CANN: '8.2.RC1' } }),
  ],
})
const vllm = madeRuntime('vllm', {
  ...said('vLLM', 'vLLM', 'Serves large models on NVIDIA GPUs.', '在 NVIDIA GPU 上提供大模型服务。'),
  variants: [madeVariant('cuda13', { vendor: 'nvidia', toolkit: { atLeast: '13.0' } }, { evidence: 'lab' })],
})
const expertsOf = (layers: number) => ({
  architecture: 'experts',
  layers,
  attention: { kind: 'grouped-query', attentionHeads: 32, kvHeads: 4, headDimension: 128 },
  maxContextTokens: 131_072,
})
const use = {
  intendedUse: {
    en: 'Drafts outpatient and discharge notes that a physician reads and signs.',
    'zh-CN': '起草门诊与出院病历，由医生审阅并签字。',
  },
  notForDiagnosis: true,
  dataHandling: { patientData: 'passes-through', egress: [] },
}
const qwen = madeModel('qwen3-32b', {
  ...said(
    'Qwen3 32B',
    '通义千问 Qwen3 32B',
    'A general model for drafting and questions, in Chinese and English.',
    '通用中英文模型，适合起草与问答。',
  ),
  ...use,
  publisher: { name: 'Alibaba Cloud', support: 'https://github.com/QwenLM' },
  can: ['chat', 'reasoning', 'tools'],
  variants: [
    madeForm('bf16', 65_500_000_000, {
      repository: 'Qwen/Qwen3-32B',
      statedNeeds: [{ vendor: 'ascend', family: 'ascend-910b', count: 4, gigabytes: 32 }],
    }),
    madeForm('w8a8', 34_300_000_000, { onlyOn: [{ vendor: 'ascend', families: ['ascend-910b'] }] }),
    madeForm('q4', 19_800_000_000, { format: 'gguf', quantization: 'q4_k_m' }),
  ],
})
const antAngel = madeModel('antangelmed', {
  ...said(
    'AntAngelMed 103B',
    '蚂蚁·安诊儿 AntAngelMed 103B',
    'A medical model of many experts.',
    '混合专家医疗大模型。',
  ),
  ...use,
  publisher: { name: 'MedAIBase' },
  contextTokens: 32_768,
  shape: expertsOf(32),
  variants: [
    madeForm('bf16', 206_000_000_000),
    madeForm('fp8', 104_000_000_000, { onlyOn: [{ vendor: 'nvidia' }] }),
    madeForm('w8a8', 104_000_000_000, { onlyOn: [{ vendor: 'ascend' }] }),
  ],
})
const deepSeek = madeModel('deepseek-r1-671b', {
  ...said('DeepSeek-R1 671B', 'DeepSeek-R1 671B', 'The whole reasoning model.', '完整的推理模型。'),
  ...{ publisher: { name: 'DeepSeek' }, contextTokens: 65_536, shape: expertsOf(61) },
  licence: {
    spdx: 'LicenseRef-DeepSeek',
    url: 'https://example.org/licence',
    terms: { en: 'Not for military use.', 'zh-CN': '不得用于军事用途。' },
  },
  variants: [madeForm('fp8', 689_500_000_000), madeForm('w8a8', 690_000_000_000)],
})
const helper = entry.parse({
  ...{ kind: 'app', id: 'clinic-notes', version: '1.2', licence: { spdx: 'Apache-2.0' } },
  ...said('Clinic notes', '门诊病历助手', 'Drafts a note from key words.', '根据要点起草病历。'),
  ...use,
  dataHandling: {
    ...{ patientData: 'stored', egress: [] },
    stored: { en: 'Drafts, for a day.', 'zh-CN': '草稿保存一天。' },
  },
  ...{ containerPort: 8080, readyPath: '/ready', startTimeoutSeconds: 60, healthCommand: ['true'] },
  volumes: [{ name: 'drafts', target: '/data', backUp: true }],
  requires: ['openai-chat@1'],
  variants: [madeVariant('any', undefined, { overheadBytes: 256 * 1024 ** 2 })],
  parts: [
    {
      ...{ name: 'db', overheadBytes: 512 * 1024 ** 2, startTimeoutSeconds: 60, healthCommand: ['true'] },
      images: { amd64: { artifact: 'postgres', reference: 'postgres:15-alpine' }, arm64: { artifact: 'any-image' } },
      volumes: [{ name: 'data', target: '/var/lib/postgresql/data', backUp: true }],
    },
  ],
})
const task = {
  ...{ version: '1', licence: { spdx: 'Apache-2.0' }, timeoutSeconds: 90 },
  variants: [madeVariant('any', undefined, { overheadBytes: 64 * 1024 ** 2 })],
}
const starter = entry.parse({
  ...{ ...task, kind: 'job', id: 'starter-notes', serviceVolumes: [{ name: 'drafts', target: '/drafts' }] },
  ...said('Starter notes', '初始模板', 'Fills in the templates of the house.', '写入院内模板。'),
})
const smoke = entry.parse({
  ...{ ...task, kind: 'probe', id: 'notes-smoke-test' },
  ...said('Smoke test of the notes', '病历助手探测', 'Asks for one note.', '请求生成一份病历。'),
})
const solutionOf = (id: string, model: string, title: string, titleHere: string) =>
  entry.parse({
    ...{ kind: 'solution', id, version: '1', licence: { spdx: 'Apache-2.0' } },
    ...said(title, titleHere, 'A model and the app that asks it.', '一个模型及使用它的应用。'),
    services: [
      { role: 'model', name: 'model', runtimes: ['vllm-ascend', 'vllm'], model, hostPort: 8000 },
      { role: 'app', name: 'notes', app: 'clinic-notes', usesModel: 'model', hostPort: 8080 },
      { role: 'job', name: 'templates', job: 'starter-notes', prepares: 'notes', runs: 'before' },
      { role: 'probe', name: 'notes-test', probe: 'notes-smoke-test', of: 'notes' },
    ],
  })
const entries: readonly Entry[] = [
  ...[qwen, antAngel, deepSeek, vllmAscend, vllm, helper, starter, smoke],
  solutionOf('notes', 'qwen3-32b', 'Notes with Qwen3', '病历助手与 Qwen3'),
  solutionOf('notes-large', 'deepseek-r1-671b', 'Notes with DeepSeek-R1', '病历助手与 DeepSeek-R1'),
]

const builtIn: CatalogPlace = { place: 'built-in', origin: 'built-in', name: '', demo: false }
const bundle: CatalogPlace = { place: 'bundle-1', origin: 'bundle', name: 'records-2026-11', demo: false }
export const listing: CatalogListing = {
  places: [builtIn, bundle],
  entries: [
    ...entries.map((one) => ({ place: 'built-in', entry: one })),
    ...entries
      .filter(({ id }) => ['notes', 'qwen3-32b', 'vllm-ascend', 'vllm', 'clinic-notes'].includes(id))
      .map((one) => ({ place: 'bundle-1', entry: one })),
  ],
  leftOut: 0,
}

const ascendFacts = factsWith([
  reportOf({ vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 29.5 * gibibyte }),
])

const catalogs = listing.places.map(({ place }) => ({
  place,
  catalog: {
    entries: listing.entries.filter((one) => one.place === place).map((one) => one.entry),
    artifacts: [],
  },
}))

function outlookOf(facts: Facts, wish: OutlookWish): CatalogOutlook {
  const models = catalogs.flatMap(({ place, catalog }) =>
    modelOutlooks(facts, catalog, wish).map((one) => {
      const nearest = nearestOf(one)
      return { place, ...one, ...(nearest !== undefined && { nearest }) }
    }),
  )
  return { takenAt: facts.takenAt, accelerators: facts.accelerators, models }
}

function fitsOf(facts: Facts): CatalogFits {
  const services = catalogs.flatMap(({ place, catalog }) =>
    catalog.entries.flatMap((one) => {
      if (one.kind === 'model' || one.kind === 'host-package' || one.kind === 'solution') return []
      const { variant, rejected } = variantOutlook(one, facts, describedStock)
      const named = { place, kind: one.kind, entry: one.id }
      const issuesElsewhere = one.variants.flatMap(({ id, knownIssues }) =>
        knownIssues.flatMap((issue, at) => (concerns(issue, facts) ? [] : [{ variant: id, at }])),
      )
      return [{ ...named, ...(variant !== undefined && { variant }), issuesElsewhere, rejected: [...rejected] }]
    }),
  )
  const solutions = catalogs.flatMap(({ place, catalog }) =>
    catalog.entries.flatMap((one) => {
      if (one.kind !== 'solution') return []
      const chosen = chooseServices(one, { facts, catalog, stock: describedStock })
      return [{ place, solution: one.id, choices: chosen.services.map(choiceOf), problems: [...chosen.problems] }]
    }),
  )
  return { takenAt: facts.takenAt, accelerators: facts.accelerators, services, solutions }
}

/** A console with this catalog and one appliance, on which that was seen. */
export function catalogScript(facts: Facts = ascendFacts): Script {
  return {
    window: about,
    bundles: { list: answers([]) },
    appliances: { list: answers([applianceNamed('radiology-01', '10.78.0.11')]), detect: answers(facts) },
    catalog: {
      entries: answers(listing),
      outlook: async ({ wish }) => answers(outlookOf(facts, wish))(),
      fits: answers(fitsOf(facts)),
    },
  }
}
