// The CLI as a process, without a terminal: what it prints where, how it ends, and that it never waits for an
// answer nobody can give.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../../../../main/terminal/exit-codes.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'
import { type CliOptions, runCli } from '../../../../support/run-cli.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const cli = (line: string, options: Partial<CliOptions> = {}) =>
  runCli(
    line.split(' ').filter((word) => word !== ''),
    { home: temporaryFolder(), ...options },
  )

/** A port of the loopback that was free a moment ago: nobody listens there. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A server that takes connections and never says anything. */
async function connectionsTo(use: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use((server.address() as { port: number }).port)
  } finally {
    server.close()
  }
}

describe('without anything to do', () => {
  it('says its version, and touches no state', async () => {
    const home = temporaryFolder()
    const { code, stdout, stderr } = await cli('--version', { home })
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/), ''])
    expect(readdirSync(home)).toEqual([])
  })

  it('explains itself in the language asked for, or that of the locale', async () => {
    const [plain, asked, locale] = await Promise.all([
      cli('--help'),
      cli('--help --lang zh-CN'),
      cli('', { environment: { LANG: 'zh_CN.UTF-8', LC_ALL: '' } }),
    ])
    expect([plain.code, asked.code, locale.code]).toEqual([0, 0, 0])
    expect(plain.stdout).toMatch(/^rackside: .*Exit codes:/s)
    expect(asked.stdout).toMatch(/^rackside：.*退出码：/s)
    expect(locale.stdout).toBe(asked.stdout)
  })
})

describe('a command that cannot be understood', () => {
  it('ends with 2, says what and what next on standard error, and nothing on standard output', async () => {
    const { code, stdout, stderr } = await cli('destroy ward')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/destroy.*\n.*--help/)
  })

  it('is one line of JSON, the last of standard output, where that was asked for', async () => {
    const { code, stdout, json } = await cli('destroy ward --json --lang zh-CN')
    expect(code).toBe(2)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(json()).toEqual({
      failure: { kind: 'usage', problem: 'unknown-command', word: 'destroy' },
      what: expect.stringMatching(/\p{Script=Han}/u),
      next: expect.stringMatching(/\p{Script=Han}/u),
      exitCode: 2,
    })
  })

  it('with a password in the address shows it nowhere', async () => {
    const { code, stdout, stderr } = await cli('detect ssh://ops:hunter2@host --json')
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain('hunter2')
  })
})

describe('an appliance that is not there', () => {
  it('ends within seconds with its own exit code', async () => {
    const port = await closedPort()
    const key = join(temporaryFolder(), 'key')
    writeFileSync(key, 'not a key', { mode: 0o600 })
    const [password, noKey, badKey] = await Promise.all([
      cli(`detect ssh://ops@127.0.0.1:${port} --password-stdin --json`, { input: 'hunter2\n' }),
      cli(`detect ssh://ops@127.0.0.1:${port} --identity ${key}.missing --json`),
      cli(`detect ssh://ops@127.0.0.1:${port} --identity ${key} --json`),
    ])
    expect(password.code).toBe(exitCodes['host-unreachable'])
    expect(password.json()).toMatchObject({ failure: { host: '127.0.0.1', port, reason: 'refused' }, exitCode: 11 })
    expect(password.seconds).toBeLessThan(8)
    expect(password.stdout + password.stderr).not.toContain('hunter2')
    expect(noKey.json()).toMatchObject({ failure: { kind: 'identity-unusable', reason: 'missing' } })
    expect(badKey.json()).toMatchObject({ failure: { kind: 'identity-unusable', reason: 'not-a-key' } })
  })

  it('that speaks something else than SSH is a failure too', async () => {
    await connectionsTo(async (port) => {
      const { code, json } = await cli(`status ssh://ops@127.0.0.1:${port} --password-stdin --json`, { input: 'x\n' })
      expect(code).toBe(exitCodes['host-unreachable'])
      expect(json()).toMatchObject({ failure: { kind: 'host-unreachable', port } })
    })
  })

  it('by a name that nobody saved says which there are', async () => {
    const { code, json, stderr } = await cli('status ward --json')
    expect([code, json()['failure']]).toEqual([60, { kind: 'appliance-unknown', name: 'ward', known: [] }])
    expect(stderr).toContain('ward')
  })
})

