// Where a service is reached over the local network, from what was typed: a certificate that a browser takes for that
// name, its key, and operators who sign in. Anything less, and it is not served there at all.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { ServingProblem } from '../../../shared/domain/serving-problem.ts'
import { readSecretText } from '../../console-host/secret-file.ts'
import { readPlainText } from '../../files/plain-file.ts'
import type { NetworkWords } from './arguments.ts'
import { minVersion, type NetworkPlace } from './listening.ts'

/** Longer than a chain of certificates is. */
const mostCertificateBytes = 256 * 1024
const leastRsaBits = 2048

/** `nowMs`: certificates have a time. The private key is read from a file that is this user's alone. */
export function readNetworkPlace(words: NetworkWords, nowMs: number): Result<NetworkPlace> {
  const file = readPlainText(resolve(words.certificateFile), { follow: true, mostBytes: mostCertificateBytes })
  const certificate = 'read' in file ? file.read : ''
  const leaf = parsed(() => new X509Certificate(certificate))
  if (leaf === undefined) return refused('certificate-unreadable', words.certificateFile)
  const key = readSecretText(words.keyFile)
  if (!key.ok) return key
  const privateKey = parsed<KeyObject>(() => createPrivateKey(key.value))
  if (privateKey === undefined) return refused('key-unusable', words.keyFile)
  if (!leaf.checkPrivateKey(privateKey)) return refused('key-of-another-certificate', words.keyFile)
  const validUntilMs = Date.parse(leaf.validTo)
  if (nowMs >= validUntilMs || nowMs < Date.parse(leaf.validFrom)) {
    return fail({ kind: 'serving-not-now', reason: 'certificate-expired', detail: leaf.validTo })
  }
  // The first is said to people; the address alone needs to be in it only where no other name is given.
  if (!isNamed(leaf, words.names[0])) return refused('name-not-in-certificate', words.names[0])
  const problem = servingTrouble(certificate, key.value, privateKey)
  if (problem !== undefined) return refused('certificate-not-served', problem)
  return ok({ address: words.address, names: words.names, certificate, key: key.value, validUntilMs })
}

/** What the library of TLS itself has against it: a chain that is broken, a key that is too short, of a kind no browser takes. */
function servingTrouble(
  cert: string,
  key: string,
  { asymmetricKeyType, asymmetricKeyDetails }: KeyObject,
): string | undefined {
  const bits = asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < leastRsaBits) return `RSA ${bits}`
  if (!['rsa', 'rsa-pss', 'ec', 'ed25519'].includes(asymmetricKeyType ?? '')) return asymmetricKeyType ?? 'unknown'
  try {
    createSecureContext({ cert, key, minVersion })
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

function isNamed(leaf: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? leaf.checkHost(name, { subject: 'never' }) : leaf.checkIP(name)) !== undefined
}

function refused(reason: ServingProblem, detail: string): Result<never> {
  return fail({ kind: 'serving-refused', reason, detail: evidence(detail, 500) })
}

function parsed<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
