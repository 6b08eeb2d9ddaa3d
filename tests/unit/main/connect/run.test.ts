import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import type { RunOptions } from '../../../../shared/domain/connection.ts'
import { connectionTo, fakePrograms, willingSudo } from '../../../support/fake-ssh-server.ts'

const asLogin: RunOptions = { as: 'login', deadlineSeconds: 8 }
const asRoot: RunOptions = { as: 'root', deadlineSeconds: 8 }

function script(text: string) {
  return { name: 'a script', text }
}

describe('a run', () => {
  it('gives the exit code and both outputs of commands and scripts', async () => {
    const { link } = await connectionTo()
    expect(await link.run(command('printf', '%s|', "it's", '$HOME', '中文', ''), asLogin)).toEqual({
      ok: true,
      value: { exitCode: 0, stdout: "it's|$HOME|中文||", stderr: '', truncated: false },
    })
    expect(await link.run(script('echo out\necho err >&2\nexit 7'), asLogin)).toMatchObject({
      value: { exitCode: 7, stdout: 'out\n', stderr: 'err\n' },
    })
  })

  it('asks the server for a line that shows nothing of the work', async () => {
    const { server, link } = await connectionTo({ programs: fakePrograms({ sudo: willingSudo }) })
    await link.run(command('echo', 'confidential'), { ...asRoot, stdin: 'confidential' })
    expect(server.lines).toHaveLength(1)
    expect(server.lines.join()).not.toContain('confidential')
  })

  it('throws away what rc files and banners print before the work', async () => {
    const { link } = await connectionTo({ noise: 'Welcome!\nrackside-start of nothing\n' })
    expect(await link.run(script('echo yes; echo no >&2'), asLogin)).toMatchObject({
      value: { stdout: 'yes\n', stderr: 'no\n' },
    })
  })

  it('brings stdin over, byte for byte, also when the work reads it late or never', async () => {
    const { link } = await connectionTo()
    const stdin = randomBytes(1_500_000)
    const hash = createHash('sha256').update(stdin).digest('hex')
    expect(await link.run(script('sleep 0.2; sha256sum'), { ...asLogin, stdin })).toMatchObject({
      value: { exitCode: 0, stdout: `${hash}  -\n` },
    })
    expect(await link.run(script('echo ignored'), { ...asLogin, stdin })).toMatchObject({
      value: { exitCode: 0, stdout: 'ignored\n', stderr: '' },
    })
  })

  it('keeps a flood within its limit and says so', async () => {
    const { link } = await connectionTo()
    const outcome = await link.run(script('head -c 30000000 /dev/zero; echo end >&2'), {
      ...asLogin,
      outputLimitBytes: 1000,
    })
    expect(outcome).toMatchObject({ ok: true, value: { exitCode: 0, stderr: 'end\n', truncated: true } })
    expect(outcome.ok && outcome.value.stdout.length).toBe(1000)
  })

  it('is over at its deadline, and so is the remote process', async () => {
    const { server, link } = await connectionTo()
    expect(await link.run(command('sleep', '30'), { ...asLogin, deadlineSeconds: 0.5 })).toEqual({
      ok: false,
      failure: { kind: 'deadline-passed', what: 'sleep', seconds: 0.5 },
    })
    await expect.poll(() => server.channels().now, { timeout: 3000 }).toBe(0)
  })

  it('is over when its caller has had enough, and so is the remote process', async () => {
    const { server, link } = await connectionTo()
    const stopped = new Promise<void>((resolve) => setTimeout(resolve, 500))
    expect(await link.run(command('sleep', '30'), { ...asLogin, deadlineSeconds: 20, stopped })).toEqual({
      ok: false,
      failure: { kind: 'cancelled', at: 'sleep' },
    })
    await expect.poll(() => server.channels().now, { timeout: 3000 }).toBe(0)
  })

  it('reports a work that was killed from outside as a shell would', async () => {
    const { link } = await connectionTo({
      onExec: (_line, channel) => {
        channel.once('data', (opening: Buffer) => {
          const marker = /rackside-start [0-9a-f-]+/.exec(opening.toString())?.[0]
          channel.write(`${marker}\n`)
          channel.exit('TERM', false, '')
          channel.close()
        })
      },
    })
    expect(await link.run(command('true'), asLogin)).toMatchObject({ value: { exitCode: 143 } })
  })

  it('does not wait for a leftover that holds the outputs open', async () => {
    const { link } = await connectionTo()
    const before = performance.now()
    expect(await link.run(script('setsid sleep 4 & echo done'), asLogin)).toMatchObject({ value: { stdout: 'done\n' } })
    expect(performance.now() - before).toBeLessThan(3000)
  })
})