describe('nobody at the keyboard', () => {
  it('is not asked how to log in', async () => {
    const { code, json } = await cli('detect ssh://ops@127.0.0.1:22 --json')
    expect([code, json()]).toEqual([
      2,
      expect.objectContaining({ failure: { kind: 'usage', problem: 'login-needed', word: '127.0.0.1' } }),
    ])
  })

  it('who gives no password has given none', async () => {
    const { code } = await cli('detect ssh://ops@127.0.0.1:22 --password-stdin')
    expect(code).toBe(exitCodes.usage)
    const empty = await cli('detect ssh://ops@127.0.0.1:22 --password-stdin --json', { input: '\nx\n' })
    expect(empty.json()).toMatchObject({ failure: { problem: 'password-empty' }, exitCode: 2 })
  })

  it('who names a descriptor that is not open has made a mistake, not found a bug', async () => {
    const { code, stderr } = await cli('detect ssh://ops@127.0.0.1:22 --password-fd 77')
    expect(code).toBe(2)
    expect(stderr).not.toMatch(/at .*\.mjs|node:/)
  })

  it('cannot approve a setup: without --yes it ends, and with it still needs an appliance', async () => {
    const home = temporaryFolder()
    const bundle = wholeBundle()
    const port = await closedPort()
    const line = `setup ssh://ops@127.0.0.1:${port} --solution ward --from ${bundle} --password-stdin --json`
    const [asked, approved] = await Promise.all([
      cli(line, { home, input: 'x\n', environment: { RACKSIDE_ALLOW_UNSIGNED: '1' } }),
      cli(`${line} --yes`, { input: 'x\n', environment: { RACKSIDE_ALLOW_UNSIGNED: '1' } }),
    ])
    for (const run of [asked, approved]) {
      expect(run.code).toBe(exitCodes['host-unreachable'])
      expect(run.stdout.trimEnd().split('\n')).toHaveLength(1)
    }
  })
})

describe('a bundle', () => {
  it('that is none is told before anything is dialled, by its whole path', async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'bundle'))
    const { code, json } = await cli('plan local --solution ward --from bundle --json', { cwd })
    expect(code).toBe(exitCodes['bundle-unusable'])
    expect(json()).toMatchObject({
      failure: { folder: join(cwd, 'bundle'), problem: expect.stringContaining('bundle.json') },
    })
  })
})

/** A bug for the core to run into: where it makes an id, this happens. */
const plantedBug = (act: string) => {
  const code = `import crypto from 'node:crypto'
    import { syncBuiltinESMExports } from 'node:module'
    crypto.randomBytes = () => { ${act}; return Buffer.alloc(4) }
    syncBuiltinESMExports()`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` }
}

describe('a bug', () => {
  it.each([
    ['in a call', "throw new TypeError('planted')"],
    ['where nobody waits', "setImmediate(() => { throw new TypeError('planted') })"],
    ['in a promise nobody holds', "void Promise.reject(new TypeError('planted'))"],
  ])('%s ends with 1, in words and as JSON, without a stack trace', async (_where, act) => {
    const line = 'detect ssh://ops@127.0.0.1:1 --password-stdin --json'
    const { code, json, stdout, stderr } = await cli(line, { input: 'hunter2\n', environment: plantedBug(act) })
    const detail = expect.stringMatching(/^TypeError.*: planted$/)
    expect([code, json()]).toEqual([1, expect.objectContaining({ failure: { kind: 'internal', detail }, exitCode: 1 })])
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/planted.*rackside status/s)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('a reader that goes away', () => {
  it('does not end the command', async () => {
    const home = temporaryFolder()
    const line = '"$0" scripts/rackside.mjs status ward --json 2>&1 | true; exit "${PIPESTATUS[0]}"'
    const child = spawnSync('bash', ['-c', line, process.execPath], {
      cwd: repositoryRoot,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, RACKSIDE_HOME: home },
      encoding: 'utf8',
    })
    expect(child.status).toBe(exitCodes['appliance-unknown'])
  })
})

describe('a state folder', () => {
  it('that others may read is refused', async () => {
    const home = join(temporaryFolder(), 'open')
    mkdirSync(home, { mode: 0o755 })
    const { code, stderr } = await cli('status ward', { home })
    expect(code).toBe(exitCodes['state-unwritable'])
    expect(stderr).toContain('chmod 700')
  })

  it('of a newer version is left alone', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'format'), '99\n')
    expect((await cli('status ward', { home })).code).toBe(exitCodes['state-too-new'])
    expect(readdirSync(home)).toEqual(['format'])
  })

  it('whose path is too long for a socket is refused, and nothing is left beside it', async () => {
    const parent = temporaryFolder()
    const home = join(parent, 'x'.repeat(120))
    const { code, stderr } = await cli('status ward', { home })
    expect(code).toBe(exitCodes['state-unwritable'])
    expect(stderr).not.toMatch(/node:/)
    expect(readdirSync(parent).filter((name) => name !== 'x'.repeat(120))).toEqual([])
  })

  it('in which no socket can be made is a failure, not a crash', async () => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'owner.sock', 'in-the-way'), { recursive: true })
    const { code, stderr } = await cli('status ward', { home })
    expect(code).toBe(exitCodes['state-unwritable'])
    expect(stderr).not.toMatch(/node:/)
  })
})
