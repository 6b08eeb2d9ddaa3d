// The canary soak: the whole lab suite and the journeys in the browser with marked secrets. While they run, processes and
// temporary files are watched; what a test throws away is searched first, and in the end everything that is left.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { down, list } from '../lab/appliances.ts'
import { ensureLoginKey } from '../lab/machine/keys.ts'
import { leaksIn } from './allowed-places.ts'
import { searchAppliance } from './appliance-search.ts'
import { type Looked, type Needle, type Sighting, searchFolder, sightingsIn } from './canary.ts'
import { watchFolder } from './folder-watch.ts'
import type { Soak, SoakReport } from './frame.ts'
import { readLastLooks, reportVariable } from './last-looks.ts'
import { needlesOfRun, seedVariable } from './marked-secrets.ts'
import { plantsNotFound } from './plants.ts'
import { watchProcesses } from './process-watch.ts'
import { runTests, type TestsRan } from './run-tests.ts'
import { makeSoakFolder, type SoakFolder } from './soak-folders.ts'

const projects = ['lab', 'e2e'] as const

export const canarySoak: Soak = {
  name: 'canary',
  about: 'the lab suite and the journeys with marked secrets: none of them stands anywhere on either side (P11, P12)',
  async run(seed) {
    const unfit = await whyNot()
    if (unfit !== undefined) return { counts: {}, problems: [unfit] }
    await ensureLoginKey()
    const folder = makeSoakFolder('canary')
    try {
      return await watchedRun(seed, folder)
    } finally {
      rmSync(folder.top, { recursive: true, force: true })
      await down(undefined)
    }
  },
}

async function whyNot(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'the lab needs Linux and root'
  // They may be somebody's: the suite would take them down.
  return (await list()).length > 0 ? 'the lab has appliances already: npm run lab -- down' : undefined
}

async function watchedRun(seed: string, folder: SoakFolder): Promise<SoakReport> {
  const needles = needlesOfRun(seed)
  const lastLooksFile = join(folder.top, 'last-looks.jsonl')
  const environment = { [seedVariable]: seed, [reportVariable]: lastLooksFile, TMPDIR: folder.temporary }
  const [processes, temporary] = [watchProcesses(needles, 50), watchFolder(folder.temporary, needles, 500)]
  const runs: TestsRan[] = []
  for (const project of projects) {
    runs.push(await runTests({ project, environment }, join(folder.top, `${project}.json`)))
  }
  const [ofProcesses, ofTemporary] = [processes.stop(), temporary.stop()]
  const lastLooks = readLastLooks(lastLooksFile)
  const left = await searchLeft(folder, needles)
  const output = runs.map((run, at) => sightingsIn(run.output, needles, `what the ${projects[at]} tests printed`))
  const everywhere = [ofProcesses, ofTemporary, ...lastLooks, ...left.looks].flatMap(({ sightings }) => sightings)
  const leaks = leaksIn([...everywhere, ...output.flat()])

  const unseen =
    left.running === undefined
      ? ['no appliance is left to plant one in']
      : await plantsNotFound(left.running, folder.temporary, `${seed} planted`)
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return {
    counts: {
      'tests passed': sum(runs.map(({ passed }) => passed)),
      'tests failed': sum(runs.map(({ failed }) => failed)),
      'tests skipped': sum(runs.map(({ skipped }) => skipped)),
      'looks at processes': ofProcesses.looks,
      'processes seen': ofProcesses.processes,
      'looks at temporary files': ofTemporary.looks,
      'folders searched': lastLooks.filter(({ what }) => what === 'folder').length + 1,
      'appliances searched': lastLooks.filter(({ what }) => what === 'appliance').length + left.looks.length - 1,
      'files searched': sum([ofTemporary, ...lastLooks, ...left.looks].map(({ files }) => files)),
      leaks: leaks.length,
      'planted leaks not found': unseen.length,
    },
    problems: [
      ...runs.flatMap(({ problems }) => problems),
      ...described(leaks),
      ...unseen.map((place) => `a leak that was planted was not found: ${place}`),
    ],
  }
}

/** The temporary folder first, then each appliance that the tests left. */
async function searchLeft(
  folder: SoakFolder,
  needles: readonly Needle[],
): Promise<{ looks: Looked[]; running: string | undefined }> {
  const looks: Looked[] = [searchFolder(folder.temporary, needles)]
  const appliances = await list()
  for (const { record } of appliances) looks.push(await searchAppliance(record.name, needles))
  return { looks, running: appliances.find(({ running }) => running)?.record.name }
}

function described(leaks: readonly Sighting[]): string[] {
  return [...new Set(leaks.map(({ canary, form, where }) => `a ${canary} in ${form} form: ${where}`))]
}
