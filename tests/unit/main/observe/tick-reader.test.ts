// Ticks are found in bytes that may be cut anywhere, and in bytes that are no ticks at all.
import { describe, expect, it } from 'vitest'
import { tickReader } from '../../../../main/observe/tick-reader.ts'
import { frameText } from '../../../../shared/facts/frames.ts'
import { heldBytes } from '../../../support/held-bytes.ts'

const nonce = 'n0nce0123456789abc'

function tickText(number: number, answers = ''): string {
  return `\n${nonce} tick ${number}\ncpu  ${number} 2 3 4\nMemTotal: 1 kB\n${answers}\n${nonce} over\n`
}

const withAnswer = tickText(7, frameText(nonce, 'npu-smi', 'table\n'))
const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('the ticks of a sampler', () => {
  it('are the same wherever the bytes are cut', () => {
    const bytes = bytesOf(`Welcome \u4f60\u597d\n${tickText(6)}${withAnswer}`)
    const whole = tickReader(nonce).push(bytes)
    expect(whole.map((tick) => tick.hostText)).toEqual([6, 7].map((n) => `cpu  ${n} 2 3 4\nMemTotal: 1 kB\n`))
    expect(whole[1]?.answers).toMatchObject([{ id: 'npu-smi', state: 'answered', stdout: 'table\n' }])
    for (let at = 0; at <= bytes.length; at += 1) {
      const reader = tickReader(nonce)
      expect([...reader.push(bytes.subarray(0, at)), ...reader.push(bytes.subarray(at))]).toEqual(whole)
    }
    const single = tickReader(nonce)
    expect([...bytes].flatMap((byte) => single.push(Uint8Array.of(byte)))).toEqual(whole)
  })

  it('are not made of what another nonce frames', () => {
    const reader = tickReader(nonce)
    expect(reader.push(bytesOf(tickText(1).replaceAll(nonce, 'another0nonce01234')))).toEqual([])
  })

  it('use nothing of a tick that broke off', () => {
    const [tick, ...others] = tickReader(nonce).push(bytesOf(tickText(1).slice(0, 40) + withAnswer))
    expect(others).toEqual([])
    expect(tick?.hostText).toContain('cpu  7 ')
  })

  it('come again after megabytes of noise, of which next to nothing is kept', () => {
    const reader = tickReader(nonce)
    const noise = new Uint8Array(64 * 1024).fill(0x61)
    const before = heldBytes()
    let found = 0
    for (let count = 0; count < 400; count += 1) found += reader.push(noise).length
    expect(found).toBe(0)
    expect(heldBytes() - before).toBeLessThan(10 * 1024 * 1024)
    expect(reader.push(bytesOf(withAnswer))).toHaveLength(1)
  })
})
