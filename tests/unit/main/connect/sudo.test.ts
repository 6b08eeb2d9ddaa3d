import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sudoRefusals } from '../../../../main/connect/sudo-refusals.ts'
import { command, Secret } from '../../../../shared/domain/command.ts'
import type { RunOptions } from '../../../../shared/domain/connection.ts'
import {
  connectTo,
  type FakeSsh,
  type FakeSshOptions,
  fakePrograms,
  startFakeSsh,
  willingSudo,
} from '../../../support/fake-ssh-server.ts'
import { fakeSudo, rightPassword } from '../../../support/fake-sudo.ts'

const asRoot: RunOptions = { as: 'root', deadlineSeconds: 20 }
const echo = { name: 'a script', text: 'echo here; echo there >&2; exit 4' }
const worked = { ok: true, value: { exitCode: 4, stdout: 'here\n', stderr: 'there\n', truncated: false } }

function refusedFor(reason: string, detail = '') {
  return {
    ok: false,
    failure: { kind: 'sudo-refused', user: 'ops', reason, detail: expect.stringContaining(detail) },
  }
}

async function serverWith(program: string, options: FakeSshOptions = {}): Promise<FakeSsh> {
  return startFakeSsh({ ...options, programs: fakePrograms({ sudo: program }) })
}

async function linkTo(server: FakeSsh, password = rightPassword, refusals = sudoRefusals()) {
  const connected = await connectTo(server, { sudo: { password: new Secret(password), refusals } })
  if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
  return connected.value
}

