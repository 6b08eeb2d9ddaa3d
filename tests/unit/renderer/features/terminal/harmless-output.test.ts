// What reaches the part that draws a terminal (P45): sequences that make one answer, copy, link or report are gone wherever a
// message cuts them, and what draws is untouched.
import { readFileSync } from 'node:fs'
import fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmlessOutput } from '../../../../../renderer/features/terminal/harmless-output.ts'

type Cases = {
  readonly nothing: Readonly<Record<string, string>>
  readonly 'as it is': Readonly<Record<string, string>>
  readonly otherwise: Readonly<Record<string, readonly [string, string]>>
}
const file = new URL('../../../../fixtures/terminal/hostile.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as Cases
const all = [
  ...Object.entries(cases.nothing).map(([name, given]) => [name, given, ''] as const),
  ...Object.entries(cases['as it is']).map(([name, given]) => [name, given, given] as const),
  ...Object.entries(cases.otherwise).map(([name, [given, kept]]) => [name, given, kept] as const),
]

function through(...pieces: string[]): string {
  const harmless = harmlessOutput()
  return pieces.map(harmless).join('')
}

describe('what a terminal is given', () => {
  it.each(all)('of %s is what draws, however it is cut', (_, given, kept) => {
    const whole = `<${given}>`
    expect(through(whole)).toBe(`<${kept}>`)
    for (let at = 1; at < whole.length; at += 1) expect(through(whole.slice(0, at), whole.slice(at))).toBe(`<${kept}>`)
    expect(through(...whole.split(''))).toBe(`<${kept}>`)
  })

  it('goes on behind a string that never ends', () => {
    const shown = through(`\u001b]0;${'x'.repeat(70_000)}`, 'still there')
    expect(shown.length).toBeLessThan(10_000)
    expect(shown.endsWith('still there')).toBe(true)
  })

  it('never has what is not known, whatever comes', () => {
    const alphabet = '\u001b[]P?>6nct;$qmh\u0007\\\u009bx'.split('')
    const controls = (shown: string) => shown.split('\u001b').slice(1)
    const known = /^(?:[78DEHMc=>]|[()][AB0]|\[[?]?[0-9;:]*[ !]?[@A-MPSTXZ`a-bd-hlmp-su])/
    const isHarmless = (control: string) => known.test(control) && !/^\[[0-9;:?]*[cnt]/.test(control)
    fastCheck.assert(
      fastCheck.property(fastCheck.array(fastCheck.constantFrom(...alphabet), { maxLength: 60 }), (letters) =>
        controls(through(...letters)).every(isHarmless),
      ),
      { numRuns: 5000 },
    )
  })
})
