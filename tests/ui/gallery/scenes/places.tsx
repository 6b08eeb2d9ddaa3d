// Catalog, runs and settings.
import type {
  BroughtBundle,
  BundleSignature,
  BundleSummary,
  ImportProgress,
} from '../../../../shared/contract/bundles.ts'
import type { ConsoleRun } from '../../../../shared/domain/run.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, fails, type Script, streams, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { gibibyte } from '../scripted-facts.ts'

const usable: BundleSummary = {
  bundleId: 'bundle-1',
  demo: false,
  kept: false,
  name: 'records-2026-11',
  content: {
    ok: true,
    value: {
      header: {
        format: 1,
        name: 'records',
        publisher: { id: 'hospital', name: 'Municipal Hospital IT' },
        createdAt: '2026-11-12T10:00:00.000Z',
      },
      vouching: {
        ...{ signed: true, version: 4, expires: '2027-11-12T10:00:00Z', expired: false },
        publisher: { id: 'hospital', name: 'Municipal Hospital IT' },
        fingerprint: 'SHA256:0m5zJw0nQbZp1cVt8sU4mXkLr7aHy2gEoDfTnWvYi3A',
      },
      totalBytes: 71 * gibibyte,
      solutions: [
        {
          id: 'records',
          version: '1.2.0',
          title: { en: 'Record assistant: Baichuan-M2 + Open WebUI', 'zh-CN': '病历助手：百川 M2 + Open WebUI' },
          summary: {
            en: 'Medical reasoning model drafting outpatient and discharge notes. Nothing leaves the building.',
            'zh-CN': '医学推理模型，书写门诊与出院病历草稿，数据不出院。',
          },
        },
        {
          id: 'chat',
          version: '1.0.0',
          title: { en: 'Chat with Qwen3', 'zh-CN': 'Qwen3 对话' },
          summary: { en: 'A general model behind one page.', 'zh-CN': '通用模型，附带一个网页。' },
        },
      ],
    },
  },
}
const damaged: BundleSummary = {
  bundleId: 'bundle-2',
  demo: false,
  kept: false,
  name: 'usb-copy',
  content: {
    ok: false,
    failure: { kind: 'bundle-unusable', folder: '/media/usb/usb-copy', problem: 'bundle.json is missing' },
  },
}
const run = (changes: Partial<ConsoleRun>): ConsoleRun => ({
  planId: 'plan-00112233445566aa',
  address: { host: '10.78.0.11', port: 22, user: 'ops' },
  purpose: settingUp('baichuan-m2-32b'),
  startedAt: '2026-11-22T09:00:00.000Z',
  state: 'running',
  ...changes,
})
const runs: ConsoleRun[] = [
  run({}),
  run({ planId: 'plan-00112233445566ab', state: 'done', verdict: 'healthy' }),
  run({ planId: 'plan-00112233445566ac', state: 'done', verdict: 'degraded' }),
  run({ planId: 'plan-00112233445566ad', state: 'failed' }),
  run({
    planId: 'plan-00112233445566ae',
    state: 'cancelled',
    address: { host: '10.78.0.99', port: 2222, user: 'ops' },
  }),
]
const appliances = { list: answers([applianceNamed('radiology-01', '10.78.0.11')]) }
const catalog = (list: BundleSummary[], brought: BroughtBundle[] = []): Script => ({
  window: about,
  bundles: { list: answers(list), brought: answers(brought), import: streams([half]) },
})
const half: ImportProgress = { stage: 'working', doneBytes: 21 * gibibyte, totalBytes: 44 * gibibyte }
const stranger: BundleSignature = {
  ...{ state: 'stranger', publisher: 'city-clinic', name: 'City clinic' },
  fingerprint: `SHA256:${'uQ3'.repeat(14)}A`,
}
const broughtAs = (
  state: 'new' | 'begun' | 'going',
  missing: string[] = [],
  signature: BundleSignature = { state: 'unsigned' },
): BroughtBundle => ({
  importId: `import-${state}`,
  files: ['ward-2026-11.rsb.001'],
  content: {
    ok: true,
    value: {
      ...{ name: 'ward-2026-11', publisher: 'City clinic', signature, totalBytes: 44 * gibibyte, missing, state },
      blocked: [],
    },
  },
})
const noFile: BroughtBundle = {
  importId: 'import-none',
  files: ['holiday.rsb'],
  content: {
    ok: false,
    failure: { kind: 'container-unusable', file: 'holiday.rsb', problem: 'it is no file of a bundle' },
  },
}

export const scenes: Scenes = {
  catalog: { path: '/catalog?kind=bundles', script: catalog([usable, damaged]) },
  'catalog-brought': {
    path: '/catalog?kind=bundles',
    script: catalog(
      [{ ...usable, kept: true }],
      [broughtAs('going'), broughtAs('new', [], stranger), broughtAs('begun', ['ward-2026-11.rsb.002']), noFile],
    ),
  },
  'catalog-empty': { path: '/catalog?kind=bundles', script: catalog([]) },
  'catalog-loading': {
    path: '/catalog?kind=bundles',
    script: { window: about, bundles: { list: waits(), brought: answers([]) } },
  },
  'catalog-failed': {
    path: '/catalog?kind=bundles',
    script: {
      window: about,
      bundles: {
        list: fails({ kind: 'state-unwritable', folder: '/home/ops/import', detail: 'permission denied' }),
        brought: answers([]),
      },
    },
  },
  runs: { path: '/runs', script: { window: about, appliances, setup: { runs: answers(runs) } } },
  'runs-empty': { path: '/runs', script: { window: about, appliances, setup: { runs: answers([]) } } },
  settings: { path: '/settings', script: { window: about } },
}
