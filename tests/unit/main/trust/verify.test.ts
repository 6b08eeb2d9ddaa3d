// What a console that knows a publisher makes of its bundles over the years: keys that change, a console that was
// offline, clocks that are wrong, dates that pass (P36, P37).
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newSigningKey } from '../../../../main/trust/sign.ts'
import { pinPublisher, unpinPublisher, verifyBundle } from '../../../../main/trust/verify.ts'
import type { TrustState } from '../../../../shared/domain/publisher.ts'
import { answerOf, fingerprintIn, knownAfter, nobody, pinnedBy, today } from '../../../support/bundle-attacks.ts'
import {
  changedKeys,
  newPublisher,
  type Publisher,
  readTrust,
  signAs,
  signedBundle,
} from '../../../support/signed-bundle.ts'

const verify = (folder: string, state: TrustState, now = today) =>
  verifyBundle(folder, { state, now, bundleId: 'bundle-1' })
const vouchingOf = (folder: string, state: TrustState, now = today) => {
  const seen = verify(folder, state, now)
  if (!seen.ok) throw new Error(JSON.stringify(seen.failure))
  return seen.value.vouching
}
const answer = (folder: string, state: TrustState, now = today) => {
  const seen = verify(folder, state, now)
  return seen.ok ? 'taken' : answerOf(seen.failure)
}

describe('a publisher', () => {
  it('is trusted by exactly the fingerprint that was shown', () => {
    const folder = signedBundle(newPublisher({ keys: 3, threshold: 2 }))
    const fingerprint = fingerprintIn(folder)
    const wrong = `SHA256:${'A'.repeat(43)}`
    const pin = (given: string) => pinPublisher(folder, { state: nobody, now: today, fingerprint: given, who: 'li' })
    expect(pin(wrong)).toEqual({
      ok: false,
      failure: {
        kind: 'publisher-key-mismatch',
        publisher: 'lab',
        name: 'A publisher',
        given: wrong,
        offered: fingerprint,
      },
    })
    const pinned = pin(fingerprint)
    expect(pinned).toMatchObject({
      ok: true,
      value: { publishers: [{ id: 'lab', fingerprint, rootVersion: 1, pinnedAt: today, pinnedBy: 'li' }] },
    })
    expect(pinned.ok && vouchingOf(folder, pinned.value)).toEqual({
      signed: true,
      publisher: { id: 'lab', name: 'A publisher' },
      fingerprint,
      version: 1,
      expires: '2027-11-20T08:00:00Z',
      expired: false,
    })
  })

  it('has another fingerprint where fewer of the same keys have to sign', () => {
    const two = newPublisher({ keys: 2, threshold: 2 })
    const one = changedKeys({ ...two, roots: [], threshold: 1 }, {})
    expect(fingerprintIn(signedBundle(one))).not.toBe(fingerprintIn(signedBundle(two)))
  })

  it('that is trusted already is not trusted anew with other keys', () => {
    const state = pinnedBy(signedBundle(newPublisher()))
    const other = signedBundle(newPublisher())
    const fingerprint = fingerprintIn(other)
    expect(pinPublisher(other, { state, now: today, fingerprint, who: 'li' })).toMatchObject({
      ok: false,
      failure: { kind: 'publisher-key-changed', pinned: state.publishers[0]?.fingerprint, offered: fingerprint },
    })
  })

  it('keeps its lines apart: an older bundle of another one is taken, of the same one refused', () => {
    const by = newPublisher()
    const ward = signedBundle(by, { version: 7 })
    const clinic = signedBundle(by, { name: 'clinic', version: 2 })
    const state = knownAfter(pinnedBy(ward), clinic)
    expect(answer(ward, state)).toBe('taken')
    expect(answer(signedBundle(by, { name: 'clinic', version: 1 }), state)).toBe('rolled-back')
  })

  it('gives its bundle any number of times', () => {
    const folder = signedBundle(newPublisher())
    const once = knownAfter(pinnedBy(folder), folder)
    expect(knownAfter(once, folder)).toEqual(once)
  })
})

