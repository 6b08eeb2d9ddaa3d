// Units in real shells, by systemd (pretended) and where there is none: the work goes on without whoever waits for it,
// is found again, and says how it ended.
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { unitScript } from '../../../../main/apply/step-script.ts'
import { type Command, command } from '../../../../shared/domain/command.ts'
import { realShells } from '../../../support/real-shells.ts'
import {
  append,
  exit,
  run,
  type Surroundings,
  scriptPlace,
  untilWritten,
  waitFor,
} from '../../../support/script-place.ts'
import { finished, killGroup } from '../../../support/shell-appliance.ts'

const unit = (commands: Command[], undo: Command[] = []) => unitScript(run, 'load-1', { commands, undo: () => undo })
const detached = realShells.map((shell): [string, Surroundings] => [
  `without systemd, in ${shell.join(' ')}`,
  { systemd: false, shell },
])

describe.each([['by systemd', { systemd: true }] as [string, Surroundings], ...detached])('a unit %s', (_, where) => {
  it('does its work, is waited for, and leaves no file of it', async () => {
    const { root, start, outcomes } = scriptPlace(where)
    const done = join(root, 'done')
    const { exitCode, stderr } = await finished(start(unit([append(done, '$HOME %h one')])))
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(readFileSync(done, 'utf8')).toBe('$HOME %h one\n')
    expect(outcomes()).toEqual(['step-begin', 'step-end done'])
    expect(readdirSync(join(root, 'units'))).toEqual([])
  })

  it('that fails takes back, and shows what it said', async () => {
    const { root, start, outcomes } = scriptPlace(where)
    const done = join(root, 'done')
    const { exitCode, stderr } = await finished(start(unit([exit(7)], [append(done, 'undo')])))
    expect([exitCode, stderr]).toEqual([94, 'oops\n'])
    expect(readFileSync(done, 'utf8')).toBe('undo\n')
    expect(outcomes()).toEqual(['step-begin', 'step-end undone'])
  })

  it('goes on without its console, and a second one waits for the same', async () => {
    const { root, start, outcomes } = scriptPlace(where)
    const [begun, gate, done] = [join(root, 'begun'), join(root, 'gate'), join(root, 'done')]
    const script = unit([append(begun, 'begun'), waitFor(gate), append(done, 'one')])
    const first = start(script)
    await untilWritten(begun)
    await killed(first)
    const second = start(script)
    const ended = finished(second)
    await untilWaiting(second)
    expect(existsSync(done)).toBe(false)
    writeFileSync(gate, '')
    expect((await ended).exitCode).toBe(0)
    expect(readFileSync(begun, 'utf8') + readFileSync(done, 'utf8')).toBe('begun\none\n')
    expect(outcomes()).toEqual(['step-begin', 'step-end done'])
  })

  it('that fails without its console is told to the second one', async () => {
    const { root, start, outcomes } = scriptPlace(where)
    const [begun, gate] = [join(root, 'begun'), join(root, 'gate')]
    const script = unit([append(begun, 'begun'), waitFor(gate), exit(7)])
    const first = start(script)
    await untilWritten(begun)
    await killed(first)
    const second = finished(start(script))
    // Time to find the unit that is still at work: whoever comes later begins anew.
    await sleep(700)
    writeFileSync(gate, '')
    expect(await second).toMatchObject({ exitCode: 1, stderr: 'oops\n' })
    expect(outcomes()).toEqual(['step-begin', 'step-end failed'])
  })

  it('can be started again after it failed', async () => {
    const { root, start } = scriptPlace(where)
    const [mended, done] = [join(root, 'mended'), join(root, 'done')]
    const script = unit([command('test', '-e', mended), append(done, 'one')])
    expect((await finished(start(script))).exitCode).toBe(1)
    writeFileSync(mended, '')
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readFileSync(done, 'utf8')).toBe('one\n')
  })
})

