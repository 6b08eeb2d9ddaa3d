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
  ['lab/there', 'lab/host-steps'],
  ['lab/misfortunes', 'lab/watch-only', 'lab/volumes', 'lab/demo-fidelity'],
  ['lab/acceptance', 'lab/device-proof'],
  ['lab/interruption', 'lab/recorder'],
  ['lab/connections', 'lab/model-folder', 'lab/search'],
  ['lab/watching', 'lab/licence', 'lab/beside', 'lab/container-devices', 'lab/sampling'],
  ['lab/tasks', 'lab/provisioning', 'lab/replacing', 'lab/logs', 'lab/terminal'],
  ['lab/racing', 'lab/transfer-cuts', 'lab/privileges', 'lab/canary'],
]

/** Of real windows: the same first run on the demo and on an appliance of the lab. */
export const turnsOfElectron = [['electron/demo'], ['e2e/journey-electron']]

/**
 * Each starts many processes, or takes long by itself: programs of ours from the shell, consoles that are killed, shells of
 * every kind, whole journeys, sweeps. Of those shells one is taken by the same day, of other cases a half: seven groups give
 * each of them its turn.
 */
export const turnsOfProcesses = [
  [
    ...['integration/bundles/vendor-kit', 'integration/web/page-parts', 'unit/main/connect/flood'],
    ...['unit/shared/facts/mutations-of-vendors', 'unit/main/apply/units-at-work', 'house/ci'],
  ],
  [
    ...['integration/console/keep-console', 'integration/web/serve', 'integration/demo/drills'],
    ...['unit/shared/apply/certificate', 'unit/shared/facts/sampler-script', 'integration/demo/recorder'],
    ...['integration/demo/one-reading', 'unit/main/connect/spare-link', 'unit/shared/facts/recorder-script'],
    ...['integration/bundles/import-sweep', 'unit/main/store/history/history', 'unit/main/apply/lock'],
    ...['unit/main/connect/engine', 'unit/main/catalog/read-yaml'],
  ],
  [
    ...['integration/console/two-processes', 'integration/demo/spare', 'integration/web/page-server'],
    ...['unit/main/connect/upload', 'unit/scripts/lab/stand-ins', 'unit/shared/facts/script'],
    ...['unit/shared/observe/alerts/replay', 'house/launcher', 'unit/shared/verify/evaluation/read-set'],
    ...['integration/bundles/accepted-by-clicking', 'unit/shared/facts/recording', 'integration/demo/hostile'],
    ...['unit/main/observe/tick-reader', 'unit/main/connect/watch-program'],
  ],
  [
    ...['integration/bundles/import', 'integration/demo/command', 'integration/start/fetch-runtime'],
    ...['unit/main/apply/run', 'unit/main/apply/unit-shell', 'unit/main/shells/cli/process'],
    ...['unit/shared/apply/volume-backup', 'integration/demo/published-sign-in', 'unit/main/catalog/large-yaml'],
    ...['unit/main/catalog/container/import-bundle', 'unit/shared/verify/doctor/rules', 'unit/main/connect/run'],
  ],
  [
    ...['integration/start/start', 'integration/demo/window', 'integration/demo/model-folder'],
    ...['integration/web/web-shell', 'integration/demo/swapped-bundle', 'unit/main/catalog/shared-reading'],
    ...['unit/scripts/lab/mixed-stand-ins', 'unit/shared/apply/service-file', 'unit/shared/facts/sampler-streams'],
    ...['integration/demo/expiring-publisher', 'integration/demo/whose', 'unit/shared/apply/task'],
    ...['integration/demo/keyboard', 'unit/main/catalog/catalog-problems'],
  ],
  [
    ...['unit/main/apply/hostile-entry', 'unit/main/connect/lease', 'integration/demo/state'],
    ...['unit/main/connect/watch-end', 'integration/demo/acceptance', 'unit/main/connect/silence'],
    ...['unit/shared/apply/smoke', 'integration/console/recording', 'integration/demo/volumes'],
    ...['integration/demo/bench', 'unit/main/verify/canary/run-canary', 'integration/demo/upkeep'],
    ...['unit/main/demo/bundle/write-bundle', 'integration/console/wire'],
  ],
  [
    ...['unit/main/apply/run-stopped', 'unit/shared/facts/mutations', 'integration/bundles/build'],
    ...['integration/start/desktop', 'unit/main/core/desk/describe-weights', 'integration/demo/canary'],
    ...['integration/console/device-proof', 'unit/shared/facts/engine-api', 'unit/shared/facts/container-look'],
    ...['unit/main/catalog/container/hostile-import', 'unit/shared/apply/soak', 'integration/demo/evaluation'],
    ...['integration/store/history-crash', 'integration/demo/logs', 'unit/shared/apply/model-folder'],
    ...['house/gates', 'integration/demo/notifications'],
  ],
]

/** Screens that ask for logins, secrets and host keys run every day; of the others every second one by its name. */
const everyDay = /^(?:add|access|app|credentials|known-hosts|publishers|retrust|vault|terminal)/

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
