// The algorithms we offer, in order of preference: no chacha20 (pure JavaScript is slow at it), no SHA-1,
// no CBC. Every OpenSSH since 7.4 has some of each.
import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2'

const algorithms = {
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
  compress: ['none'],
} satisfies Algorithms

/** Host keys of these types ("ssh-ed25519", "ssh-rsa") come first. */
export function algorithmsFor(pinnedTypes: readonly string[]): Algorithms {
  const isPinned = (name: string): boolean => pinnedTypes.includes(name.startsWith('rsa-') ? 'ssh-rsa' : name)
  const all: ServerHostKeyAlgorithm[] = algorithms.serverHostKey
  return { ...algorithms, serverHostKey: [...all.filter(isPinned), ...all.filter((name) => !isPinned(name))] }
}
