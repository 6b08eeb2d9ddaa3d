// Rollouts: what is chosen, the plan with its rings, on its way, stopped, and waiting for its window.
import type { BundleSummary } from '../../../../shared/contract/bundles.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { MemberStand, Rollout, RolloutEvent, RolloutMember } from '../../../../shared/domain/rollout.ts'
import { withInstaller } from '../../../support/root-steps.ts'
import { answers, fails, type Script, streams } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed, demoNamed, listedDemo } from '../scripted.ts'
import { gibibyte } from '../scripted-facts.ts'
import { wardPlan } from '../scripted-plans.ts'

const bundle: BundleSummary = {
  ...{ bundleId: 'bundle-1', demo: false, kept: false, name: 'records-2026-11' },
  content: {
    ok: true,
    value: {
      header: {
        ...{ format: 1, name: 'records', createdAt: '2026-11-12T10:00:00.000Z' },
        publisher: { id: 'hospital', name: 'Municipal Hospital IT' },
      },
      vouching: { signed: false },
      totalBytes: 71 * gibibyte,
      solutions: [
        {
          ...{ id: 'records', version: '1.2.0' },
          title: { en: 'Record assistant: Baichuan-M2 + Open WebUI', 'zh-CN': '病历助手：百川 M2 + Open WebUI' },
          summary: { en: 'Drafts notes.', 'zh-CN': '书写病历草稿。' },
        },
      ],
    },
  },
}
const wards = ['radiology-01', 'radiology-02', 'emergency', 'icu', 'pathology', 'surgery-07', '门诊-03', 'laboratory']
const saved = wards.map((name, at) => applianceNamed(name, `10.78.0.${at + 11}`))
const choosing = (script: Script = {}): Script => ({
  window: about,
  bundles: { list: answers([bundle]) },
  appliances: { list: answers([...saved, listedDemo(demoNamed('demo-ascend-8'))]) },
  rollouts: { list: answers([]) },
  ...script,
})

const unreachable: Failure = { kind: 'host-unreachable', host: '10.78.0.31', port: 22, reason: 'timeout' }
const failed: Failure = { kind: 'not-ready', deployment: 'record-model', seconds: 600, detail: 'CUDA out of memory' }

function member(at: number, stand: MemberStand): RolloutMember {
  const plan = {
    ...{ id: `plan-${String(at).padStart(16, '0')}`, changed: 5, unchanged: 2, uploadBytes: 19.4 * gibibyte },
    interrupts: at % 3 === 2 ? [] : ['record-model', 'record-page'],
  }
  return {
    name: wards[at] ?? `ward-${at}`,
    demo: false,
    ring: at + 1,
    plan: { ...plan, uploadBytes: Math.round(plan.uploadBytes) },
    stand,
  }
}

const planned: MemberStand = { state: 'planned' }
const well: MemberStand = { state: 'done', verdict: 'healthy' }
const notBegun: MemberStand = { state: 'not-begun' }
const quiet = (verdict?: 'healthy'): RolloutMember => ({
  ...{ name: '门诊-03', demo: false, stand: { state: 'nothing-to-do', ...(verdict && { verdict }) } },
})
const leftOut: RolloutMember = { name: 'laboratory', demo: false, stand: { state: 'left-out', failure: unreachable } }

function rolloutOf(stands: readonly MemberStand[], changes: Partial<Rollout> = {}): Rollout {
  return {
    ...{ id: 'rollout-0badcafe', createdAt: '2026-11-22T21:40:00.000Z', bundleId: 'bundle-1', solution: 'records' },
    ...{ soakSeconds: 60, rules: {}, places: 1, state: 'planned' },
    members: [
      ...stands.map((stand, at) => member(at, stand)),
      quiet(changes.state === undefined ? undefined : 'healthy'),
      leftOut,
    ],
    ...changes,
  }
}

const going = rolloutOf(
  [well, well, { state: 'running', since: '2026-11-22T21:52:00.000Z' }, { state: 'waiting' }, { state: 'waiting' }],
  { state: 'running', startedAt: '2026-11-22T21:41:00.000Z' },
)
const shown = (rollout: Rollout, events: readonly RolloutEvent[] = []): Script => ({
  window: about,
  rollouts: { read: answers(rollout), follow: streams<RolloutEvent>(events), apply: streams<RolloutEvent>([]) },
  setup: { readPlan: answers(wardPlan()) },
})
const rules: Rollout['rules'] = { window: { from: '22:00', to: '05:00', days: ['sat', 'sun'] }, evenIfBusy: true }
const path = '/runs/rollouts/rollout-0badcafe'

export const scenes: Scenes = {
  choose: { path: '/runs/rollouts', script: choosing() },
  'choose-again': {
    path: '/runs/rollouts',
    script: choosing({ rollouts: { list: answers([going]) } }),
  },
  'choose-no-bundle': { path: '/runs/rollouts', script: choosing({ bundles: { list: answers([]) } }) },
  planned: { path, script: shown(rolloutOf([planned, planned, planned, planned, planned])) },
  'planned-with-rules': { path, script: shown(rolloutOf([planned, planned], { rules })) },
  'planned-root-words': {
    path,
    script: {
      ...shown(rolloutOf([planned, planned, planned])),
      setup: { readPlan: answers(withInstaller(wardPlan())) },
    },
  },
  'nothing-to-do': { path, script: shown({ ...rolloutOf([]), members: [quiet()] }) },
  going: {
    path,
    script: shown(going, [
      { event: 'rollout-begin', rollout: going },
      { event: 'run', name: 'emergency', heard: { event: 'step-begin', step: 'image.x', number: 3, of: 7 } },
    ]),
  },
  busy: {
    path,
    script: shown(going, [
      { event: 'rollout-begin', rollout: going },
      {
        event: 'run',
        name: 'emergency',
        heard: { event: 'waiting-while-busy', deployment: 'record-model', requests: 3 },
      },
    ]),
  },
  'waits-for-window': {
    path,
    script: shown(
      rolloutOf([well, { state: 'waiting' }, { state: 'waiting' }], {
        ...{ state: 'running', startedAt: '2026-11-22T21:41:00.000Z', opensAt: '2026-11-23T21:00:00.000Z' },
      }),
    ),
  },
  stopped: {
    path,
    script: shown(
      rolloutOf([well, { state: 'failed', failure: failed }, notBegun, notBegun, notBegun], {
        ...{ state: 'stopped', startedAt: '2026-11-22T21:41:00.000Z' },
      }),
    ),
  },
  degraded: {
    path,
    script: shown(rolloutOf([{ state: 'done', verdict: 'degraded' }, notBegun], { state: 'stopped' })),
  },
  done: { path, script: shown(rolloutOf([well, well, well], { state: 'done' })) },
  unknown: {
    path,
    script: {
      window: about,
      rollouts: {
        read: fails({ kind: 'rollout-unknown', rolloutId: 'rollout-0badcafe' }),
        follow: streams<RolloutEvent>([], 'ends'),
      },
    },
  },
}