describe('sudo that asks for a password (P16)', () => {
  it('gets it once for each root call, and the work gets none of it', async () => {
    const sudo = fakeSudo()
    const server = await serverWith(sudo.program)
    const link = await linkTo(server)
    expect(await link.run(echo, asRoot)).toEqual(worked)
    expect(await link.run(command('cat'), { ...asRoot, stdin: 'data' })).toMatchObject({ value: { stdout: 'data' } })
    expect(sudo.passwords()).toEqual([rightPassword, rightPassword])
    expect(server.lines.join('\n')).not.toContain(rightPassword)
  })

  it('is not asked at all for what the login may do', async () => {
    const sudo = fakeSudo()
    const link = await linkTo(await serverWith(sudo.program))
    expect(await link.run(echo, { ...asRoot, as: 'login' })).toEqual(worked)
    expect(sudo.passwords()).toEqual([])
  })

  it('starts streams as well', async () => {
    const link = await linkTo(await serverWith(fakeSudo().program))
    const stream = await link.stream({ name: 's', text: 'echo 1; echo 2; exit 3' }, asRoot)
    if (!stream.ok) throw new Error(stream.failure.kind)
    let text = ''
    for await (const bytes of stream.value.output) text += Buffer.from(bytes).toString()
    expect([text, await stream.value.ended]).toEqual(['1\n2\n', 3])
  })

  it('that does not ask (NOPASSWD) starts at once, and gets no password', async () => {
    const server = await serverWith(willingSudo)
    const link = await linkTo(server)
    const before = performance.now()
    expect(await link.run({ name: 'all', text: 'cat; echo here' }, asRoot)).toMatchObject({
      value: { stdout: 'here\n', stderr: '' },
    })
    expect(performance.now() - before).toBeLessThan(4000)
  })

  const habits = {
    'with a lecture': { before: "echo 'We trust you have received the usual lecture from the local' >&2" },
    'with messages of PAM': { before: "echo 'Your password will expire in 3 days:' >&2" },
    'with a forged prompt in a banner': { before: "printf '[sudo] password for ops: \\n' >&2" },
    'with an unfinished line before it': { before: "printf 'Password: ' >&2; sleep 0.3" },
    'with a slow PAM': { before: 'sleep 3', after: 'sleep 3' },
    'as sudo-rs does': { prompt: '[sudo: $p] Password: ' },
    'in pieces': { prompt: '', before: 'printf "%s" "${p%????}" >&2; sleep 0.2; printf "%s" "${p#"${p%????}"}" >&2' },
  }
  it.each(Object.entries(habits))('%s: it gets through', async (_name, habit) => {
    const sudo = fakeSudo(habit)
    const link = await linkTo(await serverWith(sudo.program, { noise: 'Welcome to rackside-password-0: \n' }))
    expect(await link.run(echo, asRoot)).toEqual(worked)
    expect(sudo.passwords()).toEqual([rightPassword])
  })

  const strangers = {
    'a code': { before: "printf 'Verification code: ' >&2; read -r code" },
    'a code through sudo-rs': { prompt: '[sudo: $p] Verification code: ' },
    'the password of a forged prompt': { prompt: '[sudo] password for ops: ' },
    'a new password': { after: "printf 'New password: ' >&2; read -r new" },
  }
  it.each(Object.entries(strangers))('is told nothing when something asks for %s', async (name, habit) => {
    const sudo = fakeSudo(habit)
    const link = await linkTo(await serverWith(sudo.program))
    expect(await link.run(echo, asRoot)).toMatchObject(refusedFor('other', 'sudo asks something else'))
    expect(sudo.passwords()).toEqual(name === 'a new password' ? [rightPassword] : [])
  })

  it('an echo of our own line is no prompt (set -x)', async () => {
    const sudo = fakeSudo({
      before: 'printf "+ exec env LC_ALL=C sudo -S -p %s" "$p" >&2; sleep 0.5; echo >&2; sleep 1',
    })
    const link = await linkTo(await serverWith(sudo.program))
    expect(await link.run(echo, asRoot)).toEqual(worked)
    expect(sudo.passwords()).toEqual([rightPassword])
  })

  it('that says nothing is given up before the deadline, and the channel with it', async () => {
    const server = await serverWith(fakeSudo({ before: 'sleep 30' }).program)
    const link = await linkTo(server)
    expect(await link.run(echo, { ...asRoot, deadlineSeconds: 2 })).toMatchObject(refusedFor('other', 'no answer'))
    await expect.poll(() => server.channels().now, { timeout: 3000 }).toBe(0)
  })

  it('that prints long lines of marks of questions holds nobody up', async () => {
    const marks = "head -c 60000 /dev/zero | tr '\\0' '?' >&2; printf x >&2; sleep 0.3; echo >&2"
    const link = await linkTo(await serverWith(fakeSudo({ before: marks }).program))
    const before = performance.now()
    expect(await link.run(echo, asRoot)).toEqual(worked)
    expect(performance.now() - before).toBeLessThan(5000)
  })

  it('that refuses behind pages of words says why all the same', async () => {
    const pages = 'n=0; while [ $n -lt 50 ]; do echo "Rule $n of this hospital: be careful." >&2; n=$((n + 1)); done'
    const sudo = fakeSudo({ before: `${pages}; echo 'ops is not in the sudoers file.' >&2; exit 1` })
    const refused = await (await linkTo(await serverWith(sudo.program))).run(echo, asRoot)
    expect(refused).toMatchObject(refusedFor('not-allowed', '[cut]'))
    expect(JSON.stringify(refused).length).toBeLessThan(1000)
  })

  const refusals = [
    ['sudo: sorry, you must have a tty to run sudo', 'tty-needed'],
    ['ops is not in the sudoers file.', 'not-allowed'],
    ["Sorry, user ops is not allowed to execute '/bin/sh' as root on h.", 'not-allowed'],
  ] as const
  it.each(refusals)('that refuses says why: %s', async (text, reason) => {
    const sudo = fakeSudo({ before: `echo "${text}" >&2; exit 1` })
    expect(await (await linkTo(await serverWith(sudo.program))).run(echo, asRoot)).toMatchObject(
      refusedFor(reason, text),
    )
  })

  it('that is not installed says so', async () => {
    const server = await startFakeSsh({
      onExec: (_line, channel) => {
        channel.stderr.write('env: ‘sudo’: No such file or directory\n')
        channel.exit(127)
        channel.close()
      },
    })
    expect(await (await linkTo(server)).run(echo, asRoot)).toMatchObject(refusedFor('not-installed'))
  })
})

describe('a right password that has to wait for its turn (P16)', () => {
  it('is not sent when too little time is left, and never counts as refused', async () => {
    const sudo = fakeSudo({ after: 'sleep 2.5' })
    const link = await linkTo(await serverWith(sudo.program))
    const hurried = { ...asRoot, deadlineSeconds: 8 }
    const all = await Promise.all(Array.from({ length: 5 }, () => link.run(echo, hurried)))
    const late = { ok: false, failure: { kind: 'deadline-passed', what: 'a script', seconds: 8 } }
    const inTime = all.filter(({ ok }) => ok).length
    expect(inTime).toBeGreaterThan(0)
    expect(all.filter(({ ok }) => !ok)).toEqual(Array(5 - inTime).fill(late))
    expect(inTime).toBeLessThan(5)
    expect(sudo.passwords()).toHaveLength(inTime)
    expect(await link.run(echo, asRoot)).toEqual(worked)
  }, 30_000)

  it('is not sent to a sudo that has gone meanwhile, and does not count as refused', async () => {
    const sudo = fakeSudo({ after: '[ -e "$0.first" ] || { touch "$0.first"; sleep 3; }', gone: 2 })
    const link = await linkTo(await serverWith(sudo.program))
    const [first, second] = await Promise.all([link.run(echo, asRoot), link.run(echo, asRoot)])
    const outcomes = [first, second].map((one) => (one.ok ? 'worked' : one.failure.kind)).sort()
    expect(outcomes).toEqual(['sudo-refused', 'worked'])
    expect(sudo.passwords()).toEqual([rightPassword])
    expect(await link.run(echo, asRoot)).toEqual(worked)
  }, 20_000)
})