describe('keys that change', () => {
  const steps = (from: Publisher, count: number): Publisher[] =>
    Array.from({ length: count }).reduce<Publisher[]>((all) => {
      const last = all.at(-1) ?? from
      const change = { rootKeys: [newSigningKey()], online: newSigningKey(), expires: '2029-01-01T00:00:00Z' }
      return [...all, changedKeys(last, change)]
    }, [])

  it('are followed over five steps by a console that was offline for two years', () => {
    const first = newPublisher()
    const state = pinnedBy(signedBundle(first))
    const last = steps(first, 5).at(-1) ?? first
    const folder = signedBundle(last, { version: 30, expires: '2029-01-01T00:00:00Z' })
    const twoYearsLater = '2028-11-20T08:00:00.000Z'
    // The first root and everything that was signed under it expired a year ago.
    const seen = verify(folder, state, twoYearsLater)
    expect(seen).toMatchObject({ ok: true, value: { vouching: { expired: false, version: 30 } } })
    const next = seen.ok ? seen.value.next : state
    expect(next.publishers[0]).toMatchObject({ rootVersion: 6, pinnedBy: 'li' })
    expect(next.publishers[0]?.fingerprint).not.toBe(state.publishers[0]?.fingerprint)
    expect(answer(folder, next, twoYearsLater)).toBe('taken')
  })

  it('are followed also where the newest one had fewer steps to make', () => {
    const first = newPublisher()
    const [second, third] = steps(first, 2)
    if (second === undefined || third === undefined) throw new Error('two steps')
    const half = knownAfter(pinnedBy(signedBundle(first)), signedBundle(second, { version: 2 }))
    expect(answer(signedBundle(third, { version: 3 }), half)).toBe('taken')
  })

  it('end a count that a thief drove far ahead', () => {
    const by = newPublisher()
    const far = knownAfter(pinnedBy(signedBundle(by)), signedBundle(by, { version: 2 ** 31 }))
    expect(answer(signedBundle(by, { version: 3 }), far)).toBe('rolled-back')
    const recovered = changedKeys(by, { online: newSigningKey() })
    expect(answer(signedBundle(recovered, { version: 4 }), far)).toBe('taken')
  })

  it('that sign bundles leave the count where it is, when only those with the last word change', () => {
    const by = newPublisher()
    const state = knownAfter(pinnedBy(signedBundle(by)), signedBundle(by, { version: 8 }))
    const next = changedKeys(by, { rootKeys: [newSigningKey()] })
    expect(answer(signedBundle(next, { version: 3 }), state)).toBe('rolled-back')
    expect(answer(signedBundle(next, { version: 9 }), state)).toBe('taken')
  })

  it('leave what was installed under the old ones its own: their fingerprints are remembered', () => {
    const by = newPublisher()
    const first = pinnedBy(signedBundle(by))
    const next = changedKeys(by, { rootKeys: [newSigningKey()] })
    const last = changedKeys(next, { rootKeys: [newSigningKey()] })
    const second = knownAfter(first, signedBundle(next, { version: 2 }))
    const third = knownAfter(second, signedBundle(last, { version: 3 }))
    const fingerprints = [first, second].map(({ publishers }) => publishers[0]?.fingerprint)
    expect(first.publishers[0]).not.toHaveProperty('formerly')
    expect(third.publishers[0]?.formerly).toEqual(fingerprints)
    expect(knownAfter(third, signedBundle(last, { version: 4 })).publishers[0]?.formerly).toEqual(fingerprints)
  })

  it('are remembered also by a console that missed a step, or that never knew the old ones', () => {
    const by = newPublisher()
    const next = changedKeys(by, { rootKeys: [newSigningKey()] })
    const last = changedKeys(next, { rootKeys: [newSigningKey()] })
    const before = [by, next].map((one) => fingerprintIn(signedBundle(one))).sort()
    const jumped = knownAfter(pinnedBy(signedBundle(by)), signedBundle(last, { version: 3 }))
    expect([...(jumped.publishers[0]?.formerly ?? [])].sort()).toEqual(before)
    expect([...(pinnedBy(signedBundle(last)).publishers[0]?.formerly ?? [])].sort()).toEqual(before)
  })

  it("of somebody else are nobody's former ones, wherever they stand", () => {
    const victim = newPublisher()
    const thief = changedKeys(newPublisher(), { rootKeys: [newSigningKey()] })
    const [, second = ''] = thief.roots
    const folder = signedBundle(thief)
    writeFileSync(join(folder, 'trust', '1.root.json'), victim.roots[0] ?? '')
    expect(second).not.toBe('')
    expect(pinnedBy(folder).publishers[0]).not.toHaveProperty('formerly')
  })
})

