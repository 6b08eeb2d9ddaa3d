// Traces of looks and what is said after each: one letter a look, each ten seconds. h healthy, d degraded, x down,
// u unreachable, ? unknown, a dot where nobody could look in time; S is stale, and a capital letter says that it flaps.
import { describe, expect, it } from 'vitest'
import {
  afterLook,
  type LookState,
  type Steady,
  type SteadyVerdict,
  usualRules,
  verdictAt,
} from '../../../../shared/observe/steady-verdict.ts'

const states: { readonly [letter: string]: LookState } = {
  h: 'healthy',
  d: 'degraded',
  x: 'down',
  u: 'unreachable',
  '?': 'unknown',
}
const letters = Object.fromEntries(Object.entries(states).map(([letter, state]) => [state, letter]))
const everyMs = usualRules.intervalMs

function letterOf({ state, isFlapping }: SteadyVerdict<string>): string {
  const letter = state === 'stale' ? 'S' : (letters[state] ?? '')
  return isFlapping && state !== 'stale' ? letter.toUpperCase() : letter
}

/** What is said after each letter, and how often that changed. */
function play(trace: string) {
  let steady: Steady<string> | undefined
  let said = ''
  const since: number[] = []
  for (const [at, letter] of [...trace].entries()) {
    const state = states[letter]
    const atMs = at * everyMs
    if (state !== undefined) steady = afterLook(steady, { atMs, state, reason: `look ${at}` }, usualRules)
    if (steady === undefined) continue
    const verdict = verdictAt(steady, atMs, usualRules)
    said += letterOf(verdict)
    since.push(verdict.sinceMs / everyMs)
  }
  return { said, since }
}

describe('a verdict', () => {
  it.each<[string, string, string]>([
    ['is the first look', 'x', 'x'],
    ['is not changed by one bad look', 'hhxhhhxhh', 'hhhhhhhhh'],
    ['is worse after a minute of worse looks', 'hxxxxxxxx', 'hhhhhhhxx'],
    ['is the mildest of different worse looks', 'hxxddxxdd', 'hhhhhhhdd'],
    ['goes on to the worst when that lasts', 'hddddddddxxxxxxxx', 'hhhhhhhddddddddxx'],
    ['is better after half a minute of better looks', 'xxhhhhh', 'xxxxxhh'],
    ['is not better for one good look', 'xxhxxhxxx', 'xxxxxxxxx'],
    ['is the worst of different better looks', 'xdhdhdh', 'xxxxddd'],
    ['is unreachable when nobody can ask, and not down', 'huuuuuuuu', 'hhhhhhhuu'],
    ['is not unreachable where it was down', 'xuuuuh', 'xxxxuu'],
    ['is stale after three looks that did not come', 'hhh....hh', 'hhhhhhShh'],
    ['stays what it was over a gap: nothing resolves and nothing fires again', 'xx......xx', 'xxxxxSSSxx'],
    ['does not count a gap as bad time', 'hxx......xxxxxxxx', 'hhhhhhSSShhhhhhxx'],
    ['is unknown only when that lasts', 'h??h????????', 'hhhhhhhhhh??'],
  ])('%s: %s', (_, trace, said) => {
    expect(play(trace).said).toBe(said)
  })

  it('is as old as what it says, also over a gap', () => {
    expect(play('hxxxxxxxx').since.at(-1)).toBe(1)
    expect(play('hxxxxxxxx......x').since.at(-1)).toBe(1)
    expect(play('hh......').since.at(-1)).toBe(1)
  })

  it('says the newest reason of the same state', () => {
    const looks = ['a', 'b'].map((reason, at) => ({ atMs: at, state: 'down' as const, reason }))
    const steady = looks.reduce<Steady<string> | undefined>(
      (before, look) => afterLook(before, look, usualRules),
      undefined,
    )
    expect(steady?.shown).toEqual({ atMs: 0, state: 'down', reason: 'b' })
  })

  it('is not changed by a look that is not newer', () => {
    const steady = afterLook(undefined, { atMs: 10, state: 'healthy', reason: '' }, usualRules)
    expect(afterLook(steady, { atMs: 10, state: 'down', reason: '' }, usualRules)).toBe(steady)
  })

  it('in maintenance is shown and wakes nobody', () => {
    const steady = afterLook(undefined, { atMs: 10, state: 'down', reason: '' }, usualRules)
    const muted = [9, 10, 19, 20].map(
      (at) => verdictAt(steady, at, { ...usualRules, maintenance: [{ fromMs: 10, toMs: 20 }] }).isMuted,
    )
    expect(muted).toEqual([false, true, true, false])
  })
})

describe('what goes to and fro', () => {
  const fault = 'xxxxxxxxhhhhhhhh'
  it('is one fault, said to flap, until it is calm', () => {
    const { said } = play(`${'h'.repeat(30)}${'xxxxxxxhhhh'.repeat(2)}${'xhxh'.repeat(20)}${'h'.repeat(30)}`)
    expect(said).toContain('X')
    const flaps = said.slice(said.indexOf('X'), said.lastIndexOf('X') + 1)
    expect([new Set(flaps).size, flaps.length > 80]).toEqual([1, true])
    expect(said.slice(-5)).toBe('hhhhh')
  })

  it('is not what happens twice in an hour', () => {
    expect(play(`${'h'.repeat(30)}${fault}${'h'.repeat(60)}${fault}`).said).not.toMatch(/[XH]/)
  })
})

describe('thirty days of noise', () => {
  it('are no fault, and every fault among them is said within two minutes', () => {
    let seed = 7
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      return seed / 0x7fffffff
    }
    const looks = (30 * 24 * 3_600_000) / everyMs
    const faults = Array.from({ length: 20 }, (_, at) => Math.floor(((at + 0.5) * looks) / 20))
    const trace: string[] = Array.from({ length: looks }, () => (random() < 0.03 ? (random() < 0.5 ? 'd' : '.') : 'h'))
    for (const at of faults) for (let look = at; look < at + 30; look++) trace[look] = 'x'
    let steady: Steady<string> | undefined
    let [isBad, pages, found] = [false, 0, 0]
    for (const [at, letter] of trace.entries()) {
      const state = states[letter]
      if (state !== undefined) steady = afterLook(steady, { atMs: at * everyMs, state, reason: '' }, usualRules)
      const now = steady !== undefined && verdictAt(steady, at * everyMs, usualRules)
      const nowBad = now !== false && (now.state === 'down' || now.state === 'degraded')
      if (nowBad && !isBad) {
        pages += 1
        if (faults.some((fault) => at >= fault && (at - fault) * everyMs <= 120_000)) found += 1
      }
      isBad = nowBad
    }
    expect([pages, found]).toEqual([20, 20])
  })
})
