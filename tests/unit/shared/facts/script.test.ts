// The facts script in real shells, with tools that do everything a vendor tool has been seen to do.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { answerText, filesGroup, type Probe, toolProbe } from '../../../../shared/facts/probe.ts'
import { factsScript } from '../../../../shared/facts/script.ts'
import { installed, makePlace, nonce, type Place, type Ran, shells, startScript } from './shells.ts'

const plain = (id: string, shell: string): Probe => ({ id, shell, deadlineSeconds: 3 })
const probes: readonly Probe[] = [
  plain('simple', "printf 'two\\nlines'; echo oops >&2; exit 3"),
  toolProbe('hang', command('fake-hang'), 1),
  toolProbe('flood', command('fake-flood'), 3),
  toolProbe('garbage', command('fake-garbage'), 3),
  toolProbe('not-there', command('fake-that-is-nowhere'), 3),
  toolProbe('words', command('fake-words', "it's", 'a b', '$HOME'), 3),
  plain('stdin', 'cat'),
  { ...plain('wanted', 'echo asked'), when: 'has sh && [ -d / ]' },
  { ...plain('unwanted', 'echo asked'), when: '[ -e /nowhere ]' },
  { ...plain('no-such-vendor', 'echo asked'), when: 'pci 0000' },
]

function addTools(place: Place): void {
  place.addTool('fake-hang', "trap '' TERM HUP INT; echo before; while :; do sleep 0.2; done")
  place.addTool('fake-flood', 'exec head -c 100000000 /dev/zero')
  place.addTool('fake-garbage', "printf '\\377\\376\\000|%s answer hang answered 0 - 0 0 0 0|\\n' anothernonce12345678")
  place.addTool('fake-words', 'printf "<%s>" "$@"')
}

/** Start time of a process: field 22 of /proc/pid/stat. */
function startTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19] ?? ''
}

function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

const known = (value: unknown) => ({ state: 'known', value })

type Runs = { readonly place: Place; readonly ran: Ran; readonly bare: Place; readonly slow: Ran }
const runs = new Map<string, Runs>()

/** One run with everything, and one on a machine without timeout and with a sleep of whole seconds. */
async function runBoth(shell: readonly [string, ...string[]]): Promise<Runs> {
  const [place, bare] = [makePlace(), makePlace()]
  for (const one of [place, bare]) addTools(one)
  bare.addTool('timeout', 'exit 1')
  bare.addTool('sleep', 'case $1 in *.*) exit 1 ;; esac; exec /bin/sleep "$1"')
  const both = [startScript(shell, probes, place).ended, startScript(shell, probes.slice(0, 2), bare, 3).ended] as const
  return { place, bare, ran: await both[0], slow: await both[1] }
}

// All shells at once: the runs mostly wait for a tool that hangs.
beforeAll(async () => {
  const here = shells.filter((shell) => installed(shell[0]))
  await Promise.all(here.map(async (shell) => runs.set(shell.join(' '), await runBoth(shell))))
}, 30_000)

afterAll(() => {
  for (const { place, bare } of runs.values()) {
    place.remove()
    bare.remove()
  }
})

