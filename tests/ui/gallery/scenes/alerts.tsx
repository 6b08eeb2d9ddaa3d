// Alerts in their states: what needs somebody, nothing, what was; channels, rules, silences.
import type { Failure } from '../../../../shared/domain/failure.ts'
import { answers, fails, type Script } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { activeAlerts, channelStates, pastAlerts, quietTimes, usualSettings } from '../scripted-alerts.ts'
import { nightReport, openReport } from '../scripted-incident.ts'

const nowMs = Date.now()
const now = { active: activeAlerts(nowMs), quiets: quietTimes(nowMs), channels: channelStates(nowMs) }
const well = now.channels.filter(({ trouble }) => trouble === undefined)
const gone: Failure = {
  kind: 'alert-channel-failed',
  channel: 'it-mail',
  problem: 'not-trusted',
  detail: 'self-signed certificate',
}

function scene(path: string, alerts: Script['alerts'] = {}): Scene {
  return {
    path,
    script: {
      window: about,
      appliances: {
        list: answers(['Radiology-01', 'Ward-3'].map((name, at) => applianceNamed(name, `10.78.0.${11 + at}`))),
      },
      alerts: {
        list: answers(now),
        history: answers(pastAlerts(nowMs)),
        settings: answers(usualSettings),
        report: answers(nightReport(nowMs)),
        testChannel: fails(gone),
        ...alerts,
      },
    },
  }
}

const nothing = { active: [], quiets: [], channels: [] }

export const scenes: Scenes = {
  now: scene('/alerts'),
  one: scene('/alerts?of=Ward-3'),
  cared: scene('/alerts', { list: answers({ ...now, active: now.active.slice(2, 4), channels: well }) }),
  none: scene('/alerts', { list: answers({ ...nothing, channels: well }) }),
  untold: scene('/alerts', { list: answers({ ...nothing, notStored: 'No space left on device' }) }),
  failed: scene('/alerts', { list: fails({ kind: 'console-lost' }) }),
  past: scene('/alerts?tab=past'),
  'past-none': scene('/alerts?tab=past', { history: answers([]) }),
  report: scene('/alerts?tab=past&report=past-2'),
  'report-active': scene('/alerts?report=alert-1', { report: answers(openReport(nowMs)) }),
  'report-failed': scene('/alerts?report=alert-9', { report: fails({ kind: 'console-lost' }) }),
  channels: scene('/alerts?tab=channels'),
  'channels-none': scene('/alerts?tab=channels', {
    list: answers(nothing),
    settings: answers({ ...usualSettings, channels: [] }),
  }),
  rules: scene('/alerts?tab=rules'),
  quiet: scene('/alerts?tab=quiet'),
  'quiet-none': scene('/alerts?tab=quiet', { list: answers({ ...now, quiets: [] }) }),
}
