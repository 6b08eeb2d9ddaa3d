// Whatever happens in whatever order: the canary is alone and first, never more than a quarter is at work, and nobody
// is begun after a bad verdict (P56).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTurns, placesFor, ringsOf, slowPatienceMs, type Turn } from '../../../../shared/plan/rings.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => `ward-${at + 1}`)

describe('the rings', () => {
  it.each([
    [1, [1]],
    [2, [1, 1]],
    [7, [1, 1, 1, 1, 1, 1, 1]],
    [8, [1, 2, 2, 2, 1]],
    [20, [1, 5, 5, 5, 4]],
  ])('of %i appliances are of %j', (count, sizes) => {
    expect(ringsOf(names(count)).map((ring) => ring.length)).toEqual(sizes)
  })

  it('begin with the canary that was named, and have everybody once', () => {
    const rings = ringsOf(names(9), 'ward-4')
    expect(rings[0]).toEqual(['ward-4'])
    expect(rings.flat().sort()).toEqual(names(9).sort())
    expect([ringsOf([]), ringsOf(['a'], 'somebody else')]).toEqual([[], [['a']]])
  })
})

type Played = { turns: Turn[]; nowMs: number; begun: number[][] }

const fresh = (count: number): Played => {
  const turns = ringsOf(names(count)).flatMap((ring, at) =>
    ring.map((): Turn => ({ ring: at + 1, state: 'waiting', sinceMs: 0 })),
  )
  return { turns, nowMs: 0, begun: [] }
}
const next = ({ turns, nowMs }: Played, cancelled = false) =>
  nextTurns(turns, { nowMs, places: placesFor(turns.length), cancelled })
const become = (played: Played, at: number, state: Turn['state']) => {
  played.turns = played.turns.map((one, index) => (index === at ? { ...one, state, sinceMs: played.nowMs } : one))
}
/** Begins whoever may begin. */
function beginAll(played: Played): void {
  for (let now = next(played); now.act === 'begin'; now = next(played)) {
    played.begun.push([...now.turns])
    for (const at of now.turns) become(played, at, 'running')
  }
}
const running = ({ turns }: Played) => turns.flatMap(({ state }, at) => (state === 'running' ? [at] : []))

describe('turns', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ ends: fc.nat(), bad: fc.nat(30).map((one) => one === 0) }) },
    { weight: 2, arbitrary: fc.record({ passes: fc.nat(2 * slowPatienceMs) }) },
  )

  it('hold the promises in every order of events, and come to an end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(act, { maxLength: 120 }), (count, acts) => {
        const played = fresh(count)
        const one = Math.max(1, Math.floor(count / 4))
        beginAll(played)
        expect(running(played)).toEqual([0])
        for (const now of acts) {
          const spoilt = played.turns.some(({ state }) => state === 'bad')
          const before = played.begun.length
          if ('passes' in now) played.nowMs += now.passes
          else {
            const at = running(played)[now.ends % Math.max(1, running(played).length)]
            if (at !== undefined) become(played, at, now.bad ? 'bad' : 'good')
          }
          beginAll(played)
          const { turns } = played
          if (spoilt) expect(played.begun.length).toBe(before)
          expect(running(played).length).toBeLessThanOrEqual(one)
          if (running(played).includes(0)) expect(played.begun).toEqual([[0]])
          if (turns[0]?.state !== 'good') expect(played.begun).toEqual([[0]])
          // Of all rings before the newest one that was begun, one at most is unproven.
          const newest = Math.max(...turns.map(({ ring, state }) => (state === 'waiting' ? 1 : ring)))
          expect(turns.filter(({ ring, state }) => ring < newest && state === 'running').length).toBeLessThanOrEqual(1)
          expect(turns.filter(({ ring, state }) => ring < newest && state === 'waiting')).toEqual([])
        }
        // Everybody at work ends well: then all are done, unless one was bad before.
        for (let rounds = 0; running(played).length > 0 && rounds < 100; rounds += 1) {
          for (const at of running(played)) become(played, at, 'good')
          beginAll(played)
        }
        const bad = played.turns.some(({ state }) => state === 'bad')
        const waits = played.turns.some(({ state }) => state === 'waiting')
        expect(next(played).act).toBe(bad && waits ? 'stop' : 'over')
        if (!bad) expect(waits).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('of a slow one delay nobody of its ring, and the next ring no longer than patience', () => {
    const played = fresh(20)
    beginAll(played)
    become(played, 0, 'good')
    beginAll(played)
    const [slow = 0, ...quick] = running(played)
    expect(quick).toHaveLength(4)
    played.nowMs = 60_000
    for (const at of quick) become(played, at, 'good')
    expect(next(played)).toEqual({ act: 'wait', untilMs: 60_000 + slowPatienceMs })
    played.nowMs += slowPatienceMs
    // It keeps its place.
    expect(next(played)).toMatchObject({ act: 'begin', without: slow, turns: { length: 4 } })
    beginAll(played)
    expect(running(played)).toHaveLength(5)
    become(played, slow, 'bad')
    expect(next(played)).toEqual({ act: 'stop' })
  })

  it('go past one slow appliance, and wait for a second one', () => {
    const played = fresh(20)
    beginAll(played)
    become(played, 0, 'good')
    for (const _ of ['second ring', 'third ring']) {
      beginAll(played)
      for (const at of running(played)
        .filter((one) => played.turns[one]?.sinceMs === played.nowMs)
        .slice(1))
        become(played, at, 'good')
      played.nowMs += slowPatienceMs
    }
    beginAll(played)
    for (const at of running(played).slice(2)) become(played, at, 'good')
    expect(running(played).map((at) => played.turns[at]?.ring)).toEqual([2, 3])
    expect(next(played)).toEqual({ act: 'wait' })
  })

  it('never go past the canary, however long it takes, and stop when somebody says so', () => {
    const played = fresh(8)
    beginAll(played)
    played.nowMs = 100 * slowPatienceMs
    expect(next(played)).toEqual({ act: 'wait' })
    expect(next(played, true)).toEqual({ act: 'stop' })
  })
})
