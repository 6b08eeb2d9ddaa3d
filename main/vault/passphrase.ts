// From a passphrase to a key: scrypt, off the event loop. The cost is written into the file, so it is bounded when
// it is read: a file that somebody planted must not take this computer's memory.
import { scrypt } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { keyBytes } from './sealing.ts'

/** N = 2^17, r = 8, p = 1: 128 MiB and about half a second (OWASP's figure for scrypt). */
export const usualLogN = 17
/** What a file may ask for: 16 MiB to 256 MiB. */
export const logNRange = { least: 14, most: 18 } as const
const blockSize = 8
const parallel = 1

const shortest = 12
const longest = 1024

export type PassphraseCost = { readonly salt: string; readonly logN: number }

/** Only of a new one: what an old one is, is found out by trying it. */
export function checkPassphrase(passphrase: string): Result<void> {
  const { length } = [...passphrase]
  if (length === 0) return fail({ kind: 'vault-passphrase-unusable', reason: 'empty' })
  if (length < shortest) return fail({ kind: 'vault-passphrase-unusable', reason: 'too-short' })
  return length > longest ? fail({ kind: 'vault-passphrase-unusable', reason: 'too-long' }) : ok(undefined)
}

export function keyOf(passphrase: string, { salt, logN }: PassphraseCost): Promise<Buffer> {
  const cost = 2 ** logN
  // Exactly what it takes, and a little: Node's own limit refuses more than 2^14.
  const options = { cost, blockSize, parallelization: parallel, maxmem: 128 * blockSize * (cost + parallel + 16) }
  // The same signs count as the same, whichever way a keyboard or input method writes them.
  const typed = Buffer.from(passphrase.normalize('NFKC'))
  return new Promise((resolve, reject) => {
    scrypt(typed, Buffer.from(salt, 'base64'), keyBytes, options, (error, key) => {
      typed.fill(0)
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
