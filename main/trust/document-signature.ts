// The signature of a document that others check without this console: ed25519 over the document's bytes, so OpenSSL alone
// is enough. What is checked comes from anybody.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { Secret } from '../../shared/domain/command.ts'
import { newSigningKey, publicOf } from './sign.ts'

export type DocumentSignature = { readonly sha256: string; readonly publicKey: string; readonly signature: string }

/** PKCS #8 in PEM. */
export function newDocumentKey(): Secret {
  return new Secret(newSigningKey().export({ format: 'pem', type: 'pkcs8' }).toString())
}

/** Throws for what is no key of that kind: only keys that were made here are kept. */
export function signDocument(text: string, secret: Secret): DocumentSignature {
  const key = createPrivateKey(secret.reveal())
  const bytes = Buffer.from(text)
  return { sha256: digest(bytes), publicKey: hexOf(key), signature: sign(null, bytes, key).toString('hex') }
}

/** What is wrong with it; undefined where it is the signature of these bytes by that key. */
export function faultOfSignature(
  text: string,
  { sha256, publicKey, signature }: DocumentSignature,
): 'changed' | 'signature-wrong' | undefined {
  const bytes = Buffer.from(text)
  if (digest(bytes) !== sha256) return 'changed'
  const x = Buffer.from(publicKey, 'hex').toString('base64url')
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, bytes, key, Buffer.from(signature, 'hex')) ? undefined : 'signature-wrong'
  } catch {
    // No point of the curve.
    return 'signature-wrong'
  }
}

/** As people compare it: of the public key's bytes. */
export function fingerprintOfKey(publicKey: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('base64').replace(/=+$/, '')}`
}

function hexOf(key: KeyObject): string {
  return publicOf(key).keyval.public
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
