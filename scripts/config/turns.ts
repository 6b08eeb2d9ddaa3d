// Files whose tests take minutes between them: in CI one group of each table a day, without RACKSIDE_CI all. What keeps
// secrets, host keys and logins has no turns: it runs every day. RACKSIDE_SEED names the day.
import { inSample } from './sample.ts'

/**
 * Of the lab. The journey, and what keeps secrets and logins, run every day. Inside files halves to sixths are taken by the
 * same day: the number of groups shares no factor with those.
 */
export const turnsOfLab = [
  ['lab/families'],
  ['lab/air-gapped', 'lab/mixed-cards', 'lab/image-stores'],
  ['lab/parts', 'lab/evaluation'],
  ['lab/there', 'lab/host-steps', 'lab/vendor-role'],
  ['lab/misfortunes', 'lab/watch-only', 'lab/volumes', 'lab/demo-fidelity'],
  ['lab/acceptance', 'lab/device-proof'],
  ['lab/interruption', 'lab/recorder', 'lab/recorder-alert', 'lab/service'],
  ['lab/connections', 'lab/model-folder', 'lab/search', 'lab/audit-copy'],
  ['lab/watching', 'lab/licence', 'lab/beside', 'lab/container-devices', 'lab/sampling'],
  ['lab/tasks', 'lab/provisioning', 'lab/replacing', 'lab/logs', 'lab/terminal'],
  ['lab/racing', 'lab/transfer-cuts', 'lab/privileges', 'lab/canary'],
]

/** Of real windows: the same first run on the demo and on an appliance of the lab, and what a window does around it. */
export const turnsOfElectron = [
  ['electron/demo', 'electron/product'],
  ['e2e/journey-electron', 'electron/runs-and-windows'],
  ['electron/packaged', 'electron/hostile-texts'],
]

/**
 * Each starts many processes, or takes long by itself: programs of ours from the shell, consoles that are killed, shells of
 * every kind, whole journeys, sweeps. Of those shells one is taken by the same day, of other cases a half: eleven groups, of
 * about the same length, give each of them its turn.
 */
export const turnsOfProcesses = [
  [...['integration/bundles/vendor-kit', 'unit/main/apply/lock', 'ui/hostile-texts', 'ui/terminal-in-browser']],
  [
    ...['integration/demo/acceptance', 'integration/console/device-proof', 'unit/main/connect/watch-end'],
    ...[
      'unit/shared/facts/sampler-script',
      'integration/web/network',
      'unit/shared/apply/volume-backup',
      'unit/shared/facts/container-look',
    ],
    ...['unit/main/catalog/catalog-problems', 'integration/audit/command-line'],
  ],
  [
    ...['house/gates', 'integration/console/two-processes', 'integration/start/start'],
    ...['integration/demo/canary', 'unit/main/connect/watch-program', 'unit/shared/apply/certificate'],
    ...['unit/main/shells/cli/process', 'unit/shared/facts/engine-api', 'integration/demo/hostile'],
  ],
  [
    ...['integration/demo/bench', 'integration/bundles/import-sweep', 'integration/demo/published-sign-in'],
    ...['integration/start/desktop', 'integration/demo/state', 'unit/main/catalog/large-yaml'],
    ...[
      'unit/shared/facts/recorder-script',
      'unit/shared/facts/recorder-alert-script',
      'unit/scripts/lab/mixed-stand-ins',
      'unit/shared/apply/soak',
    ],
  ],
  [
    ...['unit/main/apply/units-at-work', 'integration/demo/one-reading', 'integration/start/fetch-runtime'],
    ...['integration/bundles/build', 'unit/shared/facts/mutations-of-vendors', 'integration/demo/keyboard'],
    ...[
      'unit/main/connect/spare-link',
      'unit/main/catalog/shared-reading',
      'unit/main/catalog/container/hostile-import',
    ],
  ],
  [
    ...['unit/main/connect/lease', 'integration/demo/recorder', 'integration/demo/command'],
    ...['integration/demo/whose', 'unit/shared/apply/model-folder', 'unit/main/connect/engine'],
    ...['unit/shared/facts/script', 'unit/shared/apply/task', 'unit/main/observe/tick-reader'],
  ],
  [
    ...['unit/main/store/history/history', 'integration/demo/drills', 'integration/bundles/import'],
    ...['integration/demo/expiring-publisher', 'unit/main/connect/silence', 'integration/demo/volumes'],
    ...['unit/main/apply/unit-shell', 'unit/main/core/desk/describe-weights', 'unit/main/catalog/read-yaml'],
    'integration/console/backup',
  ],
  [
    ...['unit/shared/verify/evaluation/read-set', 'integration/web/serve', 'integration/bundles/accepted-by-clicking'],
    ...['integration/demo/swapped-bundle', 'integration/demo/notifications', 'unit/shared/apply/smoke'],
    ...['unit/main/apply/run', 'unit/shared/facts/mutations', 'unit/main/catalog/container/import-bundle'],
  ],
  [
    ...['unit/main/apply/hostile-entry', 'integration/console/keep-console', 'integration/web/page-server'],
    ...['integration/demo/model-folder', 'integration/store/history-crash', 'unit/main/connect/flood'],
    ...['unit/shared/observe/alerts/replay', 'unit/main/apply/run-stopped', 'unit/shared/verify/doctor/rules'],
  ],
  [
    ...['integration/web/page-parts', 'unit/main/verify/canary/run-canary', 'house/launcher', 'house/reproducible'],
    ...['integration/web/web-shell', 'integration/demo/logs', 'house/ci'],
    ...['integration/console/operators-by-clicking', 'integration/console/provider-by-clicking'],
    ...['integration/web/provider-sign-in', 'unit/main/shells/cli/provider-verbs'],
    ...['unit/scripts/lab/stand-ins', 'unit/shared/facts/sampler-streams', 'integration/console/recording'],
    'unit/main/store/audit/volume',
  ],
  [
    ...['unit/main/connect/run', 'unit/shared/facts/recording', 'integration/demo/spare'],
    ...['integration/demo/window', 'integration/demo/evaluation', 'integration/demo/upkeep'],
    ...['unit/main/connect/upload', 'unit/shared/apply/service-file', 'integration/console/wire'],
    'unit/main/demo/bundle/write-bundle',
  ],
]

/** Screens that ask for logins, secrets and host keys run every day; of the others every second one by its name. */
const everyDay = /^(?:add|access|app|may|credentials|known-hosts|publishers|retrust|vault|terminal)/

/** `files`: all screens' tests by their names, in the order of the alphabet. Those that are not run today. */
export function screensNotToday(files: readonly string[], runsToday = inSample): string[] {
  const taken = files.filter((one) => !everyDay.test(one))
  return taken.filter((_, place) => !runsToday(place, 2)).map((one) => `tests/ui/${one}`)
}

/** Paths of tests that are not run today. */
export function notToday(turns: readonly (readonly string[])[], runsToday = inSample): string[] {
  return turns.flatMap((files, place) =>
    runsToday(place, turns.length) ? [] : files.map((one) => `tests/${one}.test.ts`),
  )
}
