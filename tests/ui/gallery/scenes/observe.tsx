// The monitor in its states, inside of the product.
import type { AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { Sample, WatchItem } from '../../../../shared/domain/sample.ts'
import { answers, flows, type Script, streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, verdictOf } from '../scripted-facts.ts'
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

export const scenes: Scenes = {
  eight: live(eight),
  one: live(reportOf(nvidia)),
  sixteen: live(reportOf({ ...ascend, count: 16 })),
  gaps: live(eight, {
    missing: (second) => (second > 380 && second < 420) || (second > 500 && second < 504),
    unreadable: { 'ascend 3': 450, 'ascend 6': 0 },
  }),
  silent: live(eight, { silentFrom: 560 }),
  lost: lost(eight, 95, cut),
  none: live({ ...eight, devices: { state: 'known', value: [] } }),
  waiting: scene(eight, [], waits()),
  ended: scene(eight, samplesOf(eight, 300, { startMs: Date.now() - 310_000 }), streams<WatchItem>([], 'ends')),
}
