// What lets a window in: the key of this run of the console, which only windows have, and codes that are good for one
// window. A code is in every address that somebody else gets to see: a terminal and whoever keeps what it says, a
// program that opens a browser. What it carries is worth nothing once the window is open.
import { createHash, timingSafeEqual } from 'node:crypto'

const codeLifeMilliseconds = 60_000
/** Codes that wait to be used; more than these, and the oldest goes. */
const mostCodes = 16

export type WindowKeys = {
  readonly token: string
  isToken(offered: string): boolean
  /** Good for a minute. */
  newCode(): string
  /** Good until it is used, which `onUse` hears, or until the next one of these. */
  newLastingCode(onUse: () => void): string
  /** The token for a code, once and within its minute. */
  redeem(code: string): string | undefined
}

/** `randomKey`: 256 random bits as text that fits into an address and a header. `clock`: milliseconds. */
export function windowKeys({ randomKey, clock }: { randomKey: () => string; clock: () => number }): WindowKeys {
  const token = randomKey()
  const tokenDigest = digest(token)
  /** By digest: finding a code takes the same time whatever was guessed. */
  const codes = new Map<string, number>()
  let lasting: { readonly key: string; readonly onUse: () => void } | undefined
  return {
    token,
    isToken: (offered) => timingSafeEqual(digest(offered), tokenDigest),
    newCode() {
      const code = randomKey()
      codes.set(digest(code).toString('hex'), clock() + codeLifeMilliseconds)
      const [oldest] = codes.keys()
      if (codes.size > mostCodes && oldest !== undefined) codes.delete(oldest)
      return code
    },
    newLastingCode(onUse) {
      const code = randomKey()
      lasting = { key: digest(code).toString('hex'), onUse }
      return code
    },
    redeem(code) {
      const key = digest(code).toString('hex')
      if (lasting?.key === key) {
        const { onUse } = lasting
        lasting = undefined
        onUse()
        return token
      }
      const goodUntil = codes.get(key)
      codes.delete(key)
      return goodUntil !== undefined && clock() < goodUntil ? token : undefined
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
