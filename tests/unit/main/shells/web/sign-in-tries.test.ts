import { describe, expect, it } from 'vitest'
import { computerOf, signInTries } from '../../../../../main/shells/web/sign-in-tries.ts'

function tries() {
  let now = 0
  const all = signInTries(() => now)
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { take: all.take, pass }
}

describe('tries to sign in', () => {
  it('are ten at once for one computer, and then one in six seconds', () => {
    const { take, pass } = tries()
    for (let i = 0; i < 10; i += 1) expect(take('10.0.0.7')).toBeUndefined()
    expect(take('10.0.0.7')).toBe(6)
    pass(5000)
    expect(take('10.0.0.7')).toBe(1)
    pass(1000)
    expect(take('10.0.0.7')).toBeUndefined()
    expect(take('10.0.0.7')).toBe(6)
    expect(take('10.0.0.8')).toBeUndefined()
  })

  it('are sixty at once for all, whoever asks, and then one a second', () => {
    const { take, pass } = tries()
    for (let i = 0; i < 60; i += 1) expect(take(`10.0.1.${i}`)).toBeUndefined()
    expect(take('10.0.2.1')).toBe(1)
    pass(1000)
    expect(take('10.0.2.1')).toBeUndefined()
    expect(take('10.0.2.2')).toBe(1)
  })

  it('are remembered of so many computers and no more', () => {
    const { take, pass } = tries()
    for (let i = 0; i < 5000; i += 1) {
      pass(1000)
      expect(take(`fd00:0:${i}:1`)).toBeUndefined()
    }
  })
})

it('a computer has one address, or a network of IPv6', () => {
  expect(
    ['10.0.0.7', '::ffff:10.0.0.7', 'fd00:1:2:3:4:5:6:7', 'fd00:1:2:3::9', 'fd00::1', undefined].map((one) =>
      computerOf(one),
    ),
  ).toEqual(['10.0.0.7', '10.0.0.7', 'fd00:1:2:3', 'fd00:1:2:3', 'fd00:0:0:0', ''])
})
