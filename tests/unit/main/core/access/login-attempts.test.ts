// P9, counted on the server: a stored login that is wrong, a console that polls for an hour, and one attempt.
import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fingerprintOf } from '../../../../../main/connect/known-hosts.ts'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../../../../main/core/open-core.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import { type FakeSshOptions, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

/** A console over real sockets whose hours pass when the test says so. */
async function consoleAndServer(options: FakeSshOptions) {
  const server = await startFakeSsh(options)
  const time = pretendClock()
  let ids = 0
  const core = openCore(temporaryFolder(), {
    ...{ user: 'li', platform: 'linux', sshFolder: '/nowhere', now: time.now, clock: time.clock },
    pause: async () => undefined,
    randomId: () => String(ids++).padStart(8, '0'),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  })
  onTestFinished(() => closeCore(core))
  const { product, desk } = clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
  const { address } = server
  const trust = () => product.appliances.trust({ address, fingerprint: fingerprintOf(server.hostKeyBlob) })
  return { server, time, product, desk, trust }
}

async function savedWith(password: string, options: FakeSshOptions) {
  const start = await consoleAndServer(options)
  await start.trust()
  const offered = await start.desk.offerPassword({ password })
  if (!offered.ok) throw new Error('not offered')
  const { credentialId } = offered.value
  const saved: Target = { by: 'address', address: start.server.address, credentialId }
  await start.product.appliances.save({ name: 'ward', target: saved })
  start.server.authentications.length = 0
  const pollForAnHour = async () => {
    const kinds = new Set<string>()
    for (let minute = 0; minute < 60; minute += 1) {
      const polled = await start.product.appliances.detect({ target: { by: 'name', name: 'ward' } })
      kinds.add(polled.ok ? 'ok' : polled.failure.kind)
      await start.time.advance(60_000)
    }
    return [...kinds]
  }
  return { ...start, credentialId, pollForAnHour }
}

describe('a saved appliance', () => {
  it('whose password is wrong hears it once in an hour, and once more when a person asks', async () => {
    const { server, product, pollForAnHour } = await savedWith('old', {})
    expect(await pollForAnHour()).toEqual(['login-refused'])
    expect(server.authentications).toEqual(['none', 'password'])
    await product.appliances.retry({ target: { by: 'name', name: 'ward' } })
    expect(await pollForAnHour()).toEqual(['login-refused'])
    expect(server.authentications).toEqual(['none', 'password', 'none', 'password'])
  })

  it('that asks for a code hears nothing more until somebody answers, and then logs in as itself', async () => {
    const { server, desk, product, credentialId, pollForAnHour } = await savedWith('fake-password', {
      onAuthentication: (attempt) => {
        if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive'])
        const ask = (prompt: string, right: string, then: () => void) =>
          attempt.prompt([{ prompt, echo: false }], ([answer]) => (answer === right ? then() : attempt.reject()))
        ask('Password:', 'fake-password', () => ask('Code:', '42', () => attempt.accept()))
      },
    })
    expect(await pollForAnHour()).toEqual(['login-questions'])
    expect(server.authentications).toEqual(['none', 'keyboard-interactive'])
    const { host, port } = server.address
    const offered = await desk.offerAnswers({ answers: ['42'], credentialId, place: { host, port } })
    expect(offered).toEqual({ ok: true, value: { credentialId } })
    const named: Target = { by: 'name', name: 'ward' }
    const met = await product.appliances.detect({ target: named })
    expect(!met.ok && met.failure.kind).not.toBe('login-questions')
    expect(server.openLinks()).toBe(1)
    // They were for one attempt.
    server.cut()
    await expect.poll(server.openLinks).toBe(0)
    await product.appliances.detect({ target: named })
    expect(await product.appliances.detect({ target: named })).toMatchObject({ failure: { kind: 'login-questions' } })
  })

  it('whose server drops everybody is dialled some sixty times in an hour, not without end', async () => {
    const options: { dropping?: boolean } = {}
    const { server, pollForAnHour } = await savedWith('x', options)
    options.dropping = true
    const before = server.dials()
    expect(await pollForAnHour()).toEqual(['host-unreachable'])
    expect(server.dials() - before).toBeLessThanOrEqual(60)
    expect(server.authentications).toEqual([])
  })
})
