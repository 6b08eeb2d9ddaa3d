// The generated scripts in a real shell: what is on disk before and after each command, and what is left when
// one fails or the console is gone.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsScript, noteScript, unitScript } from '../../../../main/apply/step-script.ts'
import { type Command, command, type Script } from '../../../../shared/domain/command.ts'
import { remoteRoot } from '../../../../shared/domain/remote-layout.ts'
import { journalRecord } from '../../../../shared/domain/run.ts'
import { finished, killGroup, startShell } from '../../../support/shell-appliance.ts'
import { makeStubs } from '../../../support/stub-programs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const run = { runId: 'run-20261120T080000Z-0badcafe', step: 'container.ward-model' }

function place() {
  const folder = temporaryFolder()
  const root = join(folder, 'rackside')
  mkdirSync(join(root, 'journal'), { recursive: true })
  const lock = join(root, 'lock')
  writeFileSync(lock, `${JSON.stringify({ run: run.runId, who: 'li' })}\n4711\n`)
  const stubs = makeStubs(folder)
  const journalFile = join(root, 'journal', `${run.runId}.jsonl`)
  const journal = () =>
    readFileSync(journalFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => journalRecord.parse(JSON.parse(line)))
  return {
    root,
    lock,
    stubs,
    journalFile,
    journal,
    outcomes: () => journal().map((one) => ('outcome' in one ? `${one.record} ${one.outcome}` : one.record)),
    start: (script: Script) => startShell(script.text.replaceAll(remoteRoot, root), stubs.path),
  }
}

const append = (file: string, word: string): Command => command('sh', '-c', 'printf "%s\\n" "$1" >>"$0"', file, word)
const exit = (code: number): Command => command('sh', '-c', 'echo oops >&2; exit "$0"', String(code))

