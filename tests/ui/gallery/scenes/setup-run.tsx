// A run: waiting, copying, starting, proving, ended in every way; and one that this console does not know.
import { ok } from '../../../../shared/domain/failure.ts'
import { unreadable } from '../../../../shared/domain/reading.ts'
import type { JournaledRun, RunEvent, RunProgress } from '../../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../../shared/domain/verdict.ts'
import { answers, fails, flows, type Script, streams } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { gibibyte, healthyDeployment, verdictOf } from '../scripted-facts.ts'
import {
  alreadyTrue,
  consoleRun,
  eventsUntil,
  planId,
  recordsBundle,
  runId,
  wardPlan,
  wardSteps,
} from '../scripted-plans.ts'
import { uninstalling } from '../scripted-uninstall.ts'

const path = `/appliances/Records-01/setup/${planId}`
const base: Script = {
  window: about,
  appliances: { list: answers([applianceNamed('Records-01', '10.78.0.11')]) },
  bundles: { list: answers([recordsBundle()]) },
}

/** Bytes that keep arriving, as long as the scene is looked at. */
async function* arriving(signal: AbortSignal | undefined): AsyncGenerator<RunProgress, void> {
  const totalBytes = 65.5 * gibibyte
  for (let tick = 0; signal?.aborted !== true; tick++) {
    const sentBytes = 4 * gibibyte + tick * 11 * 1024 ** 2
    yield {
      run: runId,
      step: 'artifact.baichuan-m2-weights',
      doneBytes: 33 * gibibyte + sentBytes,
      totalBytes,
      sentBytes,
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function run(events: readonly RunEvent[], after: 'ends' | 'stays' = 'stays', steps = wardSteps): Script {
  return {
    ...base,
    setup: {
      readPlan: answers(wardPlan({ steps: [...steps] })),
      runs: answers([consoleRun()]),
      follow: streams(events, after),
      progress: flows(arriving),
      cancel: async () => ok({ running: true }),
    },
  }
}

const copying = eventsUntil(wardSteps, 'artifact.baichuan-m2-weights')
const resumed = alreadyTrue(wardSteps, (id) => id === 'network.rackside' || id.includes('image'))
const all = eventsUntil(wardSteps)
const counts = { run: runId, changed: 9, unchanged: 0, sentBytes: Math.round(71.3 * gibibyte) }
const ended: RunEvent = { event: 'run-end', ...counts }
const page = {
  ...healthyDeployment('record-assistant'),
  reason: 'page-answers',
  rungs: (['process', 'port', 'ready', 'page'] as const).map((name) => ({
    name,
    passed: true,
    detail: '',
    milliseconds: 8,
  })),
} as const
const { proof: _, ...pageVerdict } = page
const model = healthyDeployment('baichuan-m2')

function proven(verdict: ApplianceVerdict, stillToDo: string[] = []): Scene {
  return { path, script: run([...all, ended, { event: 'verified', stillToDo, verdict }], 'ends') }
}

const slow = healthyDeployment('baichuan-m2', 61.4)
const degraded = verdictOf([
  {
    ...slow,
    state: 'degraded',
    reason: 'metrics-unreadable',
    rungs: slow.rungs.map((rung) =>
      rung.name === 'metrics' ? { ...rung, passed: false, detail: 'HTTP 404: page not found' } : rung,
    ),
    ...(slow.proof === undefined
      ? {}
      : { proof: { ...slow.proof, outputTokens: 1, tokensPerSecond: unreadable('too few tokens'), answer: '好' } }),
  },
  pageVerdict,
])
const down = verdictOf([
  {
    deployment: 'baichuan-m2',
    entry: 'llama-cpp',
    version: '1.0.0',
    state: 'down',
    reason: 'no-tokens',
    rungs: [
      ...model.rungs.slice(0, 4),
      { name: 'one-token', passed: false, detail: 'HTTP 500: CUDA error: out of memory', milliseconds: 1204 },
    ],
  },
  pageVerdict,
])

const uninstall: Script = {
  ...base,
  setup: {
    readPlan: answers(uninstalling),
    runs: answers([consoleRun()]),
  },
}
const goneEvents: readonly RunEvent[] = [
  ...eventsUntil(uninstalling.steps),
  { ...ended, changed: 4, unchanged: 1, sentBytes: 0 },
]

function removed(stillToDo: string[]): Scene {
  const verified: RunEvent = { event: 'verified', stillToDo, verdict: verdictOf([]) }
  return {
    path,
    script: { ...uninstall, setup: { ...uninstall.setup, follow: streams([...goneEvents, verified], 'ends') } },
  }
}

function stopped(until: string, failure: RunEvent & { event: 'run-end' }): Scene {
  const begun = eventsUntil(wardSteps, until)
  const outcome: RunEvent = { event: 'step-end', step: until, outcome: 'failed', milliseconds: 61_000 }
  return { path, script: run([...begun, outcome, failure], 'ends') }
}

function journaled(state: JournaledRun['state'], changes: Partial<JournaledRun> = {}): Scene {
  const open = state === 'running' || state === 'broken-off'
  const steps: JournaledRun['steps'] = [
    { step: 'network.rackside', outcome: 'done' },
    { step: 'artifact.baichuan-m2-image', outcome: 'done' },
    { step: 'image.baichuan-m2-image', outcome: 'already' },
    open
      ? { step: 'artifact.baichuan-m2-weights' }
      : { step: 'artifact.baichuan-m2-weights', outcome: state === 'done' ? 'done' : 'failed' },
  ]
  const beganAt = new Date(Date.now() - 1_260_000).toISOString()
  const last: JournaledRun = { run: runId, planId, who: 'ward-admin-2', beganAt, steps, state, ...changes }
  return {
    path,
    script: { ...base, setup: { readPlan: answers(wardPlan()), runs: answers([]), lastRun: answers(last) } },
  }
}

export const scenes: Scenes = {
  waiting: {
    path,
    script: run([{ event: 'waiting-for-lock', holder: 'ward-admin-1', run: 'run-20261122T085500Z-cafe0bad' }]),
  },
  copying: { path, script: run(copying) },
  resumed: { path, script: run(eventsUntil(resumed, 'artifact.baichuan-m2-weights'), 'stays', resumed) },
  starting: { path, script: run(eventsUntil(wardSteps, 'ready.baichuan-m2')) },
  lost: {
    path,
    script: run(copying),
    becomes: { when: '[data-percent^="5"]', link: { state: 'lost', sinceMs: Date.now() - 42_000 } },
  },
  proving: { path, script: run([...all, ended]) },
  proven: proven(verdictOf([model, pageVerdict])),
  degraded: proven(degraded, ['container.record-assistant']),
  down: proven(down),
  removed: removed([]),
  'removed-left': removed(['absent-rackside.folders']),
  removing: {
    path,
    script: {
      ...uninstall,
      setup: { ...uninstall.setup, follow: streams(goneEvents.slice(0, 4)), progress: streams([]) },
    },
  },
  'removed-journal-gone': {
    path,
    script: { ...base, setup: { readPlan: answers(uninstalling), runs: answers([]), lastRun: answers(null) } },
  },
  unproven: { path, script: run([...all, ended], 'ends') },
  failed: stopped('artifact.baichuan-m2-weights', {
    event: 'run-end',
    ...counts,
    failure: { kind: 'disk-full', path: '/var/lib/rackside', detail: 'No space left on device' },
  }),
  paused: stopped('artifact.baichuan-m2-weights', {
    event: 'run-end',
    ...counts,
    failure: { kind: 'cancelled', at: 'artifact.baichuan-m2-weights' },
  }),
  'elsewhere-running': journaled('running'),
  'broken-off': journaled('broken-off'),
  'elsewhere-done': journaled('done'),
  'elsewhere-failed': journaled('failed'),
  'another-plan': journaled('done', { planId: 'plan-ffffffffffffffff' }),
  'never-run': {
    path,
    script: { ...base, setup: { readPlan: answers(wardPlan()), runs: answers([]), lastRun: answers(null) } },
  },
  unreachable: {
    path,
    script: {
      ...base,
      setup: {
        readPlan: answers(wardPlan()),
        runs: answers([]),
        lastRun: fails({ kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'no-route' }),
      },
    },
  },
}
