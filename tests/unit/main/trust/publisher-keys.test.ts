// A publisher's key at rest: it signs after it was opened with its passphrase, and with no other.
import { describe, expect, it } from 'vitest'
import { openKey, sealKey } from '../../../../main/trust/publisher-keys.ts'
import { newSigningKey, publicOf } from '../../../../main/trust/sign.ts'
import { must } from '../../../support/demo-core.ts'

const passphrase = 'correct horse battery'
const cheap = 14

describe('a signing key at rest', () => {
  it('is the same when it is opened, and its text has nothing of it', async () => {
    const key = newSigningKey()
    const text = must(await sealKey(key, passphrase, cheap))
    expect(publicOf(must(await openKey(text, passphrase, 'root-1.key')))).toEqual(publicOf(key))
    const plain = key.export({ type: 'pkcs8', format: 'der' })
    expect(text).not.toContain(plain.toString('base64').slice(-40))
    expect(text).not.toContain(passphrase)
  })

  it('stays closed for another passphrase, and when its text was changed', async () => {
    const text = must(await sealKey(newSigningKey(), passphrase, cheap))
    const changed = text.replace(/"bytes":"(.)/, (_, first) => `"bytes":"${first === 'A' ? 'B' : 'A'}`)
    const wrong = { ok: false, failure: { kind: 'publisher-passphrase-wrong' } }
    expect(await openKey(text, 'another passphrase', 'root-1.key')).toMatchObject(wrong)
    expect(await openKey(changed, passphrase, 'root-1.key')).toMatchObject(wrong)
    expect(await openKey('{}', passphrase, 'root-1.key')).toMatchObject({
      ok: false,
      failure: { kind: 'secret-file-unusable' },
    })
  })

  it('asks for a passphrase that is worth one', async () => {
    expect(await sealKey(newSigningKey(), 'short', cheap)).toMatchObject({
      ok: false,
      failure: { kind: 'vault-passphrase-unusable', reason: 'too-short' },
    })
  })
})
