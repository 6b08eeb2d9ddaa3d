// `npm run soak -- NAME [--seed N]`: runs one long sweep (or `all`) in full and keeps its result in tests/soak.md.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commitNow } from '../results/last-runs.ts'
import { canarySoak } from './canary-soak.ts'
import { readSoakLine } from './command-line.ts'
import { emptyTable, reportText, type Soak, withResult } from './frame.ts'
import { hourSoak } from './hour.ts'
import { soakRoot } from './soak-folders.ts'
import {
  acceleratorsSoak,
  auditSoak,
  gallerySoak,
  importSoak,
  inputsSoak,
  killsSoak,
  labSoak,
  provisioningSoak,
  readersSoak,
} from './sweeps.ts'

const soaks: readonly Soak[] = [
  canarySoak,
  labSoak,
  gallerySoak,
  acceleratorsSoak,
  readersSoak,
  auditSoak,
  killsSoak,
  importSoak,
  inputsSoak,
  provisioningSoak,
  hourSoak,
]
const tableFile = join(soakRoot, 'tests', 'soak.md')

const usage = `usage: npm run soak -- NAME [--seed N]\n  all: each of them, one after the other\n${soaks.map((one) => `  ${one.name}: ${one.about}`).join('\n')}`

const line = readSoakLine(process.argv.slice(2), soaks)
if (line.kind === 'list') console.log(usage)
else if (line.kind === 'wrong') {
  console.error(`soak: ${line.why}\n${usage}`)
  process.exitCode = 2
} else if (line.kind === 'all') {
  const ends = soaks.map(({ name }) => ({ name, status: inItsOwnProcess(name, line.seed) }))
  const broken = ends.filter(({ status }) => status !== 0).map(({ name }) => name)
  console.log(broken.length === 0 ? 'all: every soak held' : `all: did not hold: ${broken.join(', ')}`)
  process.exitCode = broken.length === 0 ? 0 : 1
} else process.exitCode = await runOne(line.soak, line.seed ?? String(randomInt(1_000_000)))

async function runOne(soak: Soak, seed: string): Promise<number> {
  const commit = commitNow(soakRoot)
  const report = await soak.run(seed)
  console.log(reportText(soak, seed, report))
  // What could not run leaves the last result as it is.
  if (Object.keys(report.counts).length > 0) {
    const table = existsSync(tableFile) ? readFileSync(tableFile, 'utf8') : emptyTable
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(tableFile, withResult(table, { soak: soak.name, date, commit, seed, report }))
  }
  return report.problems.length === 0 ? 0 : 1
}

/** One that falls does not keep the next from its turn. */
function inItsOwnProcess(name: string, seed: string | undefined): number {
  const words = [
    join(soakRoot, 'scripts', 'run.mjs'),
    'soak/main.ts',
    name,
    ...(seed === undefined ? [] : ['--seed', seed]),
  ]
  return spawnSync(process.execPath, words, { cwd: soakRoot, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
}
