// Files whose tests take minutes between them: in CI one group of each table a day, without RACKSIDE_CI all. What keeps
// secrets, host keys and logins has no turns: it runs every day. RACKSIDE_SEED names the day.
import { inSample } from './sample.ts'

/** Of the lab. Inside them halves to sixths are taken by the same day: the number of groups shares no factor with those. */
export const turnsOfLab = [
  ['lab/host-steps', 'lab/image-stores'],
  ['lab/demo-fidelity', 'lab/mixed-cards'],
  ['lab/container-devices', 'lab/sampling'],
  ['lab/watch-only', 'lab/volumes'],
  ['lab/provisioning', 'lab/replacing'],
  ['lab/racing', 'lab/transfer-cuts', 'lab/tasks'],
  ['lab/watching'],
]

/**
 * Each starts many processes: programs of ours from the shell, consoles that are killed, shells of every kind. Of those
 * shells one is taken by the same day, of other cases a half: five groups give each of them its turn.
 */
export const turnsOfProcesses = [
  [
    ...['integration/bundles/vendor-kit', 'integration/web/page-parts', 'unit/main/apply/hostile-entry'],
    ...['unit/main/apply/units-at-work', 'unit/main/connect/lease'],
  ],
  [
    ...['integration/console/keep-console', 'integration/web/serve', 'integration/demo/drills'],
    ...['unit/shared/apply/certificate', 'unit/shared/facts/sampler-script'],
  ],
  [
    ...['integration/console/two-processes', 'integration/demo/spare', 'integration/web/page-server'],
    ...['unit/main/connect/upload', 'unit/scripts/lab/stand-ins', 'unit/shared/facts/script'],
    ...['unit/shared/observe/alerts/replay'],
  ],
  [
    ...['integration/bundles/import', 'integration/demo/command', 'integration/start/fetch-runtime'],
    ...['unit/main/apply/run', 'unit/main/apply/unit-shell', 'unit/main/shells/cli/process'],
    ...['unit/shared/apply/volume-backup'],
  ],
  [
    ...['integration/start/start', 'integration/demo/window', 'integration/demo/model-folder'],
    ...['integration/web/web-shell', 'integration/demo/swapped-bundle', 'unit/main/catalog/shared-reading'],
    ...['unit/scripts/lab/mixed-stand-ins', 'unit/shared/apply/service-file', 'unit/shared/facts/sampler-streams'],
  ],
]

/** Paths of tests that are not run today. */
export function notToday(turns: readonly (readonly string[])[], runsToday = inSample): string[] {
  return turns.flatMap((files, place) =>
    runsToday(place, turns.length) ? [] : files.map((one) => `tests/${one}.test.ts`),
  )
}