describe('a wrong password for sudo (P16, P9)', () => {
  it('is sent once: the second prompt closes the channel, and every later call gets the same answer', async () => {
    const sudo = fakeSudo()
    const server = await serverWith(sudo.program)
    const link = await linkTo(server, 'CANARY-wrong')
    const first = await link.run(echo, asRoot)
    expect(first).toMatchObject(refusedFor('password-wrong'))
    const lines = server.lines.length
    expect(await link.run(echo, asRoot)).toEqual(first)
    expect(await link.stream(echo, asRoot)).toEqual(first)
    expect(sudo.passwords()).toEqual(['CANARY-wrong'])
    expect(server.lines).toHaveLength(lines)
    expect(JSON.stringify(first)).not.toContain('CANARY')
  })

  it('is sent once by eight calls at the same time', async () => {
    const sudo = fakeSudo({ before: 'sleep 0.2' })
    const link = await linkTo(await serverWith(sudo.program), 'CANARY-wrong')
    const all = await Promise.all(Array.from({ length: 8 }, () => link.run(echo, asRoot)))
    for (const one of all) expect(one).toMatchObject(refusedFor('password-wrong'))
    expect(sudo.passwords()).toEqual(['CANARY-wrong'])
  })

  it('is not sent again after a reconnect, until a person acts; another password is another attempt', async () => {
    const sudo = fakeSudo()
    const server = await serverWith(sudo.program)
    const refusals = sudoRefusals()
    const ask = async (password: string) => (await linkTo(server, password, refusals)).run(echo, asRoot)
    expect(await ask('CANARY-wrong')).toMatchObject(refusedFor('password-wrong'))
    expect(await ask('CANARY-wrong')).toMatchObject(refusedFor('password-wrong'))
    expect(sudo.passwords()).toEqual(['CANARY-wrong'])
    expect(await ask(rightPassword)).toEqual(worked)
    refusals.forget(server.address)
    expect(await ask('CANARY-wrong')).toMatchObject(refusedFor('password-wrong'))
    expect(sudo.passwords()).toEqual(['CANARY-wrong', rightPassword, 'CANARY-wrong'])
  })

  it('is known from sudo that lets nobody try twice', async () => {
    const sudo = fakeSudo({ tries: 1 })
    const link = await linkTo(await serverWith(sudo.program), 'CANARY-wrong')
    expect(await link.run(echo, asRoot)).toMatchObject(refusedFor('password-wrong'))
    expect(await link.run(echo, asRoot)).toMatchObject(refusedFor('password-wrong'))
    expect(sudo.passwords()).toHaveLength(1)
  })

  it('and one that was never answered are not told apart: it is not sent again', async () => {
    const sudo = fakeSudo({ after: 'sleep 30' })
    const link = await linkTo(await serverWith(sudo.program))
    expect(await link.run(echo, { ...asRoot, deadlineSeconds: 2 })).toMatchObject(refusedFor('other', 'no answer'))
    expect(await link.run(echo, asRoot)).toMatchObject(refusedFor('other', 'no answer'))
    expect(sudo.passwords()).toEqual([rightPassword])
  })

  it('does not appear in evidence, whoever repeats it', async () => {
    const sudo = fakeSudo({ after: 'echo "you said $t CANARY-sudo-7f3a" >&2; exit 1' })
    const link = await linkTo(await serverWith(sudo.program))
    const outcome = await link.run(echo, asRoot)
    expect(outcome.ok).toBe(false)
    expect(JSON.stringify(outcome)).toContain('you said 0 [secret]')
  })
})

describe('a password for sudo on the appliance (P11)', () => {
  it('is in no command line and no environment while root works', async () => {
    const link = await linkTo(await serverWith(fakeSudo({ before: 'sleep 0.3', after: 'sleep 0.3' }).program))
    let seen = 0
    let found = ''
    let going = true
    const watch = async () => {
      while (going) {
        for (const text of processTexts()) {
          seen += text.includes('rackside-password-') ? 1 : 0
          if (text.includes(rightPassword) && !text.includes('vitest')) found = text
        }
        await sleep(10)
      }
    }
    const watching = watch()
    expect(await link.run({ name: 'work', text: 'sleep 0.5; echo here; echo there >&2; exit 4' }, asRoot)).toEqual(
      worked,
    )
    going = false
    await watching
    expect(found).toBe('')
    expect(seen).toBeGreaterThan(0)
  })
})

function processTexts(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => textOf(`/proc/${pid}/${file}`)))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
