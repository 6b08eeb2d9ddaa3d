// What a certificate that somebody gives is refused for, each in its own words, before an appliance is touched.
import { spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCertificate, readCertificateKey } from '../../../../../main/core/runs/check-certificate.ts'
import { needs } from '../../../../support/needs.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const at = { address: '10.0.0.5', port: 443 }
const named = { ...at, name: 'ai.hospital.example' }
const now = new Date(Date.now() + 3_600_000).toISOString()
const inYears = (years: number) => new Date(Date.now() + years * 365 * 86_400_000).toISOString()

function made(newKey: readonly string[], names = 'IP:10.0.0.5,DNS:ai.hospital.example') {
  const folder = temporaryFolder()
  const [key, file] = [join(folder, 'key'), join(folder, 'crt')]
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', ...newKey, '-nodes', '-days', '30', '-subj', '/CN=ward'],
      ...['-addext', `subjectAltName=${names}`, '-keyout', key, '-out', file],
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return { key: readFileSync(key, 'utf8'), certificate: readFileSync(file, 'utf8') }
}

const curve = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
const problemOf = (result: ReturnType<typeof checkCertificate>) =>
  result.ok ? 'none' : result.failure.kind === 'certificate-unusable' && result.failure.problem

describe('a given certificate', () => {
  it('is taken where it is for the address or the name, with those that come after it', (context) => {
    needs(context, hasOpenssl, 'openssl is not installed')
    const [own, between] = [made(curve), made(['rsa:2048'])]
    const chain = `${own.certificate}some words\n${between.certificate}`
    for (const place of [at, named]) {
      const checked = checkCertificate({ certificate: chain, key: own.key }, place, now)
      expect(checked).toMatchObject({ ok: true })
      if (!checked.ok) continue
      expect(checked.value.chain).toBe(`${own.certificate.trim()}\n${between.certificate.trim()}\n`)
      expect(checked.value.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    }
  })

  it('is refused for what it is', (context) => {
    needs(context, hasOpenssl, 'openssl is not installed')
    const own = made(curve)
    const judge = (change: Partial<typeof own>, place: Parameters<typeof checkCertificate>[1] = at, when = now) =>
      problemOf(checkCertificate({ ...own, ...change }, place, when))
    expect(judge({ certificate: 'none' })).toBe('no-certificate')
    expect(judge({ certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' })).toBe(
      'no-certificate',
    )
    expect(judge({ key: 'none' })).toBe('no-key')
    expect(judge({ key: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n' })).toBe('key-encrypted')
    const locked = createPrivateKey(own.key)
      .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'hunter2' })
      .toString()
    expect(readCertificateKey(locked, 'hunter2')).toEqual({ ok: true, value: own.key })
    expect(readCertificateKey(locked)).toMatchObject({ failure: { problem: 'key-encrypted' } })
    expect(readCertificateKey(locked, 'hunter3')).toMatchObject({ failure: { problem: 'passphrase-wrong' } })
    expect(judge({ key: made(curve).key })).toBe('key-differs')
    expect(judge(made(['rsa:1024']))).toBe('weak-key')
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(judge({ key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() })).toBe('weak-key')
    expect(judge({}, at, inYears(-1))).toBe('not-yet-valid')
    expect(judge({}, at, inYears(1))).toBe('expired')
    expect(judge({}, { ...at, address: '10.0.0.6' })).toBe('other-name')
    expect(judge({}, { ...at, name: 'other.example' })).toBe('other-name')
    expect(judge(made(curve, 'DNS:ai.hospital.example'))).toBe('other-name')
    // Browsers do not look at the name of the subject.
    expect(judge(made(curve, 'DNS:other.example'), { ...at, name: 'ward' })).toBe('other-name')
    expect(judge(made(['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1']))).toBe('weak-key')
  })
})
