// Every text that an appliance, a catalog or a person can fill, exchanged for markup: wherever the contract itself would let
// it through, and nowhere else, so that what the page is told is what a hostile source could really tell it.
import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { contract } from '../../../shared/contract/contract.ts'
import { windowContract } from '../../../shared/contract/window.ts'
import { markups } from '../../support/markup.ts'

type Schema = { safeParse(value: unknown): { readonly success: boolean } }
type Procedure = { readonly '~orpc': { readonly outputSchema?: object } }
type Place = readonly (string | number)[]

let on = false
let exchanged = 0

export function becomeHostile(): void {
  on = true
}

/** How many texts were exchanged since the page was opened. */
export function exchangedTexts(): number {
  return exchanged
}

/** `call`: "setup.propose". What it answers, or an item of its stream; itself, where the page is told the truth. */
export function hostileAnswer(call: string, answer: unknown): unknown {
  const schema = on ? schemaOf(call) : undefined
  if (schema === undefined || !schema.safeParse(answer).success) return answer
  const whole: unknown = structuredClone(answer)
  for (const [form, places] of placesByForm(whole)) exchange(whole, places, { schema, form: `${call} ${form}` })
  // Where several together are too much, or one of a list has rules of its own.
  return schema.safeParse(whole).success ? whole : answer
}

function schemaOf(call: string): Schema | undefined {
  const [group = '', name = ''] = call.split('.')
  const calls = group === 'window' ? windowContract : contract[group as keyof typeof contract]
  const { outputSchema } = (calls as unknown as Record<string, Procedure>)[name]?.['~orpc'] ?? {}
  if (outputSchema === undefined) return undefined
  const items = getEventIteratorSchemaDetails(outputSchema as never)?.yields
  return (items ?? outputSchema) as unknown as Schema
}

/** All items of a list alike: what one of them may be, the others may be too. */
function placesByForm(whole: unknown): Map<string, Place[]> {
  const found = new Map<string, Place[]>()
  const walk = (value: unknown, at: Place) => {
    if (typeof value === 'string') {
      const form = at.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
      found.set(form, [...(found.get(form) ?? []), at])
    }
    if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, [...at, index])
    else if (typeof value === 'object' && value !== null)
      for (const [field, one] of Object.entries(value)) walk(one, [...at, field])
  }
  walk(whole, [])
  return found
}

type Made = ((text: string) => string) | undefined
type Rule = { readonly schema: Schema; readonly form: string }

/** By call and form: what the contract lets through. Asked once: a stream says the same again and again. */
const made = new Map<string, Made>()

function exchange(whole: unknown, places: readonly Place[], rule: Rule): void {
  const [first] = places
  if (first === undefined) return
  if (!made.has(rule.form)) made.set(rule.form, madeFor(whole, first, rule.schema))
  const make = made.get(rule.form)
  if (make === undefined) return
  const texts = places.map((place) => textAt(whole, place))
  for (const [index, place] of places.entries()) setTextAt(whole, place, make(texts[index] ?? ''))
  exchanged += places.length
}

/** Undefined where every other text is refused. */
function madeFor(whole: unknown, place: Place, schema: Schema): Made {
  const before = textAt(whole, place)
  const make = [alone, after].find((one) => {
    setTextAt(whole, place, one(before))
    return schema.safeParse(whole).success
  })
  setTextAt(whole, place, before)
  return make
}

const alone = (text: string) => markupFor(text)
const after = (text: string) => `${text}${markupFor(text)}`

/** The same for the same text, wherever it is told: a name that leads from one answer to another still does. */
function markupFor(text: string): string {
  const sum = [...text].reduce((all, sign) => (all * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003, 7)
  return markups[sum % markups.length] ?? ''
}

function holderOf(whole: unknown, place: Place): Record<string | number, unknown> {
  return place
    .slice(0, -1)
    .reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], whole) as Record<
    string | number,
    unknown
  >
}

function textAt(whole: unknown, place: Place): string {
  return String(holderOf(whole, place)[place.at(-1) ?? ''])
}

function setTextAt(whole: unknown, place: Place, text: string): void {
  holderOf(whole, place)[place.at(-1) ?? ''] = text
}
