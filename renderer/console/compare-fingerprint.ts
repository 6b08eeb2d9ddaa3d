// Compares the fingerprint that a person read on the server with the one that the server showed. Spaces, a
// missing "SHA256:" and what ssh-keygen prints around it do not matter; every letter of the digest does.
export type Comparison = 'nothing-given' | 'not-a-fingerprint' | 'same' | 'differs'

export function compareFingerprint(given: string, shown: string): Comparison {
  if (given.trim() === '') return 'nothing-given'
  const named = /SHA256:\s*([A-Za-z0-9+/]{43})(?![A-Za-z0-9+/])/.exec(given)
  const bare = /^([A-Za-z0-9+/]{43})=?$/.exec(given.replace(/\s/g, ''))
  const digest = named?.[1] ?? bare?.[1]
  if (digest === undefined) return 'not-a-fingerprint'
  return `SHA256:${digest}` === shown ? 'same' : 'differs'
}