/** The runs of a shell; skips the test where the shell is not installed. */
function runsOf(context: TestContext, name: string): Runs {
  const found = runs.get(name)
  if (found === undefined) return context.skip(`${name} is not installed`)
  return found
}

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('in %s', (name, shell) => {
  it('answers every probe in frames and ends within the deadline', (context) => {
    const { ran } = runsOf(context, name)
    expect(ran.exitCode).toBe(0)
    expect(ran.seconds).toBeLessThan(5 + 2)
    expect([...ran.answers.keys()]).toEqual(probes.map((probe) => probe.id))
    expect(ran.answers.get('simple')).toMatchObject({
      exitCode: known(3),
      stdout: 'two\nlines',
      stderr: 'oops\n',
      state: 'answered',
    })
    expect(ran.answers.get('words')?.stdout).toBe("<it's><a b><$HOME>")
    expect(ran.answers.get('stdin')).toMatchObject({ exitCode: known(0), stdout: '' })
  })

  it('ends a tool that ignores TERM, and says that it timed out', (context) => {
    const { ran } = runsOf(context, name)
    expect(ran.answers.get('hang')).toMatchObject({ state: 'timed-out', stdout: 'before\n' })
    expect(answerText(ran.answers, 'hang')).toMatchObject({ state: 'unreadable' })
  })

  it('bounds a flood, passes garbage through, and tells a missing tool from a failing one', (context) => {
    const { ran } = runsOf(context, name)
    expect(ran.answers.get('flood')?.damage).toContain('too long')
    expect(ran.stdout.length).toBeLessThan(600 * 1024)
    expect(ran.answers.get('garbage')?.stdout).toContain('anothernonce12345678 answer hang')
    expect(ran.answers.get('garbage')?.damage).toBeUndefined()
    expect(ran.answers.get('not-there')).toMatchObject({ state: 'missing' })
  })

  it('asks only where there is something to ask', (context) => {
    const { ran } = runsOf(context, name)
    expect(ran.answers.get('wanted')?.stdout).toBe('asked\n')
    for (const id of ['unwanted', 'no-such-vendor']) expect(ran.answers.get(id)).toMatchObject({ state: 'missing' })
  })

  it('leaves nothing behind: no file, no record of a tool that has ended', (context) => {
    const { place } = runsOf(context, name)
    expect(place.leftovers()).toEqual([])
    expect(readdirSync(place.records)).toEqual([])
    expect(statSync(place.records).mode & 0o777).toBe(0o700)
  })

  it('does not start a tool again whose earlier process still lives', async (context) => {
    const { place } = runsOf(context, name)
    const since = '2026-11-22T08:01:02Z'
    place.addTool('fake-once', `echo started >>'${place.tools}/starts'`)
    const once = [toolProbe('once', command('fake-once'), 1)]
    writeFileSync(join(place.records, 'once'), `${process.pid} ${startTime(process.pid)} ${since}\n`)
    const hung = await startScript(shell, once, place).ended
    expect(hung.answers.get('once')).toMatchObject({ state: 'still-hung', since: known(since), stdout: '' })
    expect(existsSync(join(place.tools, 'starts'))).toBe(false)
    expect(readdirSync(place.records)).toEqual(['once'])
    // The same pid with another start time is another process: the recorded one has ended.
    writeFileSync(join(place.records, 'once'), `${process.pid} 1 ${since}\n`)
    const again = await startScript(shell, once, place).ended
    expect(again.answers.get('once')).toMatchObject({ state: 'answered', exitCode: known(0) })
    expect(readdirSync(place.records)).toEqual([])
  })

  it('ends at its own deadline where there is no timeout and sleep knows no fractions', (context) => {
    const { slow, bare } = runsOf(context, name)
    expect(slow.seconds).toBeLessThan(3 + 2)
    expect(slow.answers.get('simple')).toMatchObject({ state: 'answered', exitCode: known(3) })
    expect(slow.answers.get('hang')).toMatchObject({ state: 'timed-out', stdout: 'before\n' })
    expect(bare.leftovers()).toEqual([])
  })
})

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('a group in %s', (name, shell) => {
  const group = { id: 'files', opening: 'told=$(echo opened); exec 6<&-', deadlineSeconds: 1 }
  const member = (id: string, text: string): Probe => ({ id, shell: text, deadlineSeconds: 9, group })
  const members = [
    member('told', 'echo "$told"; exit 3'),
    member('sleeps', 'echo before; sleep 30'),
    member('replaced', 'set -- other words; echo "$1"'),
    { ...member('not-wanted', 'echo asked'), when: '[ -e /nowhere ]' },
    member('not-there', 'exit 127'),
    member('no-shell', 'if'),
    member('sees', 'until [ -s "$answers/replaced.done" ]; do sleep 0.05; done; cat "$answers/replaced.out"'),
  ]

  function expectAnswers({ answers }: Ran): void {
    expect([...answers.keys()].sort()).toEqual([...members.map(({ id }) => id), 'other'].sort())
    expect(answers.get('told')).toMatchObject({ state: 'answered', exitCode: known(3), stdout: 'opened\n' })
    expect(answers.get('sleeps')).toMatchObject({ state: 'timed-out', stdout: 'before\n' })
    expect(answers.get('replaced')).toMatchObject({ exitCode: known(0), stdout: 'other\n' })
    for (const id of ['not-wanted', 'not-there']) expect(answers.get(id)).toMatchObject({ state: 'missing' })
    expect(answerText(answers, 'no-shell').state).toBe('unreadable')
    expect(answers.get('sees')?.stdout).toBe('other\n')
    expect(answers.get('other')?.stdout).toBe('other\n')
  }

  it('asks its members side by side in one shell, and one that hangs leaves the others their answers', async (context) => {
    if (!installed(shell[0])) return context.skip(`${name} is not installed`)
    const [place, bare] = [makePlace(), makePlace()]
    // Up to the deadline of all, where there is no timeout.
    bare.addTool('timeout', 'exit 1')
    const asked = [...members, plain('other', 'echo other')]
    const [ran, slow] = [startScript(shell, asked, place).ended, startScript(shell, asked, bare, 3).ended]
    for (const [one, seconds] of [
      [await ran, 1 + 3],
      [await slow, 3 + 3],
    ] as const) {
      expectAnswers(one)
      expect(one.seconds).toBeLessThan(seconds)
    }
    expect([...place.leftovers(), ...bare.leftovers()]).toEqual([])
    place.remove()
    bare.remove()
  })
})

