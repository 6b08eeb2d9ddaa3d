// How often one computer, and all of them together, may try to sign in: each try costs a hash of half a second and records in
// the audit, and whoever tries need not be anybody.

const ofOne = { burst: 10, everyMilliseconds: 6000 }
const ofAll = { burst: 60, everyMilliseconds: 1000 }
/** Computers that are remembered; the one that tried longest ago goes. */
const mostComputers = 2000

type Bucket = { left: number; atMs: number }
type Rate = { readonly burst: number; readonly everyMilliseconds: number }

export type SignInTries = {
  /** Undefined: it may try now. Else after so many seconds. */
  take(computer: string): number | undefined
}

/** `clock`: milliseconds that only go forward. */
export function signInTries(clock: () => number): SignInTries {
  const computers = new Map<string, Bucket>()
  const all: Bucket = { left: ofAll.burst, atMs: clock() }
  return {
    take(computer) {
      const nowMs = clock()
      const one = computers.get(computer) ?? { left: ofOne.burst, atMs: nowMs }
      computers.delete(computer)
      computers.set(computer, one)
      const [oldest] = computers.keys()
      if (computers.size > mostComputers && oldest !== undefined) computers.delete(oldest)
      const wait = Math.max(filled(one, ofOne, nowMs), filled(all, ofAll, nowMs))
      if (wait > 0) return Math.ceil(wait / 1000)
      one.left -= 1
      all.left -= 1
      return undefined
    },
  }
}

/** Milliseconds until there is one; it is filled up to now. */
function filled(bucket: Bucket, { burst, everyMilliseconds }: Rate, nowMs: number): number {
  bucket.left = Math.min(burst, bucket.left + (nowMs - bucket.atMs) / everyMilliseconds)
  bucket.atMs = nowMs
  return bucket.left >= 1 ? 0 : (1 - bucket.left) * everyMilliseconds
}

/** Whoever has one address of an IPv6 network has as many as they like. */
export function computerOf(address = ''): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = ''] = plain.split('::')
  const groups = head.split(':')
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':')
}
