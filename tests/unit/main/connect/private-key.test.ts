// P9: a key that cannot be used is found out here, without a single attempt at the server. Every form that people
// have is read, and a missing passphrase is told from a wrong one.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPrivateKey } from '../../../../main/connect/private-key.ts'
import { Secret } from '../../../../shared/domain/command.ts'
import { generateKeyPair } from '../../../support/fake-ssh-server.ts'

const passphrase = 'a passphrase'
const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ecdsa: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
}
const locked = { cipher: 'aes-256-cbc', passphrase } as const
const pem = { format: 'pem' } as const

const plain: [string, string, string][] = [
  ['OpenSSH ed25519', generateKeyPair().private, 'ssh-ed25519'],
  ['PKCS#1', pairs.rsa.export({ type: 'pkcs1', ...pem }).toString(), 'ssh-rsa'],
  ['SEC1', pairs.ecdsa.export({ type: 'sec1', ...pem }).toString(), 'ecdsa-sha2-nistp256'],
  ['PKCS#8 RSA', pairs.rsa.export({ type: 'pkcs8', ...pem }).toString(), 'ssh-rsa'],
  ['PKCS#8 EC', pairs.ecdsa.export({ type: 'pkcs8', ...pem }).toString(), 'ecdsa-sha2-nistp256'],
  ['PKCS#8 ed25519', pairs.ed25519.export({ type: 'pkcs8', ...pem }).toString(), 'ssh-ed25519'],
]

const encrypted: [string, string][] = [
  ['OpenSSH', generateKeyPair(passphrase).private],
  ['PKCS#1', pairs.rsa.export({ type: 'pkcs1', ...pem, ...locked }).toString()],
  ['SEC1', pairs.ecdsa.export({ type: 'sec1', ...pem, ...locked }).toString()],
  ['PKCS#8 RSA', pairs.rsa.export({ type: 'pkcs8', ...pem, ...locked }).toString()],
  ['PKCS#8 ed25519', pairs.ed25519.export({ type: 'pkcs8', ...pem, ...locked }).toString()],
]

function read(text: string, given?: string) {
  const key = readPrivateKey({
    privateKey: new Secret(text),
    file: 'f',
    ...(given === undefined ? {} : { passphrase: new Secret(given) }),
  })
  if (key.ok) return key.value.type
  return key.failure.kind === 'identity-unusable' ? `${key.failure.file}: ${key.failure.reason}` : key.failure.kind
}

describe('a private key', () => {
  it.each(plain)('in the form %s is read, also with a passphrase nobody needs', (_form, text, type) => {
    expect([read(text), read(text, passphrase), read(text.replaceAll('\n', '\r\n'))]).toEqual([type, type, type])
  })

  it.each(plain)('in the form %s signs what its public half verifies', (_form, text) => {
    const key = readPrivateKey({ privateKey: new Secret(text) })
    if (!key.ok) throw new Error('not read')
    const signature = key.value.sign(Buffer.from('data'))
    expect(key.value.verify(Buffer.from('data'), signature as Buffer)).toBe(true)
  })

  it.each(encrypted)(
    'in the form %s that is encrypted asks for its passphrase, and knows a wrong one',
    (_form, text) => {
      expect([read(text), read(text, ''), read(text, 'wrong')]).toEqual([
        'f: encrypted',
        'f: encrypted',
        'f: passphrase-wrong',
      ])
      expect(read(text, passphrase)).toMatch(/^(ssh|ecdsa)-/)
    },
  )

  it.each([
    ['a public key', generateKeyPair().public],
    ['something else', 'hunter2'],
    ['nothing', ''],
    ['half a key', plain[0]?.[1].slice(0, 200) ?? ''],
    ['damaged PKCS#8', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
    ["PuTTY's third form", 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\n'],
    [
      'a kind SSH does not have',
      generateKeyPairSync('x25519')
        .privateKey.export({ type: 'pkcs8', ...pem })
        .toString(),
    ],
  ])('is not %s', (_what, text) => {
    expect(read(text)).toBe('f: not-a-key')
  })
})
