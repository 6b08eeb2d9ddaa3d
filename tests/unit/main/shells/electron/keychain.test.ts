// The keychain behind safeStorage, with every backend that Electron names: one that protects nothing is refused, one
// that is not there for the moment is told apart from it, and old and new versions do the same (P13).
import { describe, expect, it } from 'vitest'
import { electronKeychain, type SafeStore } from '../../../../../main/shells/electron/keychain.ts'
import { ok } from '../../../../../shared/domain/failure.ts'

const bytes = Buffer.from([0, 255, 1, 254, 10])
const closed = (plain: string) => Buffer.from(`closed ${plain}`)
const open = (sealed: Buffer) => sealed.toString('utf8').replace('closed ', '')

const withBackend = (backend: string): SafeStore => ({ getSelectedStorageBackend: () => backend })
const newer: SafeStore = {
  ...withBackend('gnome_libsecret'),
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (plain) => closed(plain),
  decryptStringAsync: async (sealed) => ({ result: open(sealed) }),
  // Still there in some versions, and not to be used.
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.from('old'),
}
const older: SafeStore = {
  ...withBackend('kwallet5'),
  isEncryptionAvailable: () => true,
  encryptString: closed,
  decryptString: open,
}
const unusable = (reason: string, change: object = {}) => ({
  ok: false,
  failure: { kind: 'keychain-unusable', reason, detail: '', backend: 'gnome_libsecret', ...change },
})

describe.each([
  ['the asynchronous calls', newer, 'gnome_libsecret'],
  ['the older calls', older, 'kwallet5'],
])('a keychain with %s', (_name, store, backend) => {
  it('gives back the bytes it sealed, and says what keeps them', async () => {
    const keychain = electronKeychain(store, 'linux')
    expect([keychain.backend, await keychain.usable()]).toEqual([backend, ok(undefined)])
    const sealed = await keychain.seal(bytes)
    expect(sealed).toEqual(ok(closed(bytes.toString('base64'))))
    expect(sealed.ok && (await keychain.unseal(sealed.value))).toEqual(ok(bytes))
  })
})

describe('a backend on Linux', () => {
  it.each(['basic_text', 'unknown'])('%s is refused, though it would seal', async (backend) => {
    const sealed: string[] = []
    const keychain = electronKeychain(
      {
        ...newer,
        ...withBackend(backend),
        encryptStringAsync: async (plain) => {
          sealed.push(plain)
          return closed(plain)
        },
      },
      'linux',
    )
    const refused = unusable('not-protecting', { backend })
    const answers = [await keychain.usable(), await keychain.seal(bytes), await keychain.unseal(closed('x'))]
    expect([answers, sealed]).toEqual([[refused, refused, refused], []])
  })

  it('that an Electron does not name is not trusted', async () => {
    const { getSelectedStorageBackend: _, ...nameless } = newer
    const refused = unusable('not-protecting', { backend: 'unknown' })
    expect(await electronKeychain(nameless, 'linux').usable()).toEqual(refused)
  })

  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])('%s is used', async (backend) => {
    expect(await electronKeychain({ ...newer, ...withBackend(backend) }, 'linux').usable()).toEqual(ok(undefined))
  })
})

describe('on other systems', () => {
  it.each([
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ] as const)('%s has the one it has', async (system, backend) => {
    const { getSelectedStorageBackend: _, ...store } = newer
    const keychain = electronKeychain(store, system)
    expect([keychain.backend, await keychain.usable()]).toEqual([backend, ok(undefined)])
  })
})

describe('a keychain that is not there for the moment', () => {
  it('says so, and is used again when it is back', async () => {
    let available = false
    const keychain = electronKeychain({ ...newer, isAsyncEncryptionAvailable: async () => available }, 'linux')
    expect([await keychain.usable(), await keychain.unseal(closed('x'))]).toEqual([
      unusable('unavailable'),
      unusable('unavailable'),
    ])
    available = true
    expect((await keychain.seal(bytes)).ok).toBe(true)
  })

  it('also when it goes away in the middle', async () => {
    let available = true
    const store: SafeStore = {
      ...newer,
      isAsyncEncryptionAvailable: async () => available,
      decryptStringAsync: async () => {
        available = false
        throw new Error('dbus: no reply')
      },
    }
    expect(await electronKeychain(store, 'linux').unseal(closed('x'))).toEqual(unusable('unavailable'))
  })

  it('is another answer than one that does not want to', async () => {
    const store: SafeStore = {
      ...older,
      decryptString: () => {
        throw new Error('Error while decrypting\u001b[2J')
      },
    }
    const refused = unusable('refused', { backend: 'kwallet5', detail: 'Error while decrypting[2J' })
    expect(await electronKeychain(store, 'linux').unseal(closed('x'))).toEqual(refused)
  })
})