describe('a tool that nobody can end', () => {
  it('is recorded by its own pid, not started again while it lives, and asked again when it has ended', async () => {
    const place = makePlace()
    place.addTool('fake-stuck', "trap '' TERM; while :; do sleep 0.2; done")
    // Like the real one, this `timeout` gives up in the end, and the tool lives on.
    place.addTool('timeout', '[ "$3" = 5 ] && exit 0; shift 3; "$@" & sleep 1; exit 137')
    const stuck = [toolProbe('stuck', command('fake-stuck'), 1)]
    const first = await startScript(['sh'], stuck, place).ended
    const [pid = '', began = '', since = ''] = readFileSync(join(place.records, 'stuck'), 'utf8').trim().split(' ')
    expect(first.answers.get('stuck')).toMatchObject({ state: 'timed-out' })
    expect(lives(Number(pid))).toBe(true)
    expect(began).toBe(startTime(Number(pid)))
    const second = await startScript(['sh'], stuck, place).ended
    expect(second.answers.get('stuck')).toMatchObject({ state: 'still-hung', since: known(since) })
    expect(second.seconds).toBeLessThan(3)
    process.kill(Number(pid), 'SIGKILL')
    place.addTool('fake-stuck', 'echo well again')
    place.addTool('timeout', '[ "$3" = 5 ] && exit 0; shift 3; exec "$@"')
    const third = await startScript(['sh'], stuck, place).ended
    expect(third.answers.get('stuck')).toMatchObject({ state: 'answered', stdout: 'well again\n' })
    expect(readdirSync(place.records)).toEqual([])
    place.remove()
  })

  it('is recorded by its own pid also when the fragment would have gone on after it', async () => {
    const place = makePlace()
    place.addTool('fake-fine', 'echo fine')
    place.addTool('fake-stuck', "trap '' TERM; while :; do sleep 0.2; done")
    place.addTool('timeout', '[ "$3" = 5 ] && exit 0; shift 3; "$@" & sleep 1; exit 137')
    const shell = 'watched fake-fine; watched fake-stuck; exec fake-fine'
    const probe: Probe = { id: 'several', shell, deadlineSeconds: 1, tool: true }
    const first = await startScript(['sh'], [probe], place).ended
    expect(first.answers.get('several')).toMatchObject({ state: 'timed-out', stdout: 'fine\n' })
    const [pid = '', began = '', since = ''] = readFileSync(join(place.records, 'several'), 'utf8').trim().split(' ')
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('fake-stuck')
    expect(began).toBe(startTime(Number(pid)))
    const second = await startScript(['sh'], [probe], place).ended
    expect(second.answers.get('several')).toMatchObject({ state: 'still-hung', since: known(since), stdout: '' })
    process.kill(Number(pid), 'SIGKILL')
    place.remove()
  })

  it('is ended with its folder when the script itself is ended', async () => {
    const place = makePlace()
    addTools(place)
    place.addTool('fake-says-pid', `echo $$ >'${place.tools}/pid'; exec sleep 60`)
    const running = startScript(['sh'], [toolProbe('pid', command('fake-says-pid'), 15)], place, 20)
    const pidFile = join(place.tools, 'pid')
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim()).toMatch(/^\d+$/)
    process.kill(running.pid, 'SIGTERM')
    expect((await running.ended).exitCode).toBe(143)
    await expect.poll(() => lives(Number(readFileSync(pidFile, 'utf8')))).toBe(false)
    expect(place.leftovers()).toEqual([])
    place.remove()
  })
})

it('what a script left that was killed outright is taken away by the next one, and nothing else', async () => {
  const place = makePlace()
  const [dead, alive, other] = [
    `rackside-facts.${await deadPid()}.old`,
    `rackside-facts.${process.pid}`,
    'rackside-facts.x',
  ]
  for (const name of [dead, alive, other]) {
    mkdirSync(join(place.runtime, name))
    writeFileSync(join(place.runtime, name, 'cpu.out'), '')
  }
  await startScript(['sh'], [plain('x', 'echo x')], place).ended
  expect(place.leftovers().sort()).toEqual([alive, other].sort())
  place.remove()
})

/** Of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('factsScript', () => {
  it('says in its first line what it asks', () => {
    const { text } = factsScript(probes, { nonce, privilege: 'root', deadlineSeconds: 18 })
    expect(readScriptHead(text)).toEqual({ block: 'facts', nonce, ids: probes.map((probe) => probe.id) })
    expect(readScriptHead('#!/bin/sh\n')).toBeUndefined()
  })

  it.each([
    ['a nonce that is not plain', [], 'a b; rm -rf /'],
    ['a probe id that is not plain', [plain('x;y', 'true')], nonce],
    ['two probes with one id', [plain('x', 'true'), plain('x', 'true')], nonce],
    [
      'a member of a group whose answer would not end with its shell',
      [{ ...plain('x', 'exec cat y'), group: filesGroup }],
      nonce,
    ],
  ])('throws on %s', (_what, list, word) => {
    expect(() => factsScript(list, { nonce: word, privilege: 'root', deadlineSeconds: 5 })).toThrow()
  })

  it('does nothing when it arrives cut', async () => {
    const place = makePlace()
    const { text } = factsScript(probes, { nonce, privilege: 'login', deadlineSeconds: 5 })
    const cut = {
      id: 'cut',
      shell: `sh -c ${JSON.stringify('exec sh')} <<'CUT'\n${text.slice(0, -20)}\nCUT`,
      deadlineSeconds: 3,
    }
    const ran = await startScript(['sh'], [cut], place).ended
    expect(ran.answers.get('cut')?.stdout).toBe('')
    expect(ran.answers.get('cut')?.exitCode).not.toEqual(known(0))
    place.remove()
  })
})
