// The signature of a release: ed25519 over the canonical JSON of what is signed, so that spaces and the order of fields
// make no difference and nothing else does either.
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { canonicalize } from '@tufjs/canonical-json'
import { publicOf } from './sign.ts'

/** In hex. */
export function signRelease(signed: unknown, key: KeyObject): string {
  return sign(null, bytesOf(signed), key).toString('hex')
}

/** `keys`: public ones in hex. One of them signed exactly this. */
export function isSignedByRelease(signed: unknown, signature: string, keys: readonly string[]): boolean {
  return keys.some((key) => {
    try {
      const x = Buffer.from(key, 'hex').toString('base64url')
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
      return verify(null, bytesOf(signed), publicKey, Buffer.from(signature, 'hex'))
    } catch {
      // No point of the curve, or values that have no canonical form: nobody signed that.
      return false
    }
  })
}

export function publicKeyHex(key: KeyObject): string {
  return publicOf(key).keyval.public
}

function bytesOf(signed: unknown): Buffer {
  return Buffer.from(canonicalize(signed))
}
