// The monitor in its states, inside of the product.
import type { AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import type { ConsoleRun } from '../../../../shared/domain/run.ts'
import type { Sample, WatchItem } from '../../../../shared/domain/sample.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, flows, type Script, streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { activeAlerts, pastAlerts } from '../scripted-alerts.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, verdictOf } from '../scripted-facts.ts'
import { deviceNames, engineNames, filesystemNames, historyOf, hostNames } from '../scripted-history.ts'
import { type Faults, sampleAt, samplesOf } from '../scripted-samples.ts'

const ascend = { vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte } as const
const nvidia = { vendor: 'nvidia', product: 'NVIDIA H20', count: 1, memoryBytes: 95.6 * gibibyte } as const

function scene(report: AcceleratorReport, recent: readonly Sample[], watch: Watch): Scene {
  const script: Script = {
    window: about,
    appliances: {
      list: answers([applianceNamed('Radiology-01', '10.78.0.11')]),
      detect: answers(factsWith([report])),
      status: answers(verdictOf([healthyDeployment('qwen3-32b')])),
    },
    setup: { runs: answers([]) },
    observe: { recent: answers([...recent]), watch },
  }
  return { path: '/appliances/Radiology-01?tab=monitor', script }
}

type Watch = NonNullable<NonNullable<Script['observe']>['watch']>

/** Ten minutes that are past, and a new sample each second. */
function live(report: AcceleratorReport, faults: Faults = {}): Scene {
  const seconds = 600
  const startMs = Date.now() - seconds * 1000
  return scene(report, samplesOf(report, seconds, { startMs, faults }), flows(coming))

  async function* coming(signal: AbortSignal | undefined): AsyncGenerator<WatchItem, void> {
    for (let second = seconds; signal?.aborted !== true; second++) {
      yield { link: 'up', sample: sampleAt(report, second, { startMs, faults }) }
      await new Promise((resolve) => setTimeout(resolve, startMs + (second + 1) * 1000 - Date.now()))
    }
  }
}

/** Measured until `ago` seconds ago, then lost. */
function lost(report: AcceleratorReport, ago: number, failure: Failure): Scene {
  const startMs = Date.now() - 600_000
  const sinceMs = startMs + (600 - ago) * 1000
  return scene(
    report,
    samplesOf(report, 600 - ago, { startMs }),
    streams<WatchItem>([{ link: 'lost', sinceMs, failure }]),
  )
}

const cut: Failure = { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'watching' }
const eight = reportOf(ascend)

// The page opens live; the scene presses what a person would.
function past(
  names: readonly string[],
  { presses, watch = waits() }: { presses: readonly string[]; watch?: Watch },
): Scene {
  const nowMs = Date.now()
  const base = scene(eight, [], watch)
  const active = activeAlerts(nowMs).filter(({ name }) => name === 'Radiology-01')
  return {
    ...base,
    presses,
    script: {
      ...base.script,
      setup: { runs: answers([...pastRuns(nowMs)]) },
      alerts: {
        list: answers({ active, quiets: [], channels: [] }),
        history: answers(pastAlerts(nowMs)),
      },
      observe: {
        ...base.script?.observe,
        historySeries: answers([...names]),
        history: (question) => Promise.resolve(ok(historyOf(question))),
      },
    },
  }
}

function pastRuns(nowMs: number): readonly ConsoleRun[] {
  const run = (hours: number, state: ConsoleRun['state']): ConsoleRun => ({
    planId: `plan-00112233445566a${hours}`,
    address: applianceNamed('Radiology-01', '10.78.0.11').address,
    purpose: settingUp('qwen3-32b'),
    startedAt: new Date(nowMs - hours * 3_600_000).toISOString(),
    state,
  })
  return [run(2, 'done'), run(9, 'failed')]
}

const hardware = [...hostNames, ...filesystemNames, ...deviceNames(8)]
const engines = [...engineNames('qwen3-32b'), ...engineNames('bge-m3', ['running', 'waiting', 'prompt-tokens'])]

export const scenes: Scenes = {
  'past-day': past(hardware, { presses: ['24 h|24 小时'] }),
  'past-hour': past(hardware, { presses: ['1 h|1 小时'] }),
  'past-years': past(hardware, { presses: ['2 y|2 年'] }),
  'past-custom': past(hardware, { presses: ['Custom|自定义'] }),
  'past-none': past([], { presses: ['24 h|24 小时'] }),
  inference: past([...hardware, ...engines], { presses: ['24 h|24 小时', 'Inference|推理'] }),
  'inference-none': past(hardware, { presses: ['Inference|推理'] }),
  /** 27 devices with two lines each, and ten of the server: what the bench of charts looks at. */
  'sixty-four': live(reportOf({ ...ascend, count: 27 })),
  eight: live(eight),
  one: live(reportOf(nvidia)),
  sixteen: live(reportOf({ ...ascend, count: 16 })),
  gaps: live(eight, {
    missing: (second) => (second > 380 && second < 420) || (second > 500 && second < 504),
    unreadable: { 'ascend 3': 450, 'ascend 6': 0 },
  }),
  'bare-host': live(reportOf(nvidia), { bareHost: true }),
  silent: live(eight, { silentFrom: 560 }),
  lost: lost(eight, 95, cut),
  none: live({ ...eight, devices: { state: 'known', value: [] } }),
  waiting: scene(eight, [], waits()),
  ended: scene(eight, samplesOf(eight, 300, { startMs: Date.now() - 310_000 }), streams<WatchItem>([], 'ends')),
}