describe('the script of a step', () => {
  it('writes that it begins, does it, writes that it is done', async () => {
    const { root, start, journal } = place()
    const seen = join(root, 'seen')
    const look = command('sh', '-c', 'cat "$0"/journal/* >"$1"', root, seen)
    const { exitCode, stderr } = await finished(start(commandsScript(run, { commands: [look], undo: () => [] })))
    expect([exitCode, stderr]).toEqual([0, ''])
    // While the command ran, the record of its beginning was there already.
    expect(journalRecord.parse(JSON.parse(readFileSync(seen, 'utf8')))).toMatchObject({
      record: 'step-begin',
      run: run.runId,
    })
    expect(journal()).toEqual([
      {
        record: 'step-begin',
        run: run.runId,
        step: run.step,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      { record: 'step-end', run: run.runId, step: run.step, outcome: 'done', at: expect.any(String) },
    ])
  })

  it('does nothing once somebody else has taken the appliance over', async () => {
    const { root, lock, start, journalFile } = place()
    writeFileSync(lock, `${JSON.stringify({ run: 'run-of-somebody-else', who: 'wang' })}\n4712\n`)
    const done = join(root, 'done')
    const act = { commands: [append(done, 'one')], undo: () => [] }
    for (const script of [commandsScript(run, act), unitScript(run, 'key', act)]) {
      expect((await finished(start(script))).exitCode).toBe(93)
    }
    expect([existsSync(done), existsSync(journalFile)]).toEqual([false, false])
  })

  it('stops at the command that fails, takes back what it did, keeps the exit code', async () => {
    const { root, start, outcomes } = place()
    const done = join(root, 'done')
    const commands = [append(done, 'one'), exit(42), append(done, 'two')]
    const undo = [append(done, 'undo one'), exit(9), append(done, 'undo two')]
    const { exitCode, stderr } = await finished(start(commandsScript(run, { commands, undo: () => undo })))
    expect(exitCode).toBe(42)
    expect(stderr).toBe('oops\n')
    expect(readFileSync(done, 'utf8')).toBe('one\nundo one\nundo two\n')
    // One undo command failed, so nobody may believe that all is as before.
    expect(outcomes()).toEqual(['step-begin', 'step-end failed'])
  })

  it('says undone only when everything was taken back', async () => {
    const { root, start, outcomes } = place()
    const undo = [append(join(root, 'done'), 'undo')]
    const { exitCode } = await finished(start(commandsScript(run, { commands: [exit(42)], undo: () => undo })))
    expect(exitCode).toBe(42)
    expect(outcomes()).toEqual(['step-begin', 'step-end undone'])
  })

  it('that has nothing to take back says that it failed', async () => {
    const { start, outcomes } = place()
    const { exitCode } = await finished(start(commandsScript(run, { commands: [exit(3)], undo: () => [] })))
    expect(exitCode).toBe(3)
    expect(outcomes()).toEqual(['step-begin', 'step-end failed'])
  })

  it('does nothing when its beginning cannot be written down', async () => {
    const { root, start } = place()
    writeFileSync(join(root, 'in-the-way'), '')
    const { runId } = run
    mkdirSync(join(root, 'journal', `${runId}.jsonl`))
    const done = join(root, 'done')
    const { exitCode } = await finished(start(commandsScript(run, { commands: [append(done, 'one')], undo: () => [] })))
    expect(exitCode).toBe(90)
    expect(existsSync(done)).toBe(false)
  })

  it('hands every word over as it is', async () => {
    const { root, start } = place()
    const words = ["it's", '$HOME $(id) `id`', 'two\nlines', '%s\\n', '', '病区', '*', "'; exit 0; '"]
    const file = join(root, 'words')
    const commands = words.map((word) => append(file, word))
    expect((await finished(start(commandsScript(run, { commands, undo: () => [] })))).exitCode).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(words.map((word) => `${word}\n`).join(''))
  })

  it('notes what needs no command in one line', async () => {
    const { start, outcomes } = place()
    for (const note of ['begin', 'done', 'already', 'failed'] as const) {
      expect((await finished(start(noteScript(run, note)))).exitCode).toBe(0)
    }
    expect(outcomes()).toEqual(['step-begin', 'step-end done', 'step-end already', 'step-end failed'])
  })
})

describe('the script of a unit', () => {
  const unit = (commands: Command[], undo: Command[] = []) => unitScript(run, 'load-1', { commands, undo: () => undo })

  it('does its work in a unit, waits for its end and leaves no file of it', async () => {
    const { root, start, outcomes } = place()
    const done = join(root, 'done')
    const { exitCode, stderr } = await finished(start(unit([append(done, '$HOME %h one')])))
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(readFileSync(done, 'utf8')).toBe('$HOME %h one\n')
    expect(outcomes()).toEqual(['step-begin', 'step-end done'])
    expect(readdirSync(join(root, 'units'))).toEqual([])
  })

  it('that fails takes back, and shows what the unit said', async () => {
    const { root, start, outcomes } = place()
    const done = join(root, 'done')
    const { exitCode, stderr } = await finished(start(unit([exit(7)], [append(done, 'undo')])))
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('oops')
    expect(readFileSync(done, 'utf8')).toBe('undo\n')
    expect(outcomes()).toEqual(['step-begin', 'step-end undone'])
  })

  it('goes on without its console, and a second one waits for the same unit', async () => {
    const { root, stubs, start, journalFile, outcomes } = place()
    const [gate, done] = [join(root, 'gate'), join(root, 'done')]
    const wait = command('sh', '-c', 'while [ ! -e "$0" ]; do sleep 0.02; done', gate)
    const script = unit([wait, append(done, 'one')])
    const first = start(script)
    await until(() => existsSync(join(stubs.folder, 'units-started')))
    killGroup(first)
    const second = finished(start(script))
    writeFileSync(gate, '')
    expect((await second).exitCode).toBe(0)
    expect(readFileSync(done, 'utf8')).toBe('one\n')
    expect(readFileSync(join(stubs.folder, 'units-started'), 'utf8').trim().split('\n')).toHaveLength(1)
    expect(existsSync(journalFile)).toBe(true)
    expect(outcomes()).toEqual(['step-begin', 'step-end done'])
  })

  it('can be started again after it failed', async () => {
    const { root, start } = place()
    const [mended, done] = [join(root, 'mended'), join(root, 'done')]
    const script = unit([command('test', '-e', mended), append(done, 'one')])
    expect((await finished(start(script))).exitCode).not.toBe(0)
    writeFileSync(mended, '')
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readFileSync(done, 'utf8')).toBe('one\n')
  })
})

async function until(holds: () => boolean): Promise<void> {
  const began = Date.now()
  while (!holds()) {
    if (Date.now() - began > 5000) throw new Error('it never came about')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
