// .ci/run with planted suites: what fails, cannot run, hangs or takes too long must make it fail, and
// its last line must be the sum. The suites are files, so the runner under test is the real one.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repositoryRoot } from '../support/repository-files.ts'

interface Suite {
  readonly name: string
  readonly words: readonly string[]
  readonly needs?: readonly string[]
  readonly counts?: boolean
  readonly always?: boolean
  readonly coldWhenItSays?: string
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-ci-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = (code: string) => [process.execPath, '-e', code]
const good: Suite = { name: 'good', words: script('') }
const bad: Suite = { name: 'bad', words: script('process.exit(3)') }

/** A suite that reports like vitest does, then ends with this exit code. */
function reporting(name: string, [passed, failed, skipped]: readonly number[], code = 0): Suite {
  const report = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 }
  const write = `fs.writeFileSync(process.env.RACKSIDE_TEST_REPORT, ${JSON.stringify(JSON.stringify(report))})`
  return { name, counts: true, words: script(`${write}; process.exit(${code})`) }
}

function run(suites: readonly Suite[], budget: Readonly<Record<string, number>> = {}) {
  const names = Object.fromEntries(suites.map((suite) => [suite.name, 1]))
  writeFileSync(join(folder, 'suites.json'), JSON.stringify(suites))
  writeFileSync(join(folder, 'budget.json'), JSON.stringify({ ...names, total: 5, ...budget }))
  const words = [
    join(repositoryRoot, '.ci', 'run-suites.mjs'),
    join(folder, 'suites.json'),
    join(folder, 'budget.json'),
  ]
  const ran = spawnSync(process.execPath, words, { encoding: 'utf8' })
  return { code: ran.status, output: ran.stdout, lastLine: ran.stdout.trimEnd().split('\n').at(-1) }
}

describe('.ci/run', () => {
  it('passes when everything passes, and adds up the tests of all suites', () => {
    const ran = run([good, reporting('unit', [40, 0, 2]), reporting('lab', [9, 0, 0])])
    expect(ran).toMatchObject({ code: 0, lastLine: '49 passed, 0 failed, 2 skipped' })
    expect(ran.output).toMatch(/^unit +0\.0\d +1$/m)
  })

  it('fails with a failing suite, and still runs the ones after it', () => {
    const ran = run([bad, reporting('unit', [4, 0, 0])])
    expect(ran).toMatchObject({ code: 1, lastLine: '4 passed, 1 failed, 0 skipped' })
    expect(ran.output).toContain('exit code 3')
  })

  it('fails with failing tests, whatever the exit code of their suite', () => {
    expect(run([reporting('unit', [4, 2, 0], 1)])).toMatchObject({ code: 1, lastLine: '4 passed, 2 failed, 0 skipped' })
    expect(run([reporting('unit', [4, 2, 0], 0)])).toMatchObject({ code: 1, lastLine: '4 passed, 2 failed, 0 skipped' })
  })

  it('fails with a suite above its budget, though all its tests passed', () => {
    const ran = run([reporting('unit', [4, 0, 0])], { unit: 0.0001 })
    expect(ran).toMatchObject({ code: 1, lastLine: '4 passed, 1 failed, 0 skipped' })
    expect(ran.output).toContain('took longer than its budget')
  })

  it('fails when all suites together are above the total', () => {
    expect(run([good], { total: 0.000001 })).toMatchObject({ code: 1, lastLine: '0 passed, 1 failed, 0 skipped' })
  })

  it('ends a suite that hangs', () => {
    const ran = run([{ name: 'hung', words: script('setInterval(() => 0, 1000)') }], { hung: 0.003, total: 0.005 })
    expect(ran).toMatchObject({ code: 1, lastLine: '0 passed, 2 failed, 0 skipped' })
    expect(ran.output).toContain('ended: all minutes were used up')
  })

  it('allows a cold start its own minutes', () => {
    const cold = { name: 'boot', words: script("console.log('building')"), coldWhenItSays: 'building' }
    expect(run([cold], { boot: 0.0001, 'boot, cold': 1 }).code).toBe(0)
    expect(run([{ ...cold, coldWhenItSays: 'else' }], { boot: 0.0001, 'boot, cold': 1 }).code).toBe(1)
  })

  it('counts a suite that could not run as failed, and always cleans up', () => {
    const left = join(folder, 'cleaned')
    const clean: Suite = { name: 'down', always: true, words: script(`fs.writeFileSync(${JSON.stringify(left)}, '')`) }
    const ran = run([bad, { ...good, needs: ['bad'] }, { name: 'nowhere', words: ['no-such-program'] }, clean])
    expect(ran).toMatchObject({ code: 1, lastLine: '0 passed, 3 failed, 0 skipped' })
    expect(ran.output).toContain('could not run: bad failed')
    expect(existsSync(left)).toBe(true)
  })

  it('counts a suite without a report, without a test or without a budget as failed', () => {
    expect(run([{ ...good, counts: true }])).toMatchObject({ code: 1, lastLine: '0 passed, 1 failed, 0 skipped' })
    expect(run([reporting('unit', [0, 0, 3])])).toMatchObject({ code: 1, lastLine: '0 passed, 1 failed, 3 skipped' })
    writeFileSync(join(folder, 'no-budget.json'), '{ "total": 5 }')
    writeFileSync(join(folder, 'one.json'), JSON.stringify([good]))
    const words = [
      join(repositoryRoot, '.ci', 'run-suites.mjs'),
      join(folder, 'one.json'),
      join(folder, 'no-budget.json'),
    ]
    expect(spawnSync(process.execPath, words).status).toBe(1)
  })

  it("runs the README's test command and gives every suite its minutes", () => {
    const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
    const suites: Suite[] = JSON.parse(read('.ci/suites.json'))
    const budget: Record<string, number> = JSON.parse(read('.ci/budget.json'))
    const words = suites.map((suite) => suite.words.join(' '))
    // What the machine lacks comes first; then exactly the words that the README gives.
    expect(suites.map((suite) => suite.name).slice(0, 3)).toEqual(['packages', 'install', 'test'])
    expect(read('README.md')).toContain(words.slice(1, 3).join(' && '))
    expect(suites.map((suite) => suite.name).filter((name) => budget[name] === undefined)).toEqual([])
    expect(words.join(' ')).not.toContain('bench')
  })
})