describe('channels', () => {
  it('are never more than eight; the rest wait their turn', async () => {
    const { server, link } = await connectionTo({ sessionLimit: 50 })
    const runs = Array.from({ length: 20 }, (_, index) => link.run(script(`sleep 0.1; echo ${index}`), asLogin))
    const outputs = (await Promise.all(runs)).map((outcome) => outcome.ok && outcome.value.stdout)
    expect(outputs).toEqual(runs.map((_, index) => `${index}\n`))
    expect(server.channels().most).toBe(8)
  })

  it('are asked for again where sshd allows fewer', async () => {
    const { server, link } = await connectionTo({ sessionLimit: 2 })
    const runs = Array.from({ length: 5 }, () => link.run(script('sleep 0.1'), asLogin))
    expect((await Promise.all(runs)).every((outcome) => outcome.ok)).toBe(true)
    expect([server.channels().most, server.links.most]).toEqual([2, 1])
  })

  it('that never come free do not outlast the deadline of who waits for one', async () => {
    const { link } = await connectionTo()
    for (let held = 0; held < 8; held += 1) await link.stream(command('sleep', '30'), asLogin)
    expect(await link.run(command('true'), { ...asLogin, deadlineSeconds: 0.3 })).toMatchObject({
      failure: { kind: 'deadline-passed', seconds: 0.3 },
    })
  })
})

describe('a work that cannot start', () => {
  const sudoSays = [
    ['sudo: a password is required', 1, 'password-needed'],
    ['sudo: a terminal is required to read the password', 1, 'password-needed'],
    ['sudo: interactive authentication is required', 1, 'password-needed'],
    ['ops is not in the sudoers file.', 1, 'not-allowed'],
    ["Sorry, user ops is not allowed to execute '/bin/sh -c x' as root on h.", 1, 'not-allowed'],
    ["sudo: I'm sorry ops. I'm afraid I can't do that", 1, 'not-allowed'],
    ['env: ‘sudo’: No such file or directory', 127, 'not-installed'],
    ['env: "sudo": 没有那个文件或目录', 127, 'not-installed'],
    ['sudo: sorry, you must have a tty to run sudo', 1, 'tty-needed'],
    ['sudo: error in event loop', 1, 'other'],
  ] as const
  it.each(sudoSays)('because of sudo: %s', async (text, exitCode, reason) => {
    const { link } = await connectionTo({
      onExec: (_line, channel) => {
        channel.stderr.write(`We trust you have received the usual lecture.\n${text}\n`)
        channel.exit(exitCode)
        channel.close()
      },
    })
    expect(await link.run(command('true'), asRoot)).toMatchObject({
      ok: false,
      failure: { kind: 'sudo-refused', user: 'ops', reason, detail: expect.stringContaining(text) },
    })
  })

  it('because the account has no shell', async () => {
    const { link } = await connectionTo({
      onExec: (_line, channel) => {
        channel.write('This account is currently not available.\n')
        channel.exit(1)
        channel.close()
      },
    })
    expect(await link.run(command('true'), asLogin)).toEqual({
      ok: false,
      failure: { kind: 'shell-unusable', detail: 'exit 1: This account is currently not available.' },
    })
  })
})

describe('a stream', () => {
  it('gives the output as it comes and the exit code', async () => {
    const { link } = await connectionTo()
    const stream = await link.stream(script('for i in 1 2 3; do echo $i; sleep 0.05; done; exit 9'), asLogin)
    if (!stream.ok) throw new Error('no stream')
    let text = ''
    for await (const bytes of stream.value.output) text += Buffer.from(bytes).toString()
    expect([text, await stream.value.ended]).toEqual(['1\n2\n3\n', 9])
  })

  it('holds the remote process back when nobody reads, and loses nothing', async () => {
    const { link } = await connectionTo()
    const stream = await link.stream(script('head -c 20000000 /dev/zero; exit 4'), asLogin)
    if (!stream.ok) throw new Error('no stream')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    let count = 0
    for await (const bytes of stream.value.output) count += bytes.byteLength
    expect([count, await stream.value.ended]).toEqual([20_000_000, 4])
  })

  it('ends with its reader', async () => {
    const { server, link } = await connectionTo()
    const stream = await link.stream(command('yes'), asLogin)
    if (!stream.ok) throw new Error('no stream')
    for await (const bytes of stream.value.output) if (bytes.byteLength > 0) break
    await expect.poll(() => server.channels().now, { timeout: 3000 }).toBe(0)
  })
})
