// What a page that was taken over, or a program that only pretends to be one, would send instead of a good input: one place
// of it exchanged for something of another kind, far too large or far too deep, a field more, a field less.
import fc from 'fast-check'
import { hostileTexts } from './hostile-text.ts'

type Place = readonly (string | number)[]

/** `added`: only a field is added that nobody declared. */
export type HostileInput = { readonly input: unknown; readonly added: boolean }

const deep = () => {
  let value: unknown = 'bottom'
  for (let i = 0; i < 3000; i += 1) value = i % 2 === 0 ? { a: value } : [value]
  return value
}
const wide = () => Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`field${i}`, i]))
const replacements: readonly (() => unknown)[] = [
  ...[null, undefined, true, false, 0, -1, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, '', ' '].map(
    (v) => () => v,
  ),
  ...[[], {}, [[]], [null], { length: 1e9 }, { toString: 1, valueOf: 1 }, new Date(0), 10n].map((v) => () => v),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  () => 'x'.repeat(300_000),
  () => '\ud800 \u0000 \uffff \u202e',
  () => Array.from({ length: 20_000 }, () => 'x'),
  deep,
  wide,
]

/** None of these is a path, a host or an address: what takes them for one must fail without touching anything. */
const harmlessText = fc.constantFrom(...hostileTexts).map((text) => ` ${text} `)

export function hostileInput(good: object): fc.Arbitrary<HostileInput> {
  const places = placesIn(good)
  const place = fc.constantFrom(...places)
  const objects = places.filter((one) => isPlainObject(valueAt(good, one)))
  const replaced = fc
    .tuple(
      place,
      fc.oneof(
        fc.constantFrom(...replacements).map((make) => make()),
        harmlessText,
      ),
    )
    .map(([at, value]) => ({ input: withValue(good, at, value), added: false }))
  const added = fc
    .tuple(fc.constantFrom(...objects), fc.constantFrom('extra', '__proto__ ', 'constructor', 'then', 'credentialId '))
    .map(([at, name]) => ({ input: withValue(good, [...at, name], 'x'), added: true }))
  return fc.oneof({ weight: 4, arbitrary: replaced }, { weight: 1, arbitrary: added })
}

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([name, child]) => placesIn(child, [...at, name]))]
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((found, name) => (found as Record<string | number, unknown>)[name], value)
}

function withValue(value: unknown, [name, ...rest]: Place, wanted: unknown): unknown {
  if (name === undefined) return wanted
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const child = (value as Record<string | number, unknown>)[name]
  // Not by assignment: "__proto__" is to be a field like any other.
  Object.defineProperty(copy, name, { value: withValue(child, rest, wanted), enumerable: true, configurable: true })
  return copy
}
