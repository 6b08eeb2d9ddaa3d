// The generated scripts in a real shell: what is on disk before and after each command, and what is left when
// one fails or the console is gone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalScript } from '../../../../main/apply/journal.ts'
import { commandsScript, noteScript, unitScript } from '../../../../main/apply/step-script.ts'
import { command } from '../../../../shared/domain/command.ts'
import { journalRecord } from '../../../../shared/domain/run.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { append, exit, run, scriptPlace } from '../../../support/script-place.ts'
import { finished } from '../../../support/shell-appliance.ts'

describe('the script of a step', () => {
  it('writes that it begins, does it, writes that it is done', async () => {
    const { root, start, journal } = scriptPlace()
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
    const { root, lock, start, journalFile } = scriptPlace()
    writeFileSync(lock, `${JSON.stringify({ run: 'run-of-somebody-else', who: 'wang' })}\n4712\n`)
    const done = join(root, 'done')
    const act = { commands: [append(done, 'one')], undo: () => [] }
    for (const script of [commandsScript(run, act), unitScript(run, 'key', act)]) {
      expect((await finished(start(script))).exitCode).toBe(93)
    }
    expect([existsSync(done), existsSync(journalFile)]).toEqual([false, false])
  })

  it('stops at the command that fails, takes back what it did, keeps the exit code', async () => {
    const { root, start, outcomes } = scriptPlace()
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

  it('says what undoing it must have heard, and nothing else that undoing says', async () => {
    const { start } = scriptPlace()
    const loud = command('sh', '-c', 'echo noise >&2; echo the data are not back >&8; exit 1', 'sh')
    for (const undo of [
      loud,
      command('sh', '-c', '( : >&8 ) && exec 2>&8; echo the data are not back >&2; false', 'sh'),
    ]) {
      const act = { commands: [exit(42)], undo: () => [undo] }
      const { exitCode, stderr } = await finished(start(commandsScript(run, act)))
      expect([exitCode, stderr]).toEqual([42, 'oops\nthe data are not back\n'])
    }
  })

  it('says undone only when everything was taken back', async () => {
    const { root, start, outcomes } = scriptPlace()
    const undo = [append(join(root, 'done'), 'undo')]
    const { exitCode } = await finished(start(commandsScript(run, { commands: [exit(42)], undo: () => undo })))
    expect(exitCode).toBe(94)
    expect(outcomes()).toEqual(['step-begin', 'step-end undone'])
  })

  it('that has nothing to take back says that it failed', async () => {
    const { start, outcomes } = scriptPlace()
    const { exitCode } = await finished(start(commandsScript(run, { commands: [exit(3)], undo: () => [] })))
    expect(exitCode).toBe(3)
    expect(outcomes()).toEqual(['step-begin', 'step-end failed'])
  })

  it('does nothing when its beginning cannot be written down', async () => {
    const { root, start } = scriptPlace()
    writeFileSync(join(root, 'in-the-way'), '')
    const { runId } = run
    mkdirSync(join(root, 'journal', `${runId}.jsonl`))
    const done = join(root, 'done')
    const { exitCode } = await finished(start(commandsScript(run, { commands: [append(done, 'one')], undo: () => [] })))
    expect(exitCode).toBe(90)
    expect(existsSync(done)).toBe(false)
  })

  it('hands every word over as it is', async () => {
    const { root, start } = scriptPlace()
    const words = ["it's", '$HOME $(id) `id`', 'two\nlines', '%s\\n', '', '病区', '*', "'; exit 0; '"]
    const file = join(root, 'words')
    const commands = words.map((word) => append(file, word))
    expect((await finished(start(commandsScript(run, { commands, undo: () => [] })))).exitCode).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(words.map((word) => `${word}\n`).join(''))
  })

  it("keeps the words of its own texts out of everybody else's sight", async () => {
    const { root, start } = scriptPlace()
    const seen = join(root, 'seen')
    // Processes that were started with it, but for the shell of this test, which got the whole script.
    const look = [
      'for file in /proc/[0-9]*/cmdline; do',
      '  words=$(tr "\\0" " " <"$file") 2>/dev/null',
      '  case $words in *step-en[d]*) ;; *pass-471[1]*) echo "$file" ;; esac',
      'done >"$1" 2>/dev/null',
      ':',
    ].join('\n')
    const hidden = command('sh', '-c', look, 'sh', seen, 'pass-4711')
    expect((await finished(start(commandsScript(run, { commands: [hidden], undo: () => [] })))).exitCode).toBe(0)
    expect(readFileSync(seen, 'utf8')).toBe('')
    const shown = command('sh', '-c', look, 'another', seen, 'pass-4711')
    await finished(start(commandsScript(run, { commands: [shown], undo: () => [] })))
    expect(readFileSync(seen, 'utf8')).toContain('/cmdline')
  })

  it('gives a container its environment where nobody else reads it', async () => {
    const { root, stubs, start } = scriptPlace()
    const seen = join(root, 'seen')
    // Its words, what stands on its standard input, and one variable that it was given itself.
    const look = 'printf "%s\\n" "$@" | tr "\\n" "~"; cat /dev/stdin; printenv LINES || :'
    writeFileSync(join(stubs.folder, 'docker'), `#!/bin/sh\n{ ${look}; } >>'${seen}'\n`)
    const image = `sha256:${'4'.repeat(64)}`
    const odd = `TOKEN= it's "$HOME" \\n #=%s 病区 `
    const own = [image, '--env', 'OWN=1']
    const make = command('docker', 'create', '--env', odd, '--env', 'PATH=/nowhere', '--name', 'x', ...own)
    const lines = command('docker', 'run', '--env', 'LINES=a\nb', '--env', 'HOME=', ...own)
    const script = commandsScript(run, { commands: [make, lines], undo: () => [] })
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readFileSync(seen, 'utf8')).toBe(
      [
        `create~--env-file~/dev/stdin~--name~x~${own.join('~')}~${odd}\nPATH=/nowhere\n`,
        `run~--env~LINES~--env-file~/dev/stdin~${own.join('~')}~HOME=\na\nb\n`,
      ].join(''),
    )
  })

  it('leaves a line that was cut short a line of its own', async () => {
    const { start, journalFile } = scriptPlace()
    writeFileSync(journalFile, '{"record":"step-beg')
    expect((await finished(start(noteScript(run, 'done')))).exitCode).toBe(0)
    expect((await finished(start(noteScript(run, 'done')))).exitCode).toBe(0)
    const lines = readFileSync(journalFile, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, 19))).toEqual([
      '{"record":"step-beg',
      '{"record":"step-end',
      '{"record":"step-end',
    ])
  })

  it('notes what needs no command in one line', async () => {
    const { start, outcomes } = scriptPlace()
    for (const note of ['begin', 'done', 'already', 'failed'] as const) {
      expect((await finished(start(noteScript(run, note)))).exitCode).toBe(0)
    }
    expect(outcomes()).toEqual(['step-begin', 'step-end done', 'step-end already', 'step-end failed'])
  })

  it('calls a shell for the file of a script, whatever words come behind it', async () => {
    const { root, start } = scriptPlace()
    const [file, said] = [join(root, 'file'), join(root, 'said')]
    writeFileSync(file, 'echo "$0 $*" >>"$3"')
    const commands = [command('sh', file, 'exit 7', 'sh', said), command('sh', file, 'exit 7', 'other', said)]
    expect((await finished(start(commandsScript(run, { commands, undo: () => [] })))).exitCode).toBe(0)
    expect(readFileSync(said, 'utf8')).toBe(`${file} exit 7 sh ${said}\n${file} exit 7 other ${said}\n`)
  })

  it('says in its head what it does, and how each of its commands is undone', () => {
    const commands = [command('one', 'a b'), command('two')]
    const undo = (at: number) => [command('undo', String(at))]
    const words = { commands: [['one', 'a b'], ['two']], undo: [[['undo', '0']], [['undo', '1']]] }
    const head = { block: 'step', run: run.runId, step: run.step, ...words }
    expect(readScriptHead(commandsScript(run, { commands, undo }).text)).toEqual(head)
    expect(readScriptHead(unitScript(run, 'load-1', { commands, undo }).text)).toEqual({ ...head, unit: 'load-1' })
  })
})