describe('.ci/with-electron', () => {
  /** A checkout beside a workplace. */
  function checkout(name: string, tool?: string) {
    const place = join(folder, name)
    const program = (path: string, text: string) => {
      mkdirSync(join(place, path, '..'), { recursive: true })
      writeFileSync(join(place, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    }
    mkdirSync(join(place, 'main/.ci'), { recursive: true })
    copyFileSync(join(repositoryRoot, '.ci/with-electron'), join(place, 'main/.ci/with-electron'))
    if (tool !== undefined) program('shared/tools/electron-runtime', tool)
    for (const runtime of ['given', 'found']) {
      mkdirSync(join(place, runtime))
      writeFileSync(join(place, runtime, 'version'), `of the ${runtime} one`)
    }
    return (environment: Readonly<Record<string, string>>) => {
      const words = ['sh', '-c', 'echo "runs with $ELECTRON_OVERRIDE_DIST_PATH"']
      const env = { PATH: process.env['PATH'], ...environment }
      const ran = spawnSync(join(place, 'main/.ci/with-electron'), words, { encoding: 'utf8', env, cwd: '/' })
      return { code: ran.status, said: `${ran.stdout}${ran.stderr}`.replaceAll(place, '') }
    }
  }

  it('takes the runtime that the environment names, before the one beside the checkout', () => {
    const ran = checkout('both', 'echo never asked; exit 9')
    const given = join(folder, 'both', 'given')
    expect(ran({ ELECTRON_OVERRIDE_DIST_PATH: given })).toEqual({
      code: 0,
      said: 'Electron of the given one\nruns with /given\n',
    })
  })

  it('else takes the one beside the checkout', () => {
    const ran = checkout('beside', `echo ${join(folder, 'beside', 'found')}`)
    expect(ran({})).toEqual({ code: 0, said: 'Electron of the found one\nruns with /found\n' })
  })

  it('fails with neither, and says what is missing', () => {
    const ran = checkout('neither')({})
    expect(ran.code).toBe(1)
    expect(ran.said).toContain('the Electron suite has no Electron')
    expect(ran.said).not.toContain('runs with')
  })

  it('fails when the one beside the checkout cannot be made', () => {
    const ran = checkout('broken', 'exit 3')({})
    expect(ran.code).not.toBe(0)
    expect(ran.said).not.toContain('runs with')
  })

  it('is what the electron suite runs', () => {
    const suites: Suite[] = JSON.parse(readFileSync(join(repositoryRoot, '.ci/suites.json'), 'utf8'))
    const electron = suites.find((suite) => suite.name === 'electron')
    expect(electron).toMatchObject({ words: ['.ci/with-electron', 'npm', 'run', 'test:electron'], counts: true })
  })
})
