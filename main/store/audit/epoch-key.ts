// The key that signs checkpoints of one stretch of the audit and makes way for the next one's; then it is destroyed, so that
// whoever finds the key of today cannot vouch for yesterday. It lies in the state folder, for this user alone: that keeps
// out others of this computer, not this user and not root. What they do is shown only by a checkpoint that lies elsewhere.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as z from 'zod'
import { syncFolder } from '../folder.ts'
import { secretFileIn } from '../secret-file.ts'

const keyFile = z.strictObject({ epoch: z.int().positive(), pkcs8: z.base64().max(1000) })

export type EpochKey = { readonly epoch: number; readonly publicKey: string; sign(text: string): string }

/** On the disk before it is told of. Throws when it cannot be. */
export function makeEpochKey(file: string, epoch: number): EpochKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const written = secretFileIn(dirname(file), basename(file)).write(JSON.stringify({ epoch, pkcs8 }))
  if (!written.ok) throw new Error(`the key of the audit could not be written: ${JSON.stringify(written.failure)}`)
  return keyFrom(epoch, privateKey)
}

/** Undefined where there is none that can be used: what is written goes on without, and the verifier says so. */
export function readEpochKey(file: string): EpochKey | undefined {
  const read = secretFileIn(dirname(file), basename(file)).read()
  if (!read.ok || read.value === undefined) return undefined
  try {
    const { epoch, pkcs8 } = keyFile.parse(JSON.parse(read.value))
    return keyFrom(epoch, createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' }))
  } catch {
    return undefined
  }
}

/** The old key's bytes are written over first: as good as a file system lets one destroy something. */
export function replaceKey(from: string, to: string): void {
  blank(to)
  renameSync(from, to)
  syncFolder(dirname(to))
}

function blank(file: string): void {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    writeSync(descriptor, Buffer.alloc(size), 0, size, 0)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function keyFrom(epoch: number, key: KeyObject): EpochKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const publicKey = Buffer.from(x, 'base64url').toString('hex')
  return { epoch, publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('hex') }
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'hex').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'))
  } catch {
    // No point of the curve.
    return false
  }
}
