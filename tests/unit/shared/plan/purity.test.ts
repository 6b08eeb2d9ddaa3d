// A plan is a pure function: the same machine, catalog and wish give the same plan anywhere, and nothing of
// what went in is changed by it. What decides its digest, and what does not.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { canonicalJson } from '../../../../shared/plan/canonical.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { bareFacts, planCases, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

/** Frozen to the bottom: whoever writes into it throws. */
function frozen<T>(value: T): T {
  for (const inner of Object.values(value as object)) if (typeof inner === 'object' && inner !== null) frozen(inner)
  return Object.freeze(value)
}

/** The same values with the fields of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  )
}

describe('the same inputs give the same plan', () => {
  it.each(planCases().map((one) => [one.name, one] as const))('%s', (_name, { facts, catalog }) => {
    const first = planFor(frozen(structuredClone(facts)), frozen(structuredClone(catalog)))
    const second = planFor(structuredClone(facts), structuredClone(catalog))
    expect(second).toEqual(first)
    const third = planFor(turned(facts) as Facts, turned(catalog) as Catalog)
    expect([third.digest, third.fingerprint, third.id]).toEqual([first.digest, first.fingerprint, first.id])
  })
})

describe('the digest of a plan', () => {
  const plan = planFor(bareFacts())

  it('covers the bytes of the artifacts and the entries', () => {
    const catalog = wardCatalog()
    const otherBytes = {
      ...catalog,
      artifacts: catalog.artifacts.map((a) => (a.id === 'qwen3-8b-q4' ? { ...a, sha256: 'f'.repeat(64) } : a)),
    }
    const otherEntry = {
      ...catalog,
      entries: catalog.entries.map((e) => (e.kind === 'model' ? { ...e, contextTokens: 4096 } : e)),
    }
    const digests = [plan, planFor(bareFacts(), otherBytes), planFor(bareFacts(), otherEntry)].map((p) => p.digest)
    expect(new Set(digests).size).toBe(3)
  })

  it('moves with what is to be done, not with the time or with quantities', () => {
    const later = makePlan(bareFacts(), wardCatalog(), wish, { ...tools, now: '2026-11-21T08:00:00.000Z' })
    expect(later.ok && [later.value.digest, later.value.fingerprint]).toEqual([plan.digest, plan.fingerprint])
    expect(later.ok && later.value.id).not.toBe(plan.id)
    const memory = known({ totalBytes: 2 ** 40, availableBytes: 2 ** 39, swapTotalBytes: 0 })
    const fuller = planFor(bareFacts({ memory, takenAt: '2026-11-21T00:00:00Z' }))
    expect([fuller.digest, fuller.fingerprint]).toEqual([plan.digest, plan.fingerprint])
    expect(planFor(bareFacts({ networks: known(['rackside-ward']) })).digest).not.toBe(plan.digest)
  })

  it('does not depend on the order of fields', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
    expect(canonicalJson([2, 1])).toBe('[2,1]')
  })
})

describe('a wish', () => {
  it('for a solution that is not there is refused with those that are', () => {
    expect(makePlan(bareFacts(), wardCatalog(), { ...wish, solution: 'clinic' }, tools)).toEqual({
      ok: false,
      failure: { kind: 'solution-unknown', solution: 'clinic', known: ['ward'] },
    })
  })
})
