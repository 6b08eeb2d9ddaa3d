// What is set about the identity provider, where its secret is, and saying there once more who one is.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesUnder } from '../../../../support/files-under.ts'
import { failureOf, given, redirect, subject, unsound, withProvider } from '../../../../support/provider-console.ts'

const minute = 60_000
const canary = 'canary-client-secret-9d41'

describe('stepping up', () => {
  const byProvider = async () => {
    const at = await withProvider()
    const { sessionKey } = await given(at.signIn())
    const client = at.as(sessionKey)
    const remove = () => failureOf(client.product.operators.remove({ name: 'zhao' }))
    const stepUp = async (who = subject, authMs = at.nowMs()) => {
      const { attempt, address } = await at.begin(client, 'step-up')
      const returned = at.provider.authorize(address, who, authMs)
      return failureOf(client.desk.finishProviderStepUp({ attempt, returned }))
    }
    return { ...at, sessionKey, client, remove, stepUp }
  }

  it('is needed at once: signing in there proves nothing of now', async () => {
    const { remove } = await byProvider()
    expect(await remove()).toEqual({ kind: 'step-up-needed' })
  })

  it('asks the provider to ask anew, and counts for five minutes', async () => {
    const { begin, client, stepUp, remove, pass } = await byProvider()
    const query = new URL((await begin(client, 'step-up')).address).searchParams
    expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0'])
    expect(await stepUp()).toBe(undefined)
    expect(await remove()).toMatchObject({ kind: 'operator-unusable' })
    pass(5 * minute)
    expect(await remove()).toEqual({ kind: 'step-up-needed' })
  })

  it('is refused where the provider asked nobody anew, or does not say when', async () => {
    const { stepUp, remove, nowMs, provider } = await byProvider()
    expect(await stepUp(subject, nowMs() - 40_000)).toMatchObject(unsound)
    provider.told.claims = ({ auth_time: _when, ...one }) => one
    expect(await stepUp()).toMatchObject(unsound)
    expect(await remove()).toEqual({ kind: 'step-up-needed' })
  })

  it('is refused to another person, to another session, and by passphrase', async () => {
    const { stepUp, begin, client, provider, signIn, as, remove } = await byProvider()
    expect(await stepUp('somebody-else')).toMatchObject({ problem: 'other-person' })
    const other = as((await given(signIn())).sessionKey)
    const { attempt, address } = await begin(client, 'step-up')
    const returned = provider.authorize(address, subject)
    const elsewhere = await failureOf(other.desk.finishProviderStepUp({ attempt, returned }))
    expect(elsewhere).toMatchObject({ problem: 'attempt-over' })
    expect(await failureOf(client.desk.stepUp({ passphrase: 'whatever it is' }))).toMatchObject({ problem: 'not-so' })
    expect(await remove()).toEqual({ kind: 'step-up-needed' })
  })

  it('signs nobody in, and signing in steps nobody up', async () => {
    const { begin, client, provider, finish } = await byProvider()
    const one = await begin(client, 'step-up')
    const asSignIn = await failureOf(finish(one.attempt, provider.authorize(one.address, subject)))
    expect(asSignIn).toMatchObject({ problem: 'attempt-over' })
    const two = await begin()
    const returned = provider.authorize(two.address, subject)
    const asStepUp = await failureOf(client.desk.finishProviderStepUp({ attempt: two.attempt, returned }))
    expect(asStepUp).toMatchObject({ problem: 'attempt-over' })
  })

  it('is not begun by who signed in with a passphrase, or not at all', async () => {
    const { admin, as } = await byProvider()
    const step = { purpose: 'step-up', redirect } as const
    expect(await failureOf(admin.desk.beginProviderSignIn(step))).toMatchObject({ problem: 'not-so' })
    expect(await failureOf(as().desk.beginProviderSignIn(step))).toMatchObject({ kind: 'sign-in-needed' })
  })
})

describe('what an administrator sets', () => {
  it('is taken by https or from this computer, and in no other way', async () => {
    const { admin } = await withProvider()
    const set = (issuer: string) => failureOf(admin.desk.setProvider({ issuer, clientId: 'rackside' }))
    for (const wrong of [
      ...['http://idp.hospital.example', 'https://user@idp.example', 'https://idp.example/?x=1', 'ftp://idp.example'],
      ...['https://idp.example/#x', 'http://127.0.0.1.evil.example', 'https://idp.example\\@evil.example', 'idp'],
    ]) {
      expect([wrong, (await set(wrong))?.kind]).toEqual([wrong, 'input-invalid'])
    }
    expect(await set('https://idp.hospital.example/realms/ward')).toBe(undefined)
  })

  it('binds one operator to one person', async () => {
    const { admin } = await withProvider()
    expect(await failureOf(admin.product.operators.bindSubject({ name: 'admin', providerSubject: subject }))).toEqual({
      ...{ kind: 'operator-unusable', name: '王芳', problem: 'subject-taken' },
    })
  })

  it('keeps its secret in the vault and nowhere else, and nothing that came from the provider', async () => {
    const at = await withProvider({ secret: canary })
    const { attempt, address } = await at.begin()
    const returned = at.provider.authorize(address, subject)
    const { sessionKey } = await given(at.finish(attempt, returned))
    const wrong = await at.begin()
    const answer = await failureOf(at.finish(wrong.attempt, 'code=canary-code-1234&state=canary-state'))
    const secrets = [canary, sessionKey, attempt, new URLSearchParams(returned).get('code') ?? '', 'canary-code-1234']
    const provider = await at.admin.product.operators.provider({})
    const files = filesUnder(at.folder).map((one) => readFileSync(join(at.folder, one), 'latin1'))
    const kept = [...files, JSON.stringify([answer, provider])].join('\n')
    expect(kept).toContain(at.provider.issuer)
    expect(secrets.filter((one) => kept.includes(one))).toEqual([])
    expect(provider).toMatchObject({ value: { confidential: true } })
  })

  it('is no login for appliances, and not taken out of the vault under it', async () => {
    const { admin, core } = await withProvider({ secret: canary })
    const [entry] = await given(admin.product.vault.list({}))
    expect(entry).toMatchObject({ kind: 'client-secret' })
    const credentialId = entry?.credentialId ?? ''
    expect(await core.vault.read(credentialId)).toMatchObject({ failure: { kind: 'credential-unknown' } })
    expect(await failureOf(admin.product.vault.remove({ credentialId }))).toMatchObject({ kind: 'credential-in-use' })
    await given(admin.product.operators.removeProvider({}))
    expect(await given(admin.product.vault.list({}))).toEqual([])
  })

  it('needs the vault open for the first sign-in alone, and again after a person locks it', async () => {
    const { admin, core, signIn } = await withProvider({ secret: canary })
    expect(await failureOf(signIn())).toBe(undefined)
    core.vault.lock()
    expect(await failureOf(signIn())).toBe(undefined)
    await admin.product.vault.lock({})
    expect(await failureOf(signIn())).toMatchObject({ kind: 'provider-unusable', problem: 'vault-locked' })
  })
})
