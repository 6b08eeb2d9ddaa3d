// Which tests belong to which suite, and how long each may take. No retries anywhere: a test that
// passes the second time has found something.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './longest-first.ts'
import { SkipReporter } from './skip-reporter.ts'
import { SlowReporter } from './slow-reporter.ts'
import { notToday, screensNotToday, turnsOfElectron, turnsOfLab, turnsOfProcesses } from './turns.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const seconds = 1000
/** A test that replaces a module (vi.mock) says so in its name. */
const isolated = 'tests/**/*-isolated.test.{ts,tsx}'
const alone = 'tests/lab/bench.test.ts'
/** In a browser of their own there are two, which take parts of their scenes. */
const screens = readdirSync(join(root, 'tests/ui'))
  .filter((name) => name.endsWith('.test.tsx'))
  .sort()
/** Where .ci/run wants the counts of this run. */
const reportFile = process.env['RACKSIDE_TEST_REPORT']

export default defineConfig({
  root,
  // Nothing of the tests is written into the tree; node_modules is the one place git ignores anyway.
  cacheDir: `${root}/node_modules/.cache/vitest`,
  test: {
    environment: 'node',
    // No test touches the state of whoever runs it: one that names no folder of its own cannot start.
    env: { RACKSIDE_HOME: '/dev/null/a-test-names-its-own-state-folder' },
    retry: 0,
    // The names of cases are told whole: one that failed is looked for by its name.
    chaiConfig: { truncateThreshold: 150 },
    reporters: [
      'default',
      new SkipReporter(),
      new SlowReporter(),
      ...(reportFile === undefined ? [] : [['json', { outputFile: reportFile }] as ['json', { outputFile: string }]]),
    ],
    // Two cores are the smallest machine this runs on; more workers only wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // One set of modules for all files of a worker: loaded once, in half the time.
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: notToday(turnsOfProcesses),
          isolate: false,
          testTimeout: 10 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: [isolated, ...notToday(turnsOfProcesses)],
          isolate: false,
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // Modules of its own for every file.
        extends: true,
        test: { name: 'isolated', include: [isolated], testTimeout: 20 * seconds },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: ['tests/architecture.test.ts', 'tests/house/**/*.test.ts'],
          exclude: notToday(turnsOfProcesses),
          testTimeout: 120 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
      {
        // Components in jsdom, one page and one set of modules for all files of a worker, and the gallery in the browser
        // of the tests; no lab, no root, no display.
        extends: true,
        test: {
          name: 'ui',
          include: ['tests/ui/**/*.test.{ts,tsx}'],
          exclude: [isolated, ...screensNotToday(screens), ...notToday(turnsOfProcesses)],
          environment: join(root, 'scripts/config/jsdom-once.config.ts'),
          setupFiles: ['tests/ui/fresh-page.ts'],
          isolate: false,
          testTimeout: 20 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // Real windows: one file after the other. The desktop's journey also needs a lab appliance.
        extends: true,
        test: {
          name: 'electron',
          include: ['tests/electron/**/*.test.ts', 'tests/e2e/journey-electron.test.ts'],
          exclude: notToday(turnsOfElectron),
          fileParallelism: false,
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // Mostly waiting: two files side by side, each on an appliance of its own.
        extends: true,
        test: {
          name: 'lab',
          include: ['tests/lab/**/*.test.ts'],
          exclude: [alone, ...notToday(turnsOfLab)],
          testTimeout: 300 * seconds,
          hookTimeout: 300 * seconds,
        },
      },
      {
        // Times are compared: nothing else runs beside it.
        extends: true,
        test: { name: 'lab-alone', include: [alone], testTimeout: 300 * seconds, hookTimeout: 300 * seconds },
      },
      {
        // A browser, the web shell and a lab appliance for each file, among those of the lab; the desktop's journey belongs
        // to the electron project.
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ['tests/e2e/journey-electron.test.ts', 'tests/e2e/browser-alone.test.ts'],
          testTimeout: 300 * seconds,
          hookTimeout: 300 * seconds,
        },
      },
      {
        // Builds a Debian tree first: a proof to repeat by hand when the browser's package moves.
        extends: true,
        test: {
          name: 'browser-alone',
          include: ['tests/e2e/browser-alone.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 300 * seconds,
        },
      },
    ],
  },
})
