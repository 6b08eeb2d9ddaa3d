// Whether a certificate that somebody gives, and its key, can serve what is published: said here in plain words, before
// anything of the appliance is touched.
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { PublishedAt } from '../../../shared/domain/service-address.ts'

/** In PEM, the certificate with those between it and its authority. */
export type GivenCertificate = { readonly certificate: string; readonly key: string }
type Problem = FailureOf<'certificate-unusable'>['problem']

export function unusable(problem: Problem, detail = ''): Result<never> {
  return fail({ kind: 'certificate-unusable', problem, detail: evidence(detail, 300) })
}

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,20000}-----END CERTIFICATE-----/g

export type CheckedCertificate = { readonly chain: string; readonly key: string; readonly validUntil: string }

/** Its own certificate comes first, then those between it and the authority. */
export function checkCertificate(
  { certificate, key }: GivenCertificate,
  at: PublishedAt,
  now: string,
): Result<CheckedCertificate> {
  const all = certificate.match(pem) ?? []
  const [own] = all.flatMap((text) => readCertificate(text) ?? [])
  if (own === undefined) return unusable('no-certificate')
  const read = readKey(key)
  if (!read.ok) return read
  if (!own.checkPrivateKey(read.value)) return unusable('key-differs')
  if (Date.parse(own.validFrom) > Date.parse(now)) return unusable('not-yet-valid', own.validFrom)
  if (Date.parse(own.validTo) < Date.parse(now)) return unusable('expired', own.validTo)
  const place = at.name ?? at.address
  const isFor = at.name === undefined ? own.checkIP(at.address) : own.checkHost(at.name, { subject: 'never' })
  if (isFor === undefined) return unusable('other-name', `${place}: ${own.subjectAltName ?? own.subject}`)
  return ok({
    chain: `${all.join('\n')}\n`,
    key: pemOf(read.value),
    validUntil: new Date(own.validTo).toISOString(),
  })
}

function readCertificate(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text)
  } catch {
    return undefined
  }
}

/** In PEM, unlocked. */
export function readCertificateKey(text: string, passphrase?: string): Result<string> {
  const key = readKey(text, passphrase)
  return key.ok ? ok(pemOf(key.value)) : key
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** P-256 and P-384, in the words of OpenSSL. */
const curves = ['prime256v1', 'secp384r1']

/** What browsers take: RSA of 2048 bits or more, or a curve of NIST. */
function readKey(text: string, passphrase?: string): Result<KeyObject> {
  const isLocked = /ENCRYPTED/.test(text)
  if (isLocked && passphrase === undefined) return unusable('key-encrypted')
  try {
    const key = createPrivateKey({ key: text, ...(isLocked && { passphrase }) })
    const { asymmetricKeyDetails: about } = createPublicKey(key)
    const isStrong = key.asymmetricKeyType === 'rsa' && (about?.modulusLength ?? 0) >= 2048
    const isUsual = key.asymmetricKeyType === 'ec' && curves.includes(about?.namedCurve ?? '')
    if (!isStrong && !isUsual) return unusable('weak-key')
    return ok(key)
  } catch {
    return unusable(isLocked ? 'passphrase-wrong' : 'no-key')
  }
}
