// The host key from the command line: never taken on trust, pinned once when it is the one that was expected,
// never replaced; and not one byte of a login before that is settled.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { type Verb, verbs } from '../../../main/shells/cli/verb-arguments.ts'
import { exitCodes } from '../../../main/terminal/exit-codes.ts'
import { inSample } from '../../../scripts/config/sample.ts'
import { auditedActs, recordsIn } from '../../support/audit-records.ts'
import {
  type FakeSsh,
  type FakeSshOptions,
  fakePassword,
  generateKeyPair,
  startFakeSsh,
} from '../../support/fake-ssh-server.ts'
import { type CliRun, runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { wholeBundle } from '../../support/whole-bundle.ts'

const fingerprintOf = (server: FakeSsh) =>
  `SHA256:${createHash('sha256').update(server.hostKeyBlob).digest('base64').replace(/=+$/, '')}`
const fakeBlobOf = (privateKey: string) => {
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error) throw key
  return key.getPublicSSH().toString('base64')
}
const otherKey = () => generateKeyPair().private

/** A server whose shell says nothing: whoever gets that far has logged in, and learns no facts. */
function start(hostKey?: string): Promise<FakeSsh> {
  const options: FakeSshOptions = {
    password: fakePassword,
    ...(hostKey === undefined ? {} : ({ hostKeys: [hostKey] } satisfies FakeSshOptions)),
    onExec: (_line, channel) => {
      channel.exit(1)
      channel.end()
    },
  }
  return startFakeSsh(options)
}

function detect(home: string, { address }: FakeSsh, more: string[] = [], password = fakePassword): Promise<CliRun> {
  const place = `ssh://${address.user}@${address.host}:${address.port}`
  return runCli(['detect', place, '--password-stdin', '--json', ...more], { home, input: `${password}\n` })
}

const pins = (home: string): unknown[] => {
  try {
    return JSON.parse(readFileSync(join(home, 'host-keys.json'), 'utf8')) as unknown[]
  } catch {
    return []
  }
}
const audited = (home: string) => auditedActs(recordsIn(join(home, 'audit.jsonl'))).map(({ act }) => act)

describe('a host key', () => {
  it('that nobody knows is shown and refused, also with --yes', async () => {
    const home = temporaryFolder()
    const server = await start()
    const run = await detect(home, server, ['--yes'])
    expect(run.code).toBe(exitCodes['host-key-unknown'])
    expect(run.json()).toMatchObject({ failure: { kind: 'host-key-unknown', fingerprint: fingerprintOf(server) } })
    expect([server.authentications, pins(home)]).toEqual([[], []])
  })

  it('that is the expected one is pinned, with a line in the audit file, and known from then on', async () => {
    const home = temporaryFolder()
    const server = await start()
    const first = await detect(home, server, ['--fingerprint', fingerprintOf(server)])
    expect(first.code).toBe(exitCodes['shell-unusable'])
    const { host, port } = server.address
    const keyBase64 = server.hostKeyBlob.toString('base64')
    expect(pins(home)).toEqual([expect.objectContaining({ host, port, keyBase64 })])
    expect(audited(home)).toEqual(['host-key-trust'])
    expect((await detect(home, server)).code).toBe(exitCodes['shell-unusable'])
    expect((await detect(home, server, ['--fingerprint', fingerprintOf(server)])).code).toBe(first.code)
    expect(pins(home)).toHaveLength(1)
  })

  it('that is not the expected one is refused, and nothing is pinned', async () => {
    const home = temporaryFolder()
    const server = await start()
    const run = await detect(home, server, ['--fingerprint', `SHA256:${'A'.repeat(43)}`])
    expect(run.code).toBe(exitCodes['host-key-mismatch'])
    expect(run.json()).toMatchObject({ failure: { offered: fingerprintOf(server), given: `SHA256:${'A'.repeat(43)}` } })
    expect([server.authentications, pins(home)]).toEqual([[], []])
  })

  it('that changed is refused whatever is given, and the pin stays', async () => {
    const home = temporaryFolder()
    const server = await start(otherKey())
    await detect(home, server, ['--fingerprint', fingerprintOf(server)])
    const before = pins(home)
    // Another machine at the same address: the pin is moved to where it listens.
    const other = await start(otherKey())
    const moved = before.map((pin) => ({ ...(pin as object), port: other.address.port }))
    writeFileSync(join(home, 'host-keys.json'), JSON.stringify(moved), { mode: 0o600 })
    for (const more of [[], ['--yes'], ['--fingerprint', fingerprintOf(other)]]) {
      const run = await detect(home, other, more)
      expect(run.code).toBe(exitCodes['host-key-changed'])
      expect(run.json()).toMatchObject({ failure: { pinned: fingerprintOf(server), offered: fingerprintOf(other) } })
    }
    expect([other.authentications, pins(home)]).toEqual([[], moved])
  })
})

