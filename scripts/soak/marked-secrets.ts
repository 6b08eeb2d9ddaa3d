// The secrets of a canary run: all of them carry the run's mark, so that one search finds any of them, whole or broken
// off, in any encoding. The tests take their secrets from here, so that the run needs no tests of its own.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keysFolder } from '../lab/folders.ts'
import { type Canary, type Needle, needlesOf } from './canary.ts'

/** Given by a canary run; whatever starts without it makes up secrets of its own. */
export const seedVariable = 'RACKSIDE_CANARY_SEED'

const seed = process.env[seedVariable] ?? randomBytes(8).toString('hex')

/** Its characters are other ones in JSON, in a URL, in a shell's quotes and in Latin-1. */
export function markedSecret(name: string, ofSeed = seed): string {
  return `Cana"ry ${markOf(ofSeed)}-${name}/+ü護`
}

/** What finds every secret of the run, and private keys beside them. */
export function needlesOfRun(ofSeed = seed): readonly Needle[] {
  return needlesOf([{ name: 'marked secret', secret: markOf(ofSeed) }, ...keyCanaries()])
}

function markOf(ofSeed: string): string {
  return createHash('sha256').update(`canary ${ofSeed}`).digest('hex').slice(0, 20)
}

/**
 * So begins every key of OpenSSH's that has no passphrase (no cipher, no derivation, one key), in whatever it is kept.
 * Programs that read keys have no such text, and neither has this one: its source would be found.
 */
const unencryptedKeyBegins = Buffer.from('openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01').toString(
  'base64',
)

function keyCanaries(): Canary[] {
  const file = join(keysFolder(), 'ops_ed25519')
  const seeds = existsSync(file) ? [{ name: 'login key', secret: secretHalf(readFileSync(file, 'utf8')) }] : []
  return [{ name: 'private key', secret: unencryptedKeyBegins }, ...seeds]
}

/** The 32 bytes that an Ed25519 key of OpenSSH's is made from: they follow its public half. */
export function secretHalf(privateKey: string): Uint8Array {
  const bytes = Buffer.from(privateKey.replace(/-----[^-]+-----/g, ''), 'base64')
  const begins = Buffer.from([0, 0, 0, 64])
  const at = bytes.lastIndexOf(begins)
  if (at === -1) throw new Error('this is no Ed25519 key of OpenSSH without a passphrase')
  return bytes.subarray(at + begins.length, at + begins.length + 32)
}
