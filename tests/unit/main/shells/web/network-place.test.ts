// What stands between a certificate that was typed and people who are served with it.
import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readNetworkPlace } from '../../../../../main/shells/web/network-place.ts'
import { needs } from '../../../../support/needs.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const ec = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
const hasOpenSsl = spawnSync('openssl', ['version']).status === 0
const day = 86_400_000

function made(kind: readonly string[] = ec) {
  const folder = temporaryFolder()
  const [certificateFile, keyFile] = [join(folder, 'c.pem'), join(folder, 'k.pem')]
  const words = ['req', '-x509', '-newkey', ...kind, '-nodes', '-days', '9', '-subj', '/CN=x']
  const more = ['-addext', 'subjectAltName=IP:10.0.0.5', '-keyout', keyFile, '-out', certificateFile]
  const done = spawnSync('openssl', [...words, ...more])
  if (done.status !== 0) throw new Error(String(done.stderr))
  chmodSync(keyFile, 0o600)
  return { address: '10.0.0.5', names: ['10.0.0.5'] as const, certificateFile, keyFile }
}

describe('a certificate for the local network', () => {
  beforeEach((context) => needs(context, hasOpenSsl, 'openssl'))
  const reasonOf = (words: ReturnType<typeof made>, at = Date.now()) => {
    const place = readNetworkPlace(words, at)
    return place.ok ? 'served' : 'reason' in place.failure ? place.failure.reason : place.failure.kind
  }

  it('is taken from its first day to its last', () => {
    const words = made()
    expect([-1, 0, 8, 10].map((days) => reasonOf(words, Date.now() + days * day))).toEqual([
      'certificate-expired',
      'served',
      'served',
      'certificate-expired',
    ])
  })

  it.each([
    ['rsa:1024', ['rsa:1024']],
    ['rsa:512', ['rsa:512']],
  ])('is not taken with a key that is too short: %s', (_name, kind) => {
    expect(reasonOf(made(kind))).toBe('certificate-not-served')
  })

  it('is not taken with a chain behind it that is broken', () => {
    const words = made()
    appendFileSync(
      words.certificateFile,
      readFileSync(words.certificateFile, 'utf8').replace(/[A-Za-z0-9]{20}/, 'A'.repeat(20)),
    )
    appendFileSync(words.certificateFile, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')
    expect(reasonOf(words)).toBe('certificate-not-served')
  })
})
