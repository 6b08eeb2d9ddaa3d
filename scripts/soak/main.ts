// `npm run soak -- NAME [--seed N]`: runs one long sweep in full and keeps its result in tests/soak.md.
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

const usage = `usage: npm run soak -- NAME [--seed N]\n${soaks.map((one) => `  ${one.name}: ${one.about}`).join('\n')}`

const line = readSoakLine(process.argv.slice(2), soaks)
if (line.kind === 'list') console.log(usage)
else if (line.kind === 'wrong') {
  console.error(`soak: ${line.why}\n${usage}`)
  process.exitCode = 2
} else {
  const seed = line.seed ?? String(randomInt(1_000_000))
  const commit = commitNow()
  const report = await line.soak.run(seed)
  console.log(reportText(line.soak, seed, report))
  // What could not run leaves the last result as it is.
  if (Object.keys(report.counts).length > 0) {
    const table = existsSync(tableFile) ? readFileSync(tableFile, 'utf8') : emptyTable
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(tableFile, withResult(table, { soak: line.soak.name, date, commit, seed, report }))
  }
  process.exitCode = report.problems.length === 0 ? 0 : 1
}

function commitNow(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: soakRoot, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', '.', ':!tests/soak.md') !== ''
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`
}
