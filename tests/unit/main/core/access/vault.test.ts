// The vault in the core: a typed secret goes from memory into it under the same id, logins find it there, what is
// locked says so, and neither the audit nor the contract ever carries a secret (P11, P12).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../../../../main/core/access/login.ts'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../../../../main/core/open-core.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { generateKeyPair } from '../../../../support/fake-ssh-server.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { passphrase, pretendKeychain } from '../../../../support/pretend-vault.ts'

const address = { host: '127.0.0.1', port: 9, user: 'ops' }
const locked = { ok: false, failure: { kind: 'vault-locked' } }
const at = '2026-11-22T08:00:00.000Z'

function consoleOf() {
  const time = pretendClock()
  const start = pretendCore(undefined, undefined, time)
  return { ...start, time, ...start.clientAs('admin') }
}

async function offered({ desk }: ReturnType<typeof consoleOf>, password = 'hunter2'): Promise<string> {
  const answer = await desk.offerPassword({ password })
  if (!answer.ok) throw new Error('not offered')
  return answer.value.credentialId
}

/** What a login with it comes to: the connection is refused by this computer, or it does not get so far. */
const loginWith = async ({ core }: ReturnType<typeof consoleOf>, credentialId: string) => {
  const connected = await connectWith(core, { address, credentialId })
  return connected.ok ? 'connected' : connected.failure.kind
}

describe('an offered password', () => {
  it('is kept under its id, out of memory, and logs in from there', async () => {
    const one = consoleOf()
    const { core, desk, product, folder, auditLines } = one
    const credentialId = await offered(one)
    await desk.createVault({ passphrase })
    expect(await desk.keepCredential({ credentialId, label: ' ward ' })).toEqual(ok({ credentialId, label: 'ward' }))
    expect(core.passwords.size).toBe(0)
    expect(await loginWith(one, credentialId)).toBe('host-unreachable')
    const entry = { credentialId, kind: 'password', label: 'ward', createdAt: at, usedBy: [] }
    expect(await product.vault.list({})).toEqual(ok([entry]))
    // Said twice it is no other one.
    expect(await desk.keepCredential({ credentialId, label: 'x' })).toEqual(ok({ credentialId, label: 'ward' }))
    const everything = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    for (const secret of ['hunter2', passphrase]) expect(everything.join()).not.toContain(secret)
    const acts = auditLines().map(({ act, input }) => ({ act, input }))
    expect(acts.slice(0, 2)).toEqual([
      { act: 'vault-create', input: {} },
      { act: 'credential-keep', input: { credentialId, label: 'ward' } },
    ])
    await closeCore(core)
  })

  it('is kept nowhere without a vault, nor in a locked one, and stays usable', async () => {
    const one = consoleOf()
    const { desk, product, core } = one
    const credentialId = await offered(one)
    const keep = () => desk.keepCredential({ credentialId, label: 'ward' })
    expect(await keep()).toEqual({ ok: false, failure: { kind: 'vault-missing' } })
    await desk.createVault({ passphrase })
    await product.vault.lock({})
    expect(await keep()).toEqual(locked)
    expect([core.passwords.has(credentialId), await loginWith(one, credentialId)]).toEqual([true, 'host-unreachable'])
  })

  it('that nobody offered is unknown, whatever vault there is', async () => {
    const one = consoleOf()
    const unknown = { ok: false, failure: { kind: 'credential-unknown', credentialId: 'password-x' } }
    const keep = () => one.desk.keepCredential({ credentialId: 'password-x', label: 'x' })
    expect([await keep(), await loginWith(one, 'password-x')]).toEqual([unknown, 'credential-unknown'])
    await one.desk.createVault({ passphrase })
    expect([await keep(), await loginWith(one, 'password-x')]).toEqual([unknown, 'credential-unknown'])
    await closeCore(one.core)
  })
})

describe('a pasted key', () => {
  it('is kept as a key and logs in as one', async () => {
    const one = consoleOf()
    const key = await one.desk.offerKey({ privateKey: generateKeyPair().private })
    if (!key.ok) throw new Error('not offered')
    const { credentialId } = key.value
    await one.desk.createVault({ passphrase })
    await one.desk.keepCredential({ credentialId, label: 'ward' })
    expect([one.core.privateKeys.size, await loginWith(one, credentialId)]).toEqual([0, 'host-unreachable'])
    expect(await one.product.vault.list({})).toMatchObject({ value: [{ kind: 'private-key' }] })
    await closeCore(one.core)
  })
})

describe('a pasted key with a passphrase', () => {
  it('is kept with it, and is open when it is used from there', async () => {
    const one = consoleOf()
    const key = await one.desk.offerKey({
      privateKey: generateKeyPair('a passphrase').private,
      passphrase: 'a passphrase',
    })
    if (!key.ok) throw new Error('not offered')
    const { credentialId } = key.value
    await one.desk.createVault({ passphrase })
    await one.desk.keepCredential({ credentialId, label: 'ward' })
    expect([one.core.passphrases.size, await loginWith(one, credentialId)]).toEqual([0, 'host-unreachable'])
    await closeCore(one.core)
  })
})

