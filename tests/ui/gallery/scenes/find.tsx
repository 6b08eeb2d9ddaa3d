// The search: nothing typed, something typed, nothing found, and while the catalog is not there yet.
import type { ConsoleRun } from '../../../../shared/domain/run.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, fails, type Script, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed, demoNamed, listedDemo } from '../scripted.ts'
import { activeAlerts } from '../scripted-alerts.ts'
import { listing } from '../scripted-catalog.ts'

const nowMs = Date.now()

export const hospital = [
  ...['Radiology-01', 'Ward-3', '体检-01'].map((name, at) => applianceNamed(name, `10.78.0.${11 + at}`)),
  listedDemo(demoNamed('demo-ascend')),
]

const run = (solution: string, host: string, state: ConsoleRun['state']): ConsoleRun => ({
  ...{
    planId: `plan-0123456789abcde${host.at(-1)}`,
    address: { host, port: 22, user: 'ops' },
    purpose: settingUp(solution),
  },
  ...{ startedAt: '2026-11-28T08:12:00.000Z', state },
})

export const findScript: Script = {
  window: about,
  appliances: { list: answers(hospital) },
  setup: { runs: answers([run('clinic-notes', '10.78.0.12', 'done'), run('ward-chat', '10.78.0.11', 'failed')]) },
  alerts: { list: answers({ active: activeAlerts(nowMs), quiets: [], channels: [] }) },
  catalog: { entries: answers(listing) },
}

function scene(typed: string, script: Script = findScript): Scene {
  return { path: '/settings', script, presses: ['Search Ctrl K|搜索 Ctrl K'], types: typed }
}

export const scenes: Scenes = {
  empty: scene(''),
  typed: scene('ward'),
  chinese: scene('体检日志'),
  'other-language': scene('昇腾'),
  nothing: scene('xyzzy'),
  loading: scene('ward', { ...findScript, catalog: { entries: waits() } }),
  failed: scene('ward', { ...findScript, catalog: { entries: fails({ kind: 'console-lost' }) } }),
}
