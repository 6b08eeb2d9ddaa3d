// One text for one value: JSON with sorted keys, so that digests do not depend on the order of fields.
// The hash arrives as an argument, because shared/ does no cryptography of its own.
export type Hash = (text: string) => string

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  )
}

/** Lower-case hex sha256 of the canonical JSON. */
export function digestOf(value: unknown, sha256: Hash): string {
  return sha256(canonicalJson(value))
}