describe.each(detached)('a unit %s', (_, where) => {
  it('leaves what root alone reads, and works with the mask and in the folder of a service', async () => {
    const { root, start, unitRecords } = scriptPlace(where)
    const look = command('sh', '-c', 'echo said; pwd >"$0"; umask >>"$0"', join(root, 'seen'))
    expect((await finished(start(unit([look])))).exitCode).toBe(0)
    expect(readFileSync(join(root, 'seen'), 'utf8')).toBe('/\n0022\n')
    const files = ['', 'rackside-load-1.service.log', 'rackside-load-1.service.pid'].map((f) => join(unitRecords, f))
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o700, 0o600, 0o600])
    expect(readFileSync(files[1] ?? '', 'utf8')).toBe('said\n')
    expect(readFileSync(files[2] ?? '', 'utf8')).toMatch(/^\d+\nended 0\n$/)
  })

  it('has a name of what a name of systemd may have', async () => {
    const { start, unitRecords } = scriptPlace(where)
    const script = unitScript(run, 'load:1/x 2', { commands: [command('true')], undo: () => [] })
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readdirSync(unitRecords).sort()).toEqual(['log', 'pid'].map((end) => `rackside-load-1-x-2.service.${end}`))
  })

  it('is no process that happens to have its number, after a power cut', async () => {
    const { root, start, unitRecords } = scriptPlace(where)
    mkdirSync(unitRecords, { recursive: true })
    writeFileSync(join(unitRecords, 'rackside-load-1.service.pid'), `${process.pid}\n`)
    const done = join(root, 'done')
    expect((await finished(start(unit([append(done, 'one')])))).exitCode).toBe(0)
    expect(readFileSync(done, 'utf8')).toBe('one\n')
  })

  it('that is killed has failed, with what it had said, and can be started again', async () => {
    const { root, start, unitRecords } = scriptPlace(where)
    const [begun, gate] = [join(root, 'begun'), join(root, 'gate')]
    const script = unit([command('echo', 'as far as this'), append(begun, 'begun'), waitFor(gate)])
    const waiting = finished(start(script))
    await untilWritten(begun)
    process.kill(
      -Number.parseInt(readFileSync(join(unitRecords, 'rackside-load-1.service.pid'), 'utf8'), 10),
      'SIGKILL',
    )
    expect(await waiting).toMatchObject({ exitCode: 1, stderr: 'as far as this\n' })
    writeFileSync(gate, '')
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readFileSync(begun, 'utf8')).toBe('begun\nbegun\n')
  })

  it('has ended when its work has, whatever the work left running', async () => {
    const { root, start } = scriptPlace(where)
    const left = command('sh', '-c', 'setsid /bin/sleep 60 >/dev/null 2>&1 & echo $! >"$0"', join(root, 'left'))
    expect((await finished(start(unit([left])))).exitCode).toBe(0)
    process.kill(Number(readFileSync(join(root, 'left'), 'utf8')), 'SIGKILL')
  })
})

describe('a server with systemd and no systemd-run', () => {
  it('has its work done all the same', async () => {
    const { root, start, unitRecords } = scriptPlace()
    const { name, text } = unit([append(join(root, 'done'), 'one')])
    const script = { name, text: text.replaceAll('systemd-run', 'systemd-run-is-not-installed') }
    expect((await finished(start(script))).exitCode).toBe(0)
    expect(readdirSync(unitRecords)).toHaveLength(2)
  })
})

function killed(child: ChildProcess): Promise<unknown> {
  const gone = finished(child)
  killGroup(child)
  return gone
}

/**
 * It has found the unit at work, and waits for its end: for the lock of its file, or for the next time it asks systemd. A
 * process that was only just forked still has the words of its shell, and with them every word of the script.
 */
async function untilWaiting({ pid = 0 }: ChildProcess): Promise<void> {
  while (!wordsBelow(pid).some((words) => /^(?:\S*\/)?(?:flock -s|sleep 0\.0?1)\b/.test(words))) await sleep(5)
}

/** Of all processes that it started and these started. */
function wordsBelow(parent: number): string[] {
  const children = read(`/proc/${parent}/task/${parent}/children`).trim().split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [read(`/proc/${child}/cmdline`).replaceAll('\0', ' '), ...wordsBelow(child)])
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}