describe('a publisher that is trusted no more', () => {
  const takenBack = {
    entry: 'ward',
    versions: ['1'],
    reason: { en: 'It lies.', 'zh-CN': '不实。' },
    since: '2026-11-01',
  }

  function removedAfter(by: Publisher, version: number): TrustState {
    const folder = signedBundle(by, { version })
    writeFileSync(join(folder, 'blocked.json'), JSON.stringify({ format: 1, blocked: [takenBack] }))
    signAs(by, folder, { version })
    const seen = knownAfter(pinnedBy(signedBundle(by)), folder)
    return unpinPublisher(seen, seen.publishers[0]?.id ?? '')
  }

  it('is a stranger, and trusted again nothing that was seen of it is forgotten', () => {
    const by = newPublisher()
    const gone = removedAfter(by, 5)
    const old = signedBundle(by, { version: 2 })
    const newer = signedBundle(by, { version: 6 })
    expect(answer(newer, gone)).toBe('publisher-unknown')
    const pin = (folder: string) =>
      pinPublisher(folder, { state: gone, now: today, fingerprint: fingerprintIn(folder), who: 'wang' })
    expect(pin(old)).toMatchObject({ failure: { kind: 'bundle-not-trusted', problem: 'rolled-back' } })
    const again = pin(newer)
    expect(again).toMatchObject({ value: { publishers: [{ pinnedBy: 'wang', blocked: [takenBack] }] } })
    expect(again.ok && again.value.removed).toBeUndefined()
  })

  it('is told apart from another one of its name', () => {
    const gone = removedAfter(newPublisher(), 5)
    const folder = signedBundle(newPublisher())
    const pinned = pinPublisher(folder, { state: gone, now: today, fingerprint: fingerprintIn(folder), who: 'wang' })
    expect(pinned.ok && pinned.value.publishers[0]).not.toHaveProperty('blocked')
    expect(pinned.ok && pinned.value.removed).toHaveLength(1)
  })
})

describe('what was taken back', () => {
  it('is said once for the same versions, by the last words, and beyond a bound refused by itself', () => {
    const by = newPublisher()
    const listed = (version: number, blocked: object[]) => {
      const folder = signedBundle(by, { version })
      writeFileSync(join(folder, 'blocked.json'), JSON.stringify({ format: 1, blocked }))
      signAs(by, folder, { version })
      return folder
    }
    const item = (at: number, words: string) => ({
      ...{ entry: 'ward', versions: [`${at}`], reason: { en: words, 'zh-CN': '不实。' }, since: '2026-11-01' },
    })
    const list = (from: number, words: string) => Array.from({ length: 1000 }, (_, at) => item(from + at, words))
    let state = pinnedBy(signedBundle(by))
    for (let round = 0; round < 5; round += 1) {
      state = knownAfter(state, listed(2 + round, list(round * 1000, 'first')))
    }
    expect(state.publishers[0]?.blocked).toHaveLength(5000)
    state = knownAfter(state, listed(7, list(0, 'better words')))
    expect(state.publishers[0]?.blocked).toHaveLength(5000)
    expect(state.publishers[0]?.blocked?.[0]?.reason.en).toBe('better words')
    expect(answer(listed(8, [item(9000, 'one too many')]), state)).toBe('too-large')
  })
})

