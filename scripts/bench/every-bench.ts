// `npm run bench -- all`: each benchmark in a process of its own, one after the other, and the last result of each kept as
// a row of tests/bench.md, as those who read the README find it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commitNow } from '../results/last-runs.ts'
import type { Bench, BenchReport } from './frame.ts'
import { emptyBenchTable, withBench } from './kept-table.ts'

const root = fileURLToPath(new URL('../..', `file://${import.meta.dirname}/`))
const tableFile = join(root, 'tests', 'bench.md')

/** Whether each was measured, and met its targets. One that fails does not keep the next from its turn. */
export async function measureAll(benches: readonly Bench[]): Promise<boolean> {
  const about = { commit: commitNow(root), machine: machineNow() }
  const missed: string[] = []
  for (const { name } of benches) {
    const report = await measured(name)
    if (report?.met !== true) missed.push(name)
    const table = existsSync(tableFile) ? readFileSync(tableFile, 'utf8') : emptyBenchTable
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(tableFile, withBench(table, { bench: name, date, ...about, report }))
  }
  console.log(missed.length === 0 ? 'all: every target met' : `all: not met by ${missed.join(', ')}`)
  return missed.length === 0
}

/** What its last line says; undefined where it ended without one. */
function measured(name: string): Promise<BenchReport | undefined> {
  const words = [join(root, 'scripts', 'run.mjs'), 'bench/main.ts', name]
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text)
    told += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      const line = told.trimEnd().split('\n').at(-1) ?? ''
      resolve(line.startsWith('{"bench":') ? (JSON.parse(line) as BenchReport) : undefined)
    })
  })
}

function machineNow(): string {
  const [processor] = cpus()
  const gib = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} x ${processor?.model.trim() ?? 'unknown processor'}, ${gib} GiB, Node ${process.versions.node}`
}
