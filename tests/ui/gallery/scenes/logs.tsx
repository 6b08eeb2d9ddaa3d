// What the services of an appliance write, in the states of its tab.
import { answers, fails, type Script, streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { factsWith } from '../scripted-facts.ts'
import { logSources, logsEmpty, logsFlood, logsFollowing, logsHostile, logsLost, logsNone } from '../scripted-logs.ts'

const name = 'Radiology-01'

function scene(logs: NonNullable<Script['logs']>, more: Partial<Scene> = {}): Scene {
  return {
    path: `/appliances/${name}?tab=logs`,
    script: {
      window: about,
      appliances: {
        list: answers([applianceNamed(name, '10.78.0.11')]),
        detect: answers(factsWith([])),
        status: waits(),
      },
      setup: { runs: answers([]), lastRun: answers(null), prove: streams([], 'ends') },
      logs,
    },
    ...more,
  }
}

export const scenes: Scenes = {
  following: scene(logsFollowing),
  hostile: scene(logsHostile),
  wrapped: scene(logsHostile, { presses: ['Wrap long lines|长行换行'] }),
  held: scene(logsFollowing, { presses: ['Hold still|暂停滚动'] }),
  flood: scene(logsFlood),
  'flood-wrapped': scene(logsFlood, { presses: ['Wrap long lines|长行换行'] }),
  lost: scene(logsLost),
  empty: scene(logsEmpty),
  nothing: scene(logsNone),
  refused: scene({
    sources: logSources,
    follow: async () => {
      throw new Error('this page has no such log')
    },
  }),
  'without-root': scene({
    sources: fails({ kind: 'sudo-refused', user: 'ops', reason: 'password-needed', detail: '' }),
  }),
}
