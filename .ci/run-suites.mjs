// Runs the suites of one file one after the other, holds each against its minutes, and ends with the
// sum of all tests. Only Node itself is used: nothing is installed yet when this starts.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @typedef {{ name: string, words: string[], needs?: string[], counts?: boolean, always?: boolean, coldWhenItSays?: string }} Suite
 * `needs`: suites that must have passed. `counts`: writes a vitest report. `always`: runs even after a signal.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, minutes: number, budget: number, problem: string, counts: Counts }} Outcome
 */

const [suitesFile = '', budgetFile = ''] = process.argv.slice(2)
/** @type {Suite[]} */
const suites = JSON.parse(readFileSync(suitesFile, 'utf8'))
/** @type {Record<string, number>} */
const budget = JSON.parse(readFileSync(budgetFile, 'utf8'))
const none = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'rackside-ci-'))

/** @type {import('node:child_process').ChildProcess | null} */
let running = null
let stopped = false
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    stopped = true
    end(running)
  })
}

/** @type {Outcome[]} */
const outcomes = []
for (const suite of suites) outcomes.push(await outcomeOf(suite))
rmSync(folder, { recursive: true, force: true })
process.exitCode = report() ? 0 : 1

/** @param {Suite} suite @returns {Promise<Outcome>} */
async function outcomeOf(suite) {
  const minutesAllowed = budget[suite.name]
  const refused = { name: suite.name, minutes: 0, budget: minutesAllowed ?? 0, counts: none }
  const unmet = (suite.needs ?? []).filter((name) => outcomes.find((outcome) => outcome.name === name)?.problem !== '')
  if (minutesAllowed === undefined) return { ...refused, problem: 'has no budget' }
  if (stopped && !suite.always) return { ...refused, problem: 'not run: stopped by a signal' }
  if (unmet.length > 0) return { ...refused, problem: `could not run: ${unmet.join(', ')} failed` }

  console.log(`\n=== ${suite.name}: ${suite.words.join(' ')}`)
  const reportFile = join(folder, `${outcomes.length}.json`)
  const started = performance.now()
  const used = outcomes.reduce((sum, outcome) => sum + outcome.minutes, 0)
  const minutesLeft = Math.max((budget.total ?? 0) - used, minutesAllowed)
  const { problem, output } = await runSuite(suite, reportFile, minutesLeft)
  const minutes = (performance.now() - started) / 60_000
  const cold = suite.coldWhenItSays !== undefined && output.includes(suite.coldWhenItSays)
  const allowed = cold ? (budget[`${suite.name}, cold`] ?? minutesAllowed) : minutesAllowed
  const counts = suite.counts ? countsIn(reportFile) : none
  return {
    name: suite.name,
    minutes,
    budget: allowed,
    counts,
    problem: problem || problemOf(suite, counts, minutes, allowed),
  }
}

/** @param {Suite} suite @param {Counts} counts @param {number} minutes @param {number} allowed */
function problemOf(suite, counts, minutes, allowed) {
  if (suite.counts && counts.passed + counts.failed === 0) return 'ran no test'
  if (counts.failed > 0) return `${counts.failed} tests failed`
  return minutes > allowed ? 'took longer than its budget' : ''
}

/** @param {Suite} suite @param {string} reportFile @param {number} minutesLeft @returns {Promise<{ problem: string, output: string }>} */
function runSuite(suite, reportFile, minutesLeft) {
  const env = {
    ...process.env,
    RACKSIDE_CI: '1',
    NO_COLOR: '1',
    ...(suite.counts ? { RACKSIDE_TEST_REPORT: reportFile } : {}),
  }
  const [program = '', ...rest] = suite.words
  return new Promise((resolve) => {
    // A process group of its own, so that ending a suite ends everything it started.
    const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    running = child
    let output = ''
    let late = false
    /** @param {Buffer} chunk */
    const show = (chunk) => {
      output += chunk
      process.stdout.write(chunk)
    }
    child.stdout.on('data', show)
    child.stderr.on('data', show)
    // A suite above its own budget still ends by itself, and its tests count; one that hangs is ended.
    const timer = setTimeout(() => {
      late = true
      end(child)
    }, minutesLeft * 60_000)
    /** @param {string} problem */
    const finish = (problem) => {
      clearTimeout(timer)
      running = null
      resolve({ problem, output })
    }
    child.on('error', (error) => finish(`could not start: ${error.message}`))
    child.on('close', (code) =>
      finish(late ? 'ended: all minutes were used up' : code === 0 ? '' : `exit code ${code ?? 'none'}`),
    )
  })
}

/** @param {import('node:child_process').ChildProcess | null} child */
function end(child) {
  if (child?.pid === undefined) return
  const group = -child.pid
  try {
    process.kill(group, 'SIGTERM')
    setTimeout(() => {
      try {
        process.kill(group, 'SIGKILL')
      } catch {
        // Gone by itself.
      }
    }, 10_000).unref()
  } catch {
    // Gone already.
  }
}

/** @param {string} file @returns {Counts} */
function countsIn(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return none
  }
}

/** Prints the table and the sum; true when nothing failed. */
function report() {
  const minutes = outcomes.reduce((sum, outcome) => sum + outcome.minutes, 0)
  const total = { name: 'total', minutes, budget: budget.total ?? 0, counts: none, problem: '' }
  if (minutes > total.budget) total.problem = 'took longer than its budget'
  console.log(`\n${'suite'.padEnd(12)} minutes  budget`)
  for (const { name, minutes: used, budget: allowed, problem } of [...outcomes, total]) {
    console.log(
      `${name.padEnd(12)} ${used.toFixed(2).padStart(7)} ${String(allowed).padStart(7)}  ${problem}`.trimEnd(),
    )
  }
  const sum = { ...none }
  for (const { counts, problem } of [...outcomes, total]) {
    sum.passed += counts.passed
    sum.skipped += counts.skipped
    // A suite that failed without a failed test (it could not run, it took too long) counts as one.
    sum.failed += Math.max(counts.failed, problem === '' ? 0 : 1)
  }
  console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
  return sum.failed === 0
}