describe('a date that has passed', () => {
  const old = { expires: '2026-12-01T00:00:00Z' }
  const later = '2027-01-01T00:00:00.000Z'

  it('of a publisher that is trusted is said, and does not stop its bundle', () => {
    const folder = signedBundle(newPublisher(), old)
    const state = pinnedBy(folder)
    expect(vouchingOf(folder, state)).toMatchObject({ expired: false })
    expect(vouchingOf(folder, state, later)).toMatchObject({ expired: true, expires: '2026-12-01T00:00:00Z' })
  })

  it('of a root counts as well', () => {
    const folder = signedBundle(newPublisher({ expires: '2026-12-01T00:00:00Z' }))
    expect(vouchingOf(folder, pinnedBy(folder), later)).toMatchObject({ expired: true })
  })

  it.each([
    ['1970', '1970-01-01T00:00:10.000Z', false],
    ['a day behind', '2026-11-19T08:00:00.000Z', false],
    ['five years ahead', '2031-11-20T08:00:00.000Z', true],
  ])('is told by a clock that is never earlier than it was, and a clock %s stops nothing', (_name, clock, expired) => {
    const folder = signedBundle(newPublisher())
    const state = pinnedBy(folder)
    const vouching = vouchingOf(folder, state, clock)
    expect(vouching.expired).toBe(expired)
    expect(vouching.clockBehind).toBe(clock < today ? today : undefined)
    const { next } = (verify(folder, state, clock) as { value: { next: TrustState } }).value
    expect(next.lastSeen).toBe(clock < today ? today : clock)
  })

  it('is not undone by a clock that was set back', () => {
    const folder = signedBundle(newPublisher(), old)
    const state = { ...pinnedBy(folder), lastSeen: later }
    expect(vouchingOf(folder, state)).toMatchObject({ expired: true, clockBehind: later })
  })

  it('that only a clock which was wrong once has seen, can be overruled for a new publisher', () => {
    const folder = signedBundle(newPublisher())
    const fingerprint = fingerprintIn(folder)
    const state = { lastSeen: '2031-01-01T00:00:00.000Z', publishers: [] }
    expect(answer(folder, state)).toBe('publisher-unknown')
    const pin = (acceptsClock: boolean) =>
      pinPublisher(folder, { state, now: today, fingerprint, who: 'li', acceptsClock })
    expect(pin(false)).toMatchObject({ ok: false, failure: { problem: 'clock-behind' } })
    expect(pin(true)).toMatchObject({ ok: true })
    const expired = signedBundle(newPublisher(), { expires: '2026-11-01T00:00:00Z' })
    const wish = { state, now: today, fingerprint, who: 'li', acceptsClock: true }
    expect(pinPublisher(expired, wish)).toMatchObject({ ok: false })
  })
})

describe('versions that a publisher takes back', () => {
  const reason = { en: 'It loses notes.', 'zh-CN': '会丢失记录。' }
  const taken = (entry: string) => ({ entry, versions: ['1'], reason, since: '2026-11-01' })
  const withList = (by: Publisher, version: number, entries: readonly string[]) => {
    const folder = signedBundle(by)
    rmSync(join(folder, 'trust'), { recursive: true })
    writeFileSync(join(folder, 'blocked.json'), JSON.stringify({ format: 1, blocked: entries.map(taken) }))
    signAs(by, folder, { version })
    return folder
  }
  const entriesIn = (state: TrustState) => state.publishers[0]?.blocked?.map(({ entry }) => entry)

  it('stay taken back, also by a newer list that has less and a bundle that has none', () => {
    const by = newPublisher()
    const first = knownAfter(pinnedBy(signedBundle(by)), withList(by, 2, ['ward', 'note-helper']))
    expect(entriesIn(first)).toEqual(['ward', 'note-helper'])
    const second = knownAfter(first, withList(by, 3, ['ward', 'other']))
    expect(entriesIn(second)).toEqual(['ward', 'note-helper', 'other'])
    expect(entriesIn(knownAfter(second, signedBundle(by, { version: 4 })))).toEqual(['ward', 'note-helper', 'other'])
  })

  it('are a list that can be read, or the bundle is refused', () => {
    const by = newPublisher()
    const folder = withList(by, 2, ['ward'])
    writeFileSync(join(folder, 'blocked.json'), '{"format":2}')
    signAs(by, folder, { version: 2 })
    expect(answer(folder, pinnedBy(signedBundle(by)))).toBe('unreadable')
  })
})

describe('what is used of a bundle', () => {
  it('is what was checked, whatever becomes of the folder afterwards', () => {
    const folder = signedBundle(newPublisher())
    const seen = verify(folder, pinnedBy(folder))
    if (!seen.ok) throw new Error(JSON.stringify(seen.failure))
    const signed = Object.keys(readTrust(folder, '1.targets.json').signed['targets'] as object)
    const before = new Map(signed.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
    for (const path of signed) writeFileSync(join(folder, path), 'swapped')
    expect(new Map([...seen.value.documents].map(([path, bytes]) => [path, bytes.toString('utf8')]))).toEqual(before)
    expect(signed).toContain('bundle.json')
  })
})