describe('answers', () => {
  it('alone never ask the vault, and are said once', async () => {
    const one = consoleOf()
    await one.desk.createVault({ passphrase })
    await one.product.vault.lock({})
    const answers = await one.desk.offerAnswers({ answers: ['42'] })
    if (!answers.ok) throw new Error('not offered')
    const { credentialId } = answers.value
    expect([await loginWith(one, credentialId), await loginWith(one, credentialId)]).toEqual([
      'host-unreachable',
      'credential-unknown',
    ])
  })

  it('beside a login stay until that one can be used', async () => {
    const one = consoleOf()
    const credentialId = await offered(one)
    await one.desk.createVault({ passphrase })
    await one.desk.keepCredential({ credentialId, label: 'ward' })
    await one.product.vault.lock({})
    await one.desk.offerAnswers({ answers: ['42'], credentialId })
    expect([await loginWith(one, credentialId), one.core.answers.size]).toEqual(['vault-locked', 1])
    await one.desk.unlockVault({ passphrase })
    expect([await loginWith(one, credentialId), one.core.answers.size]).toEqual(['host-unreachable', 0])
    await closeCore(one.core)
  })
})

describe('a locked vault', () => {
  it('says so to a login that may be in it, until it is unlocked', async () => {
    const one = consoleOf()
    const { desk, product } = one
    const credentialId = await offered(one)
    await desk.createVault({ passphrase })
    await desk.keepCredential({ credentialId, label: 'ward' })
    const state = { state: 'locked', protection: 'passphrase', entries: null, waitSeconds: 0, keychain: false }
    expect(await product.vault.lock({})).toEqual(ok(state))
    expect([await loginWith(one, credentialId), await product.vault.list({})]).toEqual(['vault-locked', locked])
    expect(await desk.unlockVault({})).toEqual(locked)
    expect(await desk.unlockVault({ passphrase: 'not the passphrase' })).toMatchObject({
      failure: { kind: 'vault-passphrase-wrong' },
    })
    expect(await desk.unlockVault({ passphrase })).toEqual(ok({ ...state, state: 'unlocked', entries: 1 }))
    expect(await loginWith(one, credentialId)).toBe('host-unreachable')
    await closeCore(one.core)
    expect([one.core.vault.state(), one.time.waiting()]).toEqual([
      expect.objectContaining({ value: expect.objectContaining({ state: 'locked' }) }),
      0,
    ])
  })
})

describe('what an appliance logs in with', () => {
  it('is not removed before the appliance has another login or is gone; the list says whose it is', async () => {
    const one = consoleOf()
    const { desk, product } = one
    const credentialId = await offered(one)
    await desk.createVault({ passphrase })
    await desk.keepCredential({ credentialId, label: 'ward' })
    const hop = { address, credentialId }
    await product.appliances.save({ name: 'ward', target: { by: 'address', address, credentialId } })
    const sudo = { by: 'address', address, credentialId: 'key-1', sudoCredentialId: credentialId } as const
    await product.appliances.save({ name: 'lab', target: sudo })
    await product.appliances.save({
      name: 'far',
      target: { by: 'address', address, credentialId: 'key-1', via: [hop] },
    })
    const appliances = ['ward', 'lab', 'far']
    expect(await product.vault.list({})).toMatchObject({ value: [{ usedBy: appliances }] })
    const inUse = { ok: false, failure: { kind: 'credential-in-use', credentialId, appliances } }
    expect(await product.vault.remove({ credentialId })).toEqual(inUse)
    for (const name of appliances) await product.appliances.forget({ name })
    expect(await product.vault.remove({ credentialId })).toEqual(ok({ credentialId }))
    expect(await loginWith(one, credentialId)).toBe('credential-unknown')
    await closeCore(one.core)
  })
})

describe('a console with a keychain', () => {
  function withKeychain(folder: string, keychain = pretendKeychain()) {
    const core = openCore(folder, { ...consoleOf().core.tools, keychain })
    return { core, ...clientInProcess({ core, caller: { by: 'console', operator: 'li' } }) }
  }

  it('makes the vault in it with the first secret that is kept, and asks nobody for it later (P13)', async () => {
    const { folder, ...one } = consoleOf()
    const first = { ...one, folder, ...withKeychain(folder) }
    const credentialId = await offered(first)
    expect(await first.desk.keepCredential({ credentialId, label: 'ward' })).toMatchObject({ ok: true })
    await closeCore(first.core)
    const later = withKeychain(folder)
    const state = { state: 'locked', protection: 'keychain', keychain: true }
    expect(await later.product.vault.state({})).toMatchObject({ value: state })
    expect(await loginWith({ ...first, ...later }, credentialId)).toBe('host-unreachable')
    await closeCore(later.core)
  })

  it('that is not there for the moment makes none, and keeps nothing', async () => {
    const { folder, ...one } = consoleOf()
    const keychain = pretendKeychain()
    keychain.state = 'unavailable'
    const first = { ...one, folder, ...withKeychain(folder, keychain) }
    const credentialId = await offered(first)
    const missing = { ok: false, failure: { kind: 'vault-missing' } }
    expect(await first.desk.keepCredential({ credentialId, label: 'ward' })).toEqual(missing)
    expect(await first.desk.createKeychainVault({})).toMatchObject({ failure: { reason: 'unavailable' } })
    expect(readdirSync(folder)).not.toContain('vault.json')
  })
})