describe('every command that dials (P1, P3)', () => {
  const more: Readonly<Record<Verb, string[]>> = {
    detect: [],
    record: ['--out', 'FOLDER'],
    status: [],
    probe: [],
    bench: ['ward-model'],
    acceptance: [],
    canary: ['ward-model'],
    evaluate: ['ward-model'],
    doctor: [],
    connect: ['--test'],
    plan: ['--solution', 'ward', '--from', 'BUNDLE'],
    setup: ['--solution', 'ward', '--from', 'BUNDLE', '--yes'],
    'watch-helper': ['--user', 'ward'],
    recorder: [],
    models: [],
    certificate: ['--certificate', 'KEY', '--key', 'KEY'],
    ...{
      published: [],
      'sign-ins': [],
      rollback: [],
      uninstall: [],
      drift: [],
      runs: [],
      history: [],
      logs: [],
      watch: [],
    },
  }

  const commands: { readonly [V in Verb]?: string[] } = {
    'watch-helper': ['watch-helper', 'install'],
    recorder: ['recorder', 'off'],
    canary: ['canary', 'run'],
    models: ['catalog', 'models'],
  }

  // What a program calls is held to it every day (tests/unit/main/core/access/unknown-host-key.test.ts).
  it.each(verbs.filter((_, place) => inSample(place, 3)))(
    '%s stops at an unknown host key, before one byte of a login',
    async (verb) => {
      const home = temporaryFolder()
      const server = await start()
      const { user, host, port } = server.address
      const key = join(home, 'site.key')
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
      const options = more[verb].map((word) => (word === 'BUNDLE' ? wholeBundle() : word === 'KEY' ? key : word))
      const command = commands[verb] ?? [verb]
      const words = [...command, `ssh://${user}@${host}:${port}`, '--password-stdin', '--json', ...options]
      // The bundles of tests are nobody's.
      const environment = { RACKSIDE_ALLOW_UNSIGNED: '1' }
      const run = await runCli(words, { home, input: `${fakePassword}\n`, environment })
      // What was measured is on this computer: nobody is asked.
      expect(run.code).toBe(verb === 'history' ? 0 : exitCodes['host-key-unknown'])
      expect([server.authentications, pins(home)]).toEqual([[], []])
    },
  )
})

describe('rackside trust (P2, P3)', () => {
  it('shows, pins, and replaces a key with the host typed, without ever logging in', async () => {
    const home = temporaryFolder()
    const server = await start()
    const { user, host, port } = server.address
    const trust = (...more: string[]) => runCli(['trust', `ssh://${user}@${host}:${port}`, '--json', ...more], { home })
    const given = ['--fingerprint', fingerprintOf(server)]
    expect((await trust()).code).toBe(exitCodes['host-key-unknown'])
    expect((await trust(...given)).code).toBe(0)
    expect((await trust()).json()).toMatchObject({ pinned: true, fingerprint: fingerprintOf(server) })
    const changed = pins(home).map((pin) => ({ ...(pin as object), keyBase64: fakeBlobOf(otherKey()) }))
    writeFileSync(join(home, 'host-keys.json'), JSON.stringify(changed), { mode: 0o600 })
    expect((await trust(...given)).code).toBe(exitCodes['host-key-changed'])
    expect((await trust(...given, '--replace')).code).toBe(exitCodes['name-not-confirmed'])
    expect((await trust(...given, '--replace', '--yes', '--type-host', host)).code).toBe(exitCodes.usage)
    expect((await trust(...given, '--replace', '--type-host', host)).code).toBe(0)
    expect(pins(home)).toMatchObject([{ keyBase64: server.hostKeyBlob.toString('base64'), source: 'compared' }])
    expect(server.authentications).toEqual([])
    expect(audited(home).filter((act) => act === 'host-key-retrust')).toHaveLength(2)
  })
})

describe('a login', () => {
  it('that is refused pins nothing and shows no password', async () => {
    const home = temporaryFolder()
    const server = await start()
    const run = await detect(home, server, ['--fingerprint', fingerprintOf(server)], 'wrong horse')
    expect(run.code).toBe(exitCodes['login-refused'])
    expect(pins(home)).toEqual([])
    expect(run.stdout + run.stderr + readFileSync(join(home, 'audit.jsonl'), 'utf8')).not.toContain('wrong horse')
  })
})
