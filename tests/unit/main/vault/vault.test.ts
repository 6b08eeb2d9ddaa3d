// The vault from outside: what is kept comes back, what is locked is gone from this process, a wrong passphrase is
// told apart from damage, and nobody's entry is lost.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../shared/domain/command.ts'
import { ok, type Result } from '../../../../shared/domain/failure.ts'
import {
  idleMinutes,
  passphrase,
  passwordEntry,
  pretendKeychain,
  pretendVault,
} from '../../../support/pretend-vault.ts'

const wrong = (waitSeconds = 0) => ({ ok: false, failure: { kind: 'vault-passphrase-wrong', waitSeconds } })
const locked = { ok: false, failure: { kind: 'vault-locked' } }

async function withSecret(change: Parameters<typeof pretendVault>[0] = {}) {
  const one = pretendVault(change)
  expect(await one.vault.create(passphrase)).toEqual(ok(undefined))
  expect(await one.vault.keep(passwordEntry('password-1', 'hunter2'))).toEqual(ok(undefined))
  return one
}

const secretOf = (read: Result<{ secret: Secret }>) => (read.ok ? read.value.secret.reveal() : read.failure.kind)

describe('a vault', () => {
  it('is none until it is made, and is made once', async () => {
    const { vault } = pretendVault()
    expect(vault.state()).toEqual(ok({ state: 'none', protection: null, entries: null, waitSeconds: 0 }))
    for (const refused of [await vault.unlock(passphrase), await vault.list(), await vault.read('x')]) {
      expect(refused).toEqual({ ok: false, failure: { kind: 'vault-missing' } })
    }
    const both = await Promise.all([vault.create(passphrase), vault.create('another passphrase')])
    expect(both).toEqual([ok(undefined), { ok: false, failure: { kind: 'vault-exists' } }])
    expect(vault.state()).toMatchObject({ value: { state: 'unlocked', protection: 'passphrase', entries: 0 } })
  })

  it.each([
    ['', 'empty'],
    ['eleven sign', 'too-short'],
    ['床头床头床头床头床头床', 'too-short'],
    ['x'.repeat(1025), 'too-long'],
  ])('is not made with a passphrase such as "%.12s"', async (given, reason) => {
    const { vault, folder } = pretendVault()
    const refused = { ok: false, failure: { kind: 'vault-passphrase-unusable', reason } }
    expect(await vault.create(given)).toEqual(refused)
    expect(readdirSync(folder)).toEqual([])
    const { vault: there } = await withSecret()
    expect(await there.changePassphrase(passphrase, given)).toEqual(refused)
  })

  it('gives back what is kept, also to the next process, and says nothing of it in its list', async () => {
    const { vault, beside } = await withSecret()
    const key = { id: 'private-key-1', kind: 'private-key', label: 'id_ed25519' } as const
    const secret = new Secret('-----BEGIN 门诊')
    expect(await vault.keep({ ...key, secret, passphrase: new Secret('of the key') })).toEqual(ok(undefined))
    const next = beside()
    expect(await next.list()).toEqual(locked)
    expect(await next.unlock(passphrase)).toEqual(ok(undefined))
    const createdAt = '2026-11-22T08:00:00.000Z'
    const first = { id: 'password-1', kind: 'password', label: 'login password-1', createdAt }
    expect(await next.list()).toEqual(ok([first, { ...key, createdAt }]))
    const read = await next.read('private-key-1')
    expect([secretOf(read), read.ok && read.value.passphrase?.reveal()]).toEqual(['-----BEGIN 门诊', 'of the key'])
    expect(secretOf(await next.read('password-1'))).toBe('hunter2')
    expect(JSON.stringify(await next.read('password-1'))).not.toContain('hunter2')
  })

  it('replaces an entry of the same id, removes one, and knows which are not there', async () => {
    const { vault } = await withSecret()
    await vault.keep(passwordEntry('password-1', 'another'))
    expect(secretOf(await vault.read('password-1'))).toBe('another')
    expect(await vault.remove('password-1')).toEqual(ok(undefined))
    const unknown = { ok: false, failure: { kind: 'credential-unknown', credentialId: 'password-1' } }
    expect([await vault.read('password-1'), await vault.remove('password-1')]).toEqual([unknown, unknown])
    expect(vault.state()).toMatchObject({ value: { entries: 0 } })
  })

  it('makes a label safe to show, however long it is', async () => {
    const { vault } = await withSecret()
    await vault.keep({ ...passwordEntry('password-2', 'x'), label: `\u001b[2J${'门诊'.repeat(300)}` })
    const listed = await vault.list()
    const label = listed.ok ? listed.value[1]?.label : ''
    expect(label).toMatch(/^\[2J门诊.*\[cut\]$/)
    expect(label?.length).toBeLessThanOrEqual(200)
  })

  it('knows a passphrase whichever way its signs are typed (full width, composed)', async () => {
    const { vault, beside } = pretendVault()
    await vault.create('Zürich ward number 7')
    expect(await beside().unlock('Zu\u0308rich ｗard number 7')).toEqual(ok(undefined))
  })
})

describe('locking (P18)', () => {
  it('wipes the key: no buffer of this process holds it any more', async () => {
    const { vault, made, file } = await withSecret()
    const keys = () => made.filter((bytes) => bytes.length === 32)
    expect(keys().map((key) => key.some((byte) => byte !== 0))).toEqual([true])
    vault.lock()
    expect(keys().map((key) => key.some((byte) => byte !== 0))).toEqual([false])
    expect([await vault.read('password-1'), await vault.keep(passwordEntry('a', 'b'))]).toEqual([locked, locked])
    expect(vault.state()).toMatchObject({ value: { state: 'locked', entries: null } })
    expect(await vault.unlock(passphrase)).toEqual(ok(undefined))
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
    expect(statSync(file).size).toBeGreaterThan(0)
  })

  it('happens by itself after a quarter of an hour in which no secret was used, and not before', async () => {
    const { vault, clock } = await withSecret()
    await clock.advance((idleMinutes - 1) * 60_000)
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
    await clock.advance((idleMinutes - 1) * 60_000)
    // Looking at it is no use of a secret.
    await vault.list()
    expect(vault.state()).toMatchObject({ value: { state: 'unlocked' } })
    await clock.advance(60_000)
    expect(vault.state()).toMatchObject({ value: { state: 'locked' } })
    expect([await vault.read('password-1'), clock.waiting()]).toEqual([locked, 0])
  })

  it('is noticed by the calendar when the computer slept meanwhile', async () => {
    let now = '2026-11-22T08:00:00.000Z'
    const { vault } = await withSecret({ now: () => now, pause: () => new Promise(() => undefined) })
    now = '2026-11-22T08:14:59.000Z'
    expect(vault.state()).toMatchObject({ value: { state: 'unlocked' } })
    now = '2026-11-22T08:15:00.000Z'
    expect(await vault.read('password-1')).toEqual(locked)
  })

  it('wins over an unlocking that is under way, and leaves no timer behind', async () => {
    const { vault, clock } = await withSecret()
    vault.lock()
    const unlocking = vault.unlock(passphrase)
    await Promise.resolve()
    await Promise.resolve()
    vault.lock()
    expect([await unlocking, clock.waiting()]).toEqual([locked, 0])
  })
})

describe('a wrong passphrase', () => {
  it('is not damage, changes nothing, and leaves an unlocked vault unlocked', async () => {
    const { vault, beside, file } = await withSecret()
    const before = readFileSync(file)
    expect(await beside().unlock('ward seven at noon')).toEqual(wrong())
    expect(await vault.unlock('ward seven at noon')).toEqual(wrong())
    expect(await vault.changePassphrase('ward seven at noon', 'a new passphrase')).toEqual(wrong())
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('slows down after five, and says how long; then the right one counts again', async () => {
    const { vault, clock } = await withSecret()
    vault.lock()
    const asked = await Promise.all(Array.from({ length: 6 }, () => vault.unlock('not the passphrase')))
    expect(asked).toEqual([wrong(), wrong(), wrong(), wrong(), wrong(30), wrong(30)])
    // Not even tried.
    expect(await vault.unlock(passphrase)).toEqual(wrong(30))
    await clock.advance(29_100)
    expect(await vault.changePassphrase(passphrase, 'a new passphrase')).toEqual(wrong(1))
    expect(vault.state()).toMatchObject({ value: { waitSeconds: 1 } })
    await clock.advance(900)
    expect(await vault.unlock(passphrase)).toEqual(ok(undefined))
    expect(await vault.unlock('not the passphrase')).toEqual(wrong())
  })
})

describe('another passphrase', () => {
  it('opens everything, the old one nothing, and another process that was unlocked is locked', async () => {
    const { vault, beside, file } = await withSecret()
    const other = beside()
    await other.unlock(passphrase)
    const before = JSON.parse(readFileSync(file, 'utf8'))
    expect(await vault.changePassphrase(passphrase, 'a new passphrase')).toEqual(ok(undefined))
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
    expect(await other.read('password-1')).toEqual(locked)
    expect(await other.unlock(passphrase)).toEqual(wrong())
    expect(await other.unlock('a new passphrase')).toEqual(ok(undefined))
    // Salt, nonces and key are new: nothing was sealed twice in one way.
    const after = JSON.parse(readFileSync(file, 'utf8'))
    expect(after.body.keyId).not.toBe(before.body.keyId)
    expect(after.body.protection.salt).not.toBe(before.body.protection.salt)
    expect(after.body.entries.nonce).not.toBe(before.body.entries.nonce)
  })
})

describe('two that write the same file', () => {
  it('lose nothing: each looks at it again before it writes', async () => {
    const { vault, beside } = await withSecret()
    const other = beside()
    await other.unlock(passphrase)
    const kept = await Promise.all([
      vault.keep(passwordEntry('a', 'of a')),
      other.keep(passwordEntry('b', 'of b')),
      vault.keep(passwordEntry('c', 'of c')),
    ])
    expect(kept.every((one) => one.ok)).toBe(true)
    const listed = await vault.list()
    expect(listed.ok && listed.value.map((one) => one.id)).toEqual(['password-1', 'a', 'b', 'c'])
  })
})

describe('a vault in the keychain (P13)', () => {
  it('opens without a question, until a person locks it, and then only for a person', async () => {
    const { vault, beside, clock } = pretendVault({ keychain: pretendKeychain() })
    expect(await vault.createInKeychain()).toEqual(ok(undefined))
    await vault.keep(passwordEntry('password-1', 'hunter2'))
    await clock.advance(idleMinutes * 60_000)
    expect(vault.state()).toMatchObject({ value: { state: 'locked', protection: 'keychain' } })
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
    expect(secretOf(await beside().read('password-1'))).toBe('hunter2')
    vault.lock()
    expect(await vault.read('password-1')).toEqual(locked)
    expect(await vault.unlock(undefined)).toEqual(ok(undefined))
    expect(secretOf(await vault.read('password-1'))).toBe('hunter2')
  })

  it('is not made without one, nor while it is not available; that is a failure of its own', async () => {
    const none = await pretendVault().vault.createInKeychain()
    expect(none).toMatchObject({ failure: { kind: 'keychain-unusable', reason: 'none-here' } })
    const keychain = pretendKeychain()
    const { vault, folder } = pretendVault({ keychain })
    keychain.state = 'unavailable'
    const refused = { failure: { kind: 'keychain-unusable', reason: 'unavailable', backend: 'pretend' } }
    expect(await vault.createInKeychain()).toMatchObject(refused)
    expect(readdirSync(folder)).toEqual([])
    keychain.state = 'well'
    await vault.createInKeychain()
    await vault.keep(passwordEntry('password-1', 'hunter2'))
    vault.lock()
    keychain.state = 'unavailable'
    expect(await vault.unlock(undefined)).toMatchObject(refused)
    keychain.state = 'well'
    expect(await vault.unlock(undefined)).toEqual(ok(undefined))
  })

  it('can be put under a passphrase by whoever may open it', async () => {
    const { vault, folder } = pretendVault({ keychain: pretendKeychain() })
    await vault.createInKeychain()
    await vault.keep(passwordEntry('password-1', 'hunter2'))
    expect(await vault.changePassphrase('', passphrase)).toEqual(ok(undefined))
    const { vault: elsewhere } = pretendVault({}, folder)
    expect(await elsewhere.unlock(passphrase)).toEqual(ok(undefined))
    expect(secretOf(await elsewhere.read('password-1'))).toBe('hunter2')
  })
})