describe('a record of the journal', () => {
  const begin = { record: 'run-begin', run: run.runId, plan: 'plan-1', planDigest: 'x', who: "o'hara" } as const

  it('says in its head what it is, and whether the run has ended in order', () => {
    const heads = [noteScript(run, 'begin'), journalScript('x', begin, true)].map(({ text }) => readScriptHead(text))
    const step = { record: 'step-begin', run: run.runId, step: run.step }
    expect(heads).toEqual([
      { block: 'journal', entry: step, clearsLock: false },
      { block: 'journal', entry: begin, clearsLock: true },
    ])
    expect(noteScript(run, 'begin').name).toBe(`journal of ${run.step}`)
  })

  it('names the run that begins as the newest, and no other record does', async () => {
    const { root, lock, start } = scriptPlace()
    const newest = join(root, 'journal', 'newest')
    expect((await finished(start(noteScript(run, 'begin')))).exitCode).toBe(0)
    expect(existsSync(newest)).toBe(false)
    expect((await finished(start(journalScript('x', begin)))).exitCode).toBe(0)
    expect(readFileSync(newest, 'utf8')).toBe(`${run.runId}\n`)
    const held = readFileSync(lock, 'utf8')
    expect((await finished(start(journalScript('x', { ...begin, run: 'run-other' })))).exitCode).toBe(0)
    expect([readFileSync(newest, 'utf8'), readFileSync(lock, 'utf8')]).toEqual(['run-other\n', held])
  })
})
