// The key of a run and the codes for further windows, with time and chance given by the test.
import { describe, expect, it } from 'vitest'
import { windowKeys } from '../../../../../main/shells/web/window-keys.ts'

function keysAt(start = 0) {
  const time = { now: start }
  let made = 0
  const keys = windowKeys({ randomKey: () => `key-${made++}`, clock: () => time.now })
  return { keys, time }
}

describe('the key', () => {
  it('is the one that was made, and nothing shorter, longer or empty', () => {
    const { keys } = keysAt()
    expect(['key-0', 'key-', 'key-00', '', 'KEY-0'].map(keys.isToken)).toEqual([true, false, false, false, false])
  })
})

describe('a one-time code', () => {
  it('gives the key once', () => {
    const { keys } = keysAt()
    const code = keys.newCode()
    expect([keys.redeem(code), keys.redeem(code)]).toEqual([keys.token, undefined])
  })

  it('gives nothing after its minute', () => {
    const { keys, time } = keysAt()
    const [early, late] = [keys.newCode(), keys.newCode()]
    time.now = 59_999
    expect(keys.redeem(early)).toBe(keys.token)
    time.now = 60_000
    expect(keys.redeem(late)).toBeUndefined()
  })

  it('is not the key, and a guess or the key itself is no code', () => {
    const { keys } = keysAt()
    expect(keys.newCode()).not.toBe(keys.token)
    expect([keys.redeem('guess'), keys.redeem(keys.token), keys.redeem('')]).toEqual([undefined, undefined, undefined])
  })

  it('that is printed is good for longer than a minute and however many others wait, and says when it was used', () => {
    const { keys, time } = keysAt()
    let used = 0
    const code = keys.newLastingCode(() => {
      used += 1
    })
    for (let made = 0; made < 20; made += 1) keys.newCode()
    time.now = 86_400_000
    expect([keys.redeem('guess'), used]).toEqual([undefined, 0])
    expect([keys.redeem(code), keys.redeem(code), used]).toEqual([keys.token, undefined, 1])
  })

  it('that was printed is worth nothing once another one is', () => {
    const { keys } = keysAt()
    const [first, second] = [keys.newLastingCode(() => undefined), keys.newLastingCode(() => undefined)]
    expect([keys.redeem(first), keys.redeem(second)]).toEqual([undefined, keys.token])
  })

  it('makes the oldest go when seventeen wait', () => {
    const { keys } = keysAt()
    const codes = Array.from({ length: 17 }, () => keys.newCode())
    expect(codes.map((code) => keys.redeem(code) !== undefined)).toEqual([false, ...Array(16).fill(true)])
  })
})
