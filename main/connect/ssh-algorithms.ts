// The algorithms we offer, in order of preference: no SHA-1, no CBC, no chacha20 (pure JavaScript is slow at it,
// and a cipher that is never offered needs no strict key exchange to be safe: Terrapin). ssh2 adds ext-info-c and
// the strict key exchange marker by itself. Every OpenSSH since 7.4 has some of each.
import type { Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

type Offer = {
  readonly kex: readonly KexAlgorithm[]
  readonly serverHostKey: readonly ServerHostKeyAlgorithm[]
  readonly cipher: readonly CipherAlgorithm[]
  readonly hmac: readonly MacAlgorithm[]
}

const strong: Offer = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-gcm',
    'aes256-gcm',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
}

/**
 * For an appliance for which a person accepted it, behind the strong ones: what servers of 2008 to 2014 have. Classic
 * Diffie-Hellman with SHA-2 is here only because nothing newer lacks the curves. Never, not even then: 1024-bit
 * groups, DSA, 3DES, RC4, MD5, truncated MACs.
 */
const weak: Offer = {
  kex: [
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group-exchange-sha1',
  ],
  serverHostKey: ['ssh-rsa'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc'],
  hmac: ['hmac-sha1-etm@openssh.com', 'hmac-sha1'],
}

/** Host keys of the pinned types ("ssh-ed25519", "ssh-rsa") come first. */
export function algorithmsFor(pinnedTypes: readonly string[], withWeak = false): Algorithms {
  const isPinned = (name: string): boolean => pinnedTypes.includes(name.startsWith('rsa-') ? 'ssh-rsa' : name)
  const { kex, serverHostKey, cipher, hmac } = withWeak ? both : strong
  return {
    kex: [...kex],
    serverHostKey: [...serverHostKey.filter(isPinned), ...serverHostKey.filter((name) => !isPinned(name))],
    cipher: [...cipher],
    hmac: [...hmac],
    compress: ['none'],
  }
}

const both: Offer = {
  kex: [...strong.kex, ...weak.kex],
  serverHostKey: [...strong.serverHostKey, ...weak.serverHostKey],
  cipher: [...strong.cipher, ...weak.cipher],
  hmac: [...strong.hmac, ...weak.hmac],
}

/** What a server names, as it names it. */
export type ServerOffer = { readonly [Part in keyof Offer]: readonly string[] }

/** The parts of an offer that leave nothing to agree on, in the order of the handshake. */
export function unmatchedParts(offered: ServerOffer, withWeak: boolean): (keyof Offer)[] {
  const ours: ServerOffer = withWeak ? both : strong
  // A cipher that authenticates by itself asks for no MAC.
  const cipher = ours.cipher.find((name) => offered.cipher.includes(name))
  const parts = (['kex', 'serverHostKey', 'cipher', 'hmac'] as const).filter(
    (part) => !ours[part].some((name) => offered[part].includes(name)),
  )
  return parts.filter((part) => part !== 'hmac' || !cipher?.includes('-gcm'))
}

/** Of the algorithms that a link came up with, those that only the opt-in allows. */
export function weakAmong(names: readonly string[]): string[] {
  const all: readonly string[] = [...weak.kex, ...weak.serverHostKey, ...weak.cipher, ...weak.hmac]
  return [...new Set(names)].filter((name) => all.includes(name))
}
