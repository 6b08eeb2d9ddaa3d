// Keys of the demo: host keys, and the key with which this console logs in. Whoever makes keys is handed in.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import ssh2 from 'ssh2'

/** Makes an OpenSSH private key. */
export type MakeKey = () => string

/** The public half of the private key in a file of this user's alone; made if it is missing. Throws when it cannot. */
export function loginKeyIn(file: string, makeKey: MakeKey): string {
  try {
    return publicKeyOf(readFileSync(file, 'utf8'))
  } catch {
    const privateKey = makeKey()
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, privateKey, { mode: 0o600 })
    return publicKeyOf(privateKey)
  }
}

/** OpenSSH's form. Throws on a text that is no key. */
export function fingerprintOfKey(key: string): string {
  const digest = createHash('sha256').update(parsed(key).getPublicSSH()).digest('base64')
  return `SHA256:${digest.replace(/=+$/, '')}`
}

/** The line of authorized_keys for a private key. Throws on a text that is no key. */
function publicKeyOf(privateKey: string): string {
  const key = parsed(privateKey)
  return `${key.type} ${key.getPublicSSH().toString('base64')}`
}

function parsed(key: string) {
  const found = ssh2.utils.parseKey(key)
  if (found instanceof Error) throw found
  return found
}
