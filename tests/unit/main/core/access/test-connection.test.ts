// The test of a connection against servers that stop it at each step: what is shown, in which order, and that
// nothing is left open, trusted or retried.
import { describe, expect, it, onTestFinished } from 'vitest'
import { testConnection } from '../../../../../main/core/access/test-connection.ts'
import { openCore } from '../../../../../main/core/open-core.ts'
import { received } from '../../../../../main/core/refusal.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import { Secret } from '../../../../../shared/domain/command.ts'
import type { ConnectStep } from '../../../../../shared/domain/connect-step.ts'
import {
  type FakeSsh,
  type FakeSshOptions,
  fakePassword,
  fakePrograms,
  startFakeSsh,
  willingSudo,
} from '../../../../support/fake-ssh-server.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { startRawServer } from '../../../../support/raw-ssh-server.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { pinFor } from '../../../../support/trusting-core.ts'

const id = '#!/bin/sh\necho "${PLAYED_ID:-1000}"\n'
const rootSudo = willingSudo.replace('\n', '\nPLAYED_ID=0; export PLAYED_ID\n')

type Asked = { options?: FakeSshOptions; pinned?: boolean; password?: string; change?: object }

/** A core that knows the server's key, and a login with this password. */
async function coreFor({ options = {}, pinned = true, password = fakePassword, change = {} }: Asked = {}) {
  const server = await startFakeSsh({ programs: fakePrograms({ id, sudo: rootSudo }), ...options })
  const { core: base } = pretendCore()
  const { tools } = base
  const core = openCore(temporaryFolder(), { ...tools, clock: () => performance.now() })
  onTestFinished(() => core.sessions.closeAll())
  core.passwords.set('password-1', new Secret(password))
  const { host, port } = server.address
  const pin = { host, port, keyType: 'ssh-ed25519', keyBase64: server.hostKeyBlob.toString('base64') }
  if (pinned) core.state.pins.write([pin])
  const target: Target = { by: 'address', address: server.address, credentialId: 'password-1', ...change }
  return { core, server, target }
}

async function stepsOf(asked?: Asked): Promise<{ steps: ConnectStep[]; server: FakeSsh; pins: number }> {
  const { core, server, target } = await coreFor(asked)
  const steps: ConnectStep[] = []
  for await (const step of testConnection(core, target)) steps.push(step)
  const pins = core.state.pins.read()
  await expect.poll(server.openLinks).toBe(0)
  return { steps, server, pins: pins.ok ? pins.value.length : 0 }
}

const short = (steps: readonly ConnectStep[]) => steps.map(({ step, state }) => `${step} ${state}`)
const failureIn = (steps: readonly ConnectStep[]) =>
  steps.flatMap((step) => (step.state === 'failed' ? [step.failure] : []))

