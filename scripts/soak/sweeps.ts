// The sweeps that CI runs as a seeded sample, and the tests that break things off, in full.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Soak } from './frame.ts'
import { runTests, type TestsAsked, type TestsRan } from './run-tests.ts'
import { makeSoakFolder } from './soak-folders.ts'
import { countsVariable, readSweepCounts, sweepVariable } from './sweep-counts.ts'

function sweep(name: string, about: string, asked: readonly TestsAsked[]): Soak {
  return {
    name,
    about,
    async run(seed) {
      const { top } = makeSoakFolder(name)
      const runs: TestsRan[] = []
      const countsFile = join(top, 'counts.jsonl')
      for (const one of asked) {
        const environment = { ...one.environment, RACKSIDE_SEED: seed, [countsVariable]: countsFile }
        runs.push(await runTests({ ...one, environment }, join(top, `${runs.length}.json`)))
      }
      const counted = readSweepCounts(countsFile)
      rmSync(top, { recursive: true, force: true })
      const sum = (what: 'passed' | 'failed' | 'skipped') => runs.reduce((all, one) => all + one[what], 0)
      return {
        counts: {
          ...{ 'tests passed': sum('passed'), 'tests failed': sum('failed'), 'tests skipped': sum('skipped') },
          ...counted,
        },
        problems: runs.flatMap(({ problems }) => problems),
      }
    },
  }
}

export const gallerySoak = sweep(
  'gallery',
  'every scene of every screen in both looks, for axe, for complaints, and with markup in the place of words',
  [{ project: 'ui', files: ['tests/ui/gallery.test.ts', 'tests/ui/hostile-texts.test.ts'] }],
)

export const labSoak = sweep('lab', 'every test of the lab, those of every day', [{ project: 'lab' }])

export const acceleratorsSoak = sweep(
  'accelerators',
  'every kind of accelerator, watched, mixed and in containers, on a lab appliance',
  [
    {
      project: 'lab',
      files: ['sampling', 'mixed-cards', 'container-devices'].map((file) => `tests/lab/${file}.test.ts`),
    },
  ],
)

export const auditSoak = sweep(
  'audit',
  'every record of an audit changed in every way, six months of acts, and every moment in which a writer can be broken off',
  [
    {
      project: 'unit',
      files: ['verify', 'volume'].map((file) => `tests/unit/main/store/audit/${file}.test.ts`),
      environment: { [sweepVariable]: 'full' },
    },
    {
      project: 'integration',
      files: ['tests/integration/store/writers-sweep.test.ts'],
      environment: { [sweepVariable]: 'full' },
    },
  ],
)

export const inputsSoak = sweep(
  'inputs',
  '1,000 inputs that no page of ours would send, for every call of both contracts',
  [
    {
      project: 'unit',
      files: ['tests/unit/main/core/hostile-inputs.test.ts'],
      environment: { [sweepVariable]: 'full' },
    },
  ],
)

const mutated = ['mutations.test.ts', 'mutations-of-vendors.test.ts', 'accelerators/no-invention.test.ts']

export const readersSoak = sweep('readers', '100,000 mutated answers for every reader of facts', [
  {
    project: 'unit',
    files: mutated.map((file) => `tests/unit/shared/facts/${file}`),
    environment: { RACKSIDE_MUTATIONS: '100000' },
  },
])

const provisioning = ['provisioning', 'replacing', 'racing', 'transfer-cuts']

export const provisioningSoak = sweep(
  'provisioning',
  'setups, replacements and uploads that are killed, cut, starved and raced: all end as if nothing had happened',
  [
    {
      project: 'lab',
      files: provisioning.map((file) => `tests/lab/${file}.test.ts`),
      environment: { [sweepVariable]: 'full' },
    },
  ],
)

export const importSoak = sweep('import', 'imports of bundles that are killed and get bad media: all end whole', [
  {
    project: 'integration',
    files: ['tests/integration/bundles/import-sweep.test.ts'],
    environment: { [sweepVariable]: 'full' },
  },
])

export const killsSoak = sweep(
  'kills',
  'consoles, links, locks and writes that are broken off at every moment we know',
  [
    {
      project: 'unit',
      files: ['tests/unit/main/connect/watch-program.test.ts', 'tests/unit/main/store/owner-lock.test.ts'],
    },
    { project: 'integration', files: ['tests/integration/console/two-processes.test.ts'] },
    { project: 'isolated', files: ['tests/integration/store/short-writes-isolated.test.ts'] },
    { project: 'lab', files: ['tests/lab/interruption.test.ts', 'tests/lab/connections.test.ts'] },
    { project: 'e2e', files: ['tests/e2e/mid-run.test.ts'] },
  ],
)
