// The helper as a file, run by real shells as sudo would run it; and the connection over it.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isWatchUser, watchHelperPath, watchSudoers } from '../../../../main/connect/watch-program.ts'
import { watchHelper } from '../../../../main/core/access/known-watch-program.ts'
import { gatherFacts } from '../../../../main/facts/gather.ts'
import { sampleUntilLost } from '../../../../main/observe/sampler.ts'
import { command } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { connectTo, fakePrograms, startFakeSsh } from '../../../support/fake-ssh-server.ts'
import { realShells } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const helper = watchHelper()
const mark = '0f0f0f0f-0000-4000-8000-0123456789ab'
/** New for every script: a folder of a test that was killed must not stand in the way of the next. */
const nonce = randomBytes(8).toString('hex')

function helperFile(text = helper.text): string {
  const file = join(temporaryFolder(), 'rackside-watch')
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return file
}

/** In a session of its own, as sshd and sudo give it; ended by the end of its input. */
async function runHelper(
  [shell, ...words]: readonly [string, ...string[]],
  verbs: readonly string[],
  input: string,
  environment: NodeJS.ProcessEnv = {},
) {
  const child = spawn(shell, [...words, helperFile(), ...verbs], {
    detached: true,
    // As /bin/sh, which is how the file itself starts it: bash reads BASH_ENV under its own name only.
    ...(shell === 'bash' ? { argv0: 'sh' } : {}),
    env: { PATH: process.env['PATH'], ...environment },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdin.on('error', () => undefined)
  child.stdout.on('data', (bytes) => {
    stdout += bytes
    if (stdout.includes('second')) child.stdin.end()
  })
  child.stderr.on('data', (bytes) => {
    stderr += bytes
  })
  child.stdin.write(input)
  if (!input.startsWith(helper.version)) child.stdin.end()
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

describe.each(realShells.map((shell) => ({ shell, name: shell.join(' ') })))(
  'the watch helper in $name',
  ({ shell }) => {
    it('answers facts behind its marker, with the nonce it was given', async () => {
      const { code, stdout } = await runHelper(shell, ['facts'], `${helper.version} ${mark} ${nonce}\n`)
      expect(code).toBe(0)
      expect(stdout.startsWith(`rackside-start ${mark}\n`)).toBe(true)
      expect(stdout).toContain(`\n${nonce} done\n`)
      expect(stdout).not.toContain('rackside_nonce')
    })

    const nothings = [
      ['another version', ['facts'], `0123456789abcdef ${mark} ${nonce}\n`, 'this is version'],
      ['no verb', [], `${helper.version} ${mark} ${nonce}\n`, 'one verb'],
      ['another verb', ['id'], `${helper.version} ${mark} ${nonce}\n`, 'one verb'],
      ['a verb and more', ['facts', '; id'], `${helper.version} ${mark} ${nonce}\n`, 'one verb'],
      ['a verb with more in it', ['facts; id'], `${helper.version} ${mark} ${nonce}\n`, 'one verb'],
      ['a mark that is code', ['facts'], `${helper.version} $(id)$(id)$(id)$(id) ${nonce}\n`, 'no words'],
      ['a nonce that is code', ['facts'], `${helper.version} ${mark} \`id\`;id;id;id;id;id\n`, 'no words'],
      ['a nonce that is a path', ['facts'], `${helper.version} ${mark} ../../../../etc/xyz\n`, 'no words'],
      ['a nonce with a dash', ['facts'], `${helper.version} ${mark} ${mark}\n`, 'no words'],
      ['a word too many', ['facts'], `${helper.version} ${mark} ${nonce} id\n`, 'no words'],
      ['a short mark', ['facts'], `${helper.version} abc ${nonce}\n`, 'no words'],
      ['nothing', ['facts'], '\n', 'this is version'],
    ] as const
    it('gives nothing for anything else, whatever the environment says', async () => {
      const trap = join(temporaryFolder(), 'trap')
      writeFileSync(trap, 'echo trapped; id\n')
      const path = `${fakePrograms({ id: '#!/bin/sh\necho trapped', cd: '#!/bin/sh\necho trapped' })}:${process.env['PATH']}`
      const environment = { ENV: trap, BASH_ENV: trap, IFS: '/', PATH: path }
      for (const [name, verbs, input, said] of nothings) {
        const { code, stdout, stderr } = await runHelper(shell, verbs, input, environment)
        expect([name, code, stdout]).toEqual([name, 91, ''])
        expect(stderr).toContain(said)
        expect(stderr).not.toMatch(/uid=|trapped/)
      }
    })
  },
)

describe('the line for sudo', () => {
  it('names two fixed words and nothing that could stand for more', () => {
    const line = watchSudoers('ward-watch')
      .split('\n')
      .filter((l) => !l.startsWith('#'))
      .join('')
    expect(line).toBe(`ward-watch ALL=(root) NOPASSWD: ${watchHelperPath} facts, ${watchHelperPath} sample`)
    expect(line).not.toMatch(/[*?[\]!\\]|SETENV/)
  })

  it('is made for a login name only, never for what sudoers reads as everybody', () => {
    expect(['watch', 'ward-watch', 'w_1', 'Ward.watch'].map(isWatchUser)).toEqual([true, true, true, true])
    expect(['ALL', 'ADMINS', 'root', '%wheel', '#0', 'a b', 'a,b', 'a\nb', '', '-x'].filter(isWatchUser)).toEqual([])
  })

  it('passes visudo', (context) => {
    if (spawnSync('visudo', ['-V']).error !== undefined) context.skip('visudo is not installed')
    expect(spawnSync('visudo', ['-c', '-f', '-'], { input: watchSudoers('ward-watch') }).status).toBe(0)
  })
})

/** A sudo that knows the helper and nothing else, as sudoers would. */
function sudoFor(file: string): string {
  const paths = `"${watchHelperPath} facts" | "${watchHelperPath} sample"`
  return `#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
case "$*" in ${paths}) exec ${file} "$2" ;; esac
echo 'sudo: a password is required' >&2
exit 1
`
}

async function watching(text = helper.text): Promise<Connection> {
  const server = await startFakeSsh({ programs: fakePrograms({ sudo: sudoFor(helperFile(text)) }) })
  const connected = await connectTo(server, { watch: helper })
  if (!connected.ok) throw new Error(connected.failure.kind)
  return connected.value
}

describe('a connection that only watches', () => {
  it('has facts as root, through the helper', async () => {
    const facts = await gatherFacts(await watching(), { now: () => new Date(0), nonce: () => nonce })
    expect(facts).toMatchObject({ ok: true, value: { privilege: 'root', kernel: { state: 'known' } } })
  })

  it('has samples, and leaves nothing behind', async () => {
    const stop = new AbortController()
    const own = randomBytes(8).toString('hex')
    const folders = () =>
      ['/run/rackside', '/dev/shm', '/tmp']
        .filter((base) => existsSync(base))
        .flatMap((base) => readdirSync(base).map((name) => `${base}/${name}`))
        .filter((path) => path.includes('/rackside-facts.'))
    let samples = 0
    const before = folders()
    let there: readonly string[] = []
    const sampled = await sampleUntilLost(await watching(), {
      pace: () => ({ seconds: 1, over: new AbortController().signal }),
      nowMs: Date.now,
      clock: () => performance.now(),
      pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
      nonce: () => own,
      nextSequence: () => samples,
      onSample: () => {
        samples += 1
        if (samples !== 2) return
        there = folders().filter((folder) => !before.includes(folder))
        stop.abort()
      },
      place: { host: 'h', port: 22 },
      signal: stop.signal,
    })
    expect([sampled.ok, samples]).toEqual([false, 2])
    // Its own, and for a moment perhaps those of tests beside it.
    expect(there).not.toEqual([])
    const left = () => folders().filter((folder) => there.includes(folder))
    await expect.poll(left, { timeout: 20_000 }).toEqual([])
  })

  it('has nothing else of root', async () => {
    const link = await watching()
    const refused = { ok: false, failure: { kind: 'watch-only' } }
    const asRoot = { as: 'root', deadlineSeconds: 5 } as const
    expect(await link.run(command('id'), asRoot)).toEqual(refused)
    expect(
      await link.run({ name: 'facts', text: '# rackside facts 1 {"nonce":"abcdef0123456789","ids":[]}\nid' }, asRoot),
    ).toEqual(refused)
    expect(await link.stream(command('id'), asRoot)).toEqual(refused)
    expect(await link.engine().listNetworks()).toMatchObject(refused)
    expect(await link.put({} as never, {} as never, { onProgress: () => undefined })).toEqual(refused)
    expect(await link.run(command('echo', 'mine'), { ...asRoot, as: 'login' })).toMatchObject({
      value: { stdout: 'mine\n' },
    })
  })

  it('goes on reading an earlier helper that is installed, which does not know of all that is measured now', async () => {
    const [installed = ''] = helper.earlier
    const older = helper.text.replaceAll(helper.version, installed)
    const link = await watching(older)
    for (const _ of ['a first look', 'and the next one']) {
      const facts = await gatherFacts(link, { now: () => new Date(0), nonce: () => nonce })
      expect(facts).toMatchObject({ ok: true, value: { privilege: 'root' } })
    }
  })

  it('says so where the helper is of another version, or not there', async () => {
    const gather = async (link: Connection) => gatherFacts(link, { now: () => new Date(0), nonce: () => nonce })
    const older = helper.text.replaceAll(helper.version, '00000000000000aa')
    expect(await gather(await watching(older))).toMatchObject({
      failure: {
        kind: 'watch-helper-missing',
        user: 'ops',
        detail: expect.stringContaining('version 00000000000000aa'),
      },
    })
    const server = await startFakeSsh({
      programs: fakePrograms({ sudo: sudoFor('/nowhere').replaceAll(' facts', ' x') }),
    })
    const connected = await connectTo(server, { watch: helper })
    if (!connected.ok) throw new Error(connected.failure.kind)
    expect(await gather(connected.value)).toMatchObject({ failure: { kind: 'watch-helper-missing', user: 'ops' } })
  })
})