describe('a test of a connection', () => {
  it('shows every step with what it found, dials once and leaves nothing open', async () => {
    const { steps, server } = await stepsOf()
    const { host, port } = server.address
    expect(steps).toMatchObject([
      { step: 'resolve', state: 'ok', fact: { about: 'network-address', networkAddress: host } },
      { step: 'connect', state: 'ok', at: `${host}:${port}`, fact: { about: 'port', host, port } },
      {
        ...{ step: 'host-key', state: 'ok' },
        fact: { keyType: 'ssh-ed25519', fingerprint: expect.stringMatching(/^SHA256:/), weak: [] },
      },
      { step: 'login', state: 'ok', fact: { about: 'login', user: 'ops', method: 'password' } },
      { step: 'privilege', state: 'ok', fact: { about: 'root', how: 'sudo-without-password' } },
      { step: 'shell', state: 'ok', fact: { about: 'shell', found: expect.arrayContaining(['dd', 'timeout']) } },
    ])
    expect(server.authentications).toEqual(['none', 'password'])
  })

  it('of a host whose name is not known stops there', async () => {
    const { steps } = await stepsOf({ change: { address: { host: 'nowhere.invalid', port: 22, user: 'ops' } } })
    expect(failureIn(steps)).toMatchObject([{ kind: 'host-unresolved' }])
    expect(short(steps).slice(0, 3)).toEqual(['resolve failed', 'connect skipped', 'host-key skipped'])
  })

  it('of a closed port stops there', async () => {
    const { steps } = await stepsOf({ change: { address: { host: '127.0.0.1', port: 1, user: 'ops' } } })
    expect(failureIn(steps)).toMatchObject([{ kind: 'host-unreachable', reason: 'refused' }])
    expect(short(steps).slice(0, 3)).toEqual(['resolve ok', 'connect failed', 'host-key skipped'])
  })

  it('trusts nothing by itself: an unknown key ends it before any login (P1, P3)', async () => {
    const { steps, server, pins } = await stepsOf({ pinned: false })
    expect(failureIn(steps)).toMatchObject([{ kind: 'host-key-unknown' }])
    expect(short(steps)).toEqual([
      'resolve ok',
      'connect ok',
      'host-key failed',
      'login skipped',
      'privilege skipped',
      'shell skipped',
    ])
    expect([server.authentications, pins]).toEqual([[], 0])
  })

  it('of weak algorithms stops at the host key, and shows them where they are allowed (P6)', async () => {
    const options = { ciphers: ['aes128-cbc'] }
    const refused = await stepsOf({ options })
    expect(failureIn(refused.steps)).toMatchObject([{ kind: 'algorithms-refused', weakWouldDo: true }])
    expect(short(refused.steps)).toContain('host-key failed')
    const { steps } = await stepsOf({ options, change: { weakAlgorithms: true } })
    expect(steps.find(({ step }) => step === 'host-key')).toMatchObject({ fact: { weak: ['aes128-cbc'] } })
  })

  it('with a wrong password tries it once, and no page tries it again (P9)', async () => {
    const { core, server, target } = await coreFor({ password: 'wrong' })
    const steps: ConnectStep[] = []
    for await (const step of testConnection(core, target)) steps.push(step)
    expect(short(steps).slice(2)).toEqual(['host-key ok', 'login failed', 'privilege skipped', 'shell skipped'])
    if (target.by !== 'address') throw new Error('not an address')
    const { by: _, ...opening } = target
    expect(await core.sessions.open(opening)).toMatchObject({ failure: { kind: 'login-refused' } })
    expect(server.authentications).toEqual(['none', 'password'])
  })

  it('with a login that is not known here dials nothing', async () => {
    const { steps, server } = await stepsOf({ change: { credentialId: 'key-gone' } })
    expect(short(steps)).toEqual([
      'resolve skipped',
      'connect skipped',
      'host-key skipped',
      'login failed',
      'privilege skipped',
      'shell skipped',
    ])
    expect(server.authentications).toEqual([])
  })

  describe('behind a jump host', () => {
    async function behind(options: FakeSshOptions = {}, change: object = {}) {
      const hop = await startFakeSsh({ user: 'jumper', password: 'hop', ...options })
      const { core, server, target } = await coreFor()
      core.passwords.set('password-hop', new Secret('hop'))
      core.state.pins.write([hop, server].map(pinFor))
      const via = [{ address: hop.address, credentialId: 'password-hop' }]
      const steps: ConnectStep[] = []
      for await (const step of testConnection(core, { ...target, ...change, via } as Target)) steps.push(step)
      await expect.poll(() => hop.openLinks() + server.openLinks()).toBe(0)
      return { steps, hop }
    }

    it('shows the way through it as a step of its own', async () => {
      const { steps, hop } = await behind()
      const { host, port } = hop.address
      expect(short(steps)).toEqual([
        ...['jump ok', 'resolve skipped', 'connect ok', 'host-key ok', 'login ok', 'privilege ok', 'shell ok'],
      ])
      expect(steps[0]).toMatchObject({ at: `${host}:${port}`, fact: { about: 'port', host, port } })
    })

    it('blames what failed behind it on the step that failed', async () => {
      const { steps } = await behind({}, { credentialId: 'password-hop' })
      expect(failureIn(steps)).toMatchObject([{ kind: 'login-refused', user: 'ops' }])
      expect(short(steps).slice(0, 5)).toEqual([
        ...['jump ok', 'resolve skipped', 'connect ok', 'host-key ok', 'login failed'],
      ])
    })

    it('blames it for what it does not let through', async () => {
      const { steps } = await behind({ forwarding: false })
      expect(failureIn(steps)).toMatchObject([{ kind: 'jump-refused' }])
      expect(short(steps).slice(0, 3)).toEqual(['jump failed', 'resolve skipped', 'connect skipped'])
    })
  })

  it('of a login without root says so', async () => {
    const sudo = '#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n'
    const { steps } = await stepsOf({ options: { programs: fakePrograms({ id, sudo }) } })
    expect(failureIn(steps)).toMatchObject([{ kind: 'sudo-refused', reason: 'password-needed' }])
    expect(short(steps).slice(-2)).toEqual(['privilege failed', 'shell skipped'])
  })

  it('of a login that is only to watch asks for no root', async () => {
    const { steps, server } = await stepsOf({ change: { watchOnly: true } })
    expect(short(steps).slice(-2)).toEqual(['privilege skipped', 'shell ok'])
    expect(server.lines.join()).not.toMatch(/sudo/)
  })

  it('of a forced command says what came back, at the shell and not at root', async () => {
    const { steps } = await stepsOf({
      options: {
        onExec: (_line, channel) => {
          channel.write('This account is for backups only.\r\n')
          channel.exit(1)
          channel.end()
        },
      },
    })
    expect(failureIn(steps)).toMatchObject([
      { kind: 'shell-unusable', detail: expect.stringContaining('for backups only') },
    ])
    expect(short(steps).slice(-2)).toEqual(['privilege skipped', 'shell failed'])
  })

  it('of a server that says nothing more ends with its deadline, and closes its socket', async () => {
    const silent = await startRawServer((socket) => socket.resume())
    const { core, target } = await coreFor()
    const left = new AbortController()
    const steps = testConnection(core, { ...target, address: silent.address } as Target, left.signal)
    expect((await steps.next()).value).toMatchObject({ step: 'resolve', state: 'ok' })
    expect((await steps.next()).value).toMatchObject({ step: 'connect', state: 'ok' })
    left.abort()
    expect(await steps.next()).toEqual({ done: true, value: undefined })
  })

  it('of an appliance that nobody saved is refused', async () => {
    const { core } = await coreFor()
    const read = async () => {
      for await (const _ of testConnection(core, { by: 'name', name: 'nobody' }));
    }
    expect(await received('connect.test', read())).toMatchObject({ failure: { kind: 'appliance-unknown' } })
  })
})
