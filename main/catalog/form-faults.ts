// What a schema has against a value, in the words of somebody who writes the file: each issue with what is there and
// what would be right.
import * as z from 'zod'
import type { CatalogFault, Found, Range, ValueType } from '../../shared/domain/catalog-fault.ts'
import { evidence } from '../../shared/domain/failure.ts'
import { nearest } from '../../shared/domain/nearest.ts'
import { patternParts } from '../../shared/domain/pattern-parts.ts'
import { formRuleOf, ruleOf } from '../../shared/domain/schema-rule.ts'
import { fieldsOf, type Path, type Schema, schemaAt } from './known-fields.ts'

type Issue = z.core.$ZodIssue
/** `at`: its name is to blame, and not what it has. */
export type FormFault = { readonly path: Path; readonly at: 'value' | 'name'; readonly fault: CatalogFault }
type Read = { readonly schema: z.ZodType; readonly value: unknown }

export function formFaults(issue: Issue, read: Read): FormFault[] {
  const { path } = issue
  const here = valueAt(read.value, path)
  const about = (fault: CatalogFault): FormFault[] => [{ path, at: 'value', fault }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(key, path, fieldsOf(schemaAt(read.schema, read.value, path))))
    case 'invalid_type':
      return about(wrongType(here, wantedOf(issue.expected, schemaAt(read.schema, read.value, path))))
    case 'invalid_value':
      return about(notOneOf(here, issue.values.map(String)))
    case 'too_big':
    case 'too_small':
      return about(outOfRange(issue, here, schemaAt(read.schema, read.value, path)))
    case 'invalid_format':
      return about(otherForm(issue, here))
    case 'invalid_key':
      return nameFaults(issue)
    case 'invalid_union':
      return unionFaults(issue, read)
    default:
      return about(ruleFault(issue))
  }
}

function ruleFault(issue: Issue): CatalogFault {
  const rule = ruleOf(issue)
  return rule === undefined ? { kind: 'other-rule', text: evidence(issue.message, 300) } : { kind: 'rule', rule }
}

function unknownField(key: string, path: Path, known: readonly string[]): FormFault {
  const fault = { kind: 'unknown-field', field: shownText(key), known, ...meantBy(key, known) } as const
  return { path: [...path, key], at: 'name', fault }
}

function wrongType(here: unknown, wanted: ValueType): CatalogFault {
  return here === undefined ? { kind: 'missing', wanted } : { kind: 'wrong-type', found: foundOf(here), wanted }
}

function notOneOf(here: unknown, known: readonly string[]): CatalogFault {
  if (here === undefined) return { kind: 'missing', wanted: 'text', known }
  return { kind: 'not-one-of', found: foundOf(here), known, ...(typeof here === 'string' && meantBy(here, known)) }
}

function outOfRange(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  here: unknown,
  schema: Schema | undefined,
): CatalogFault {
  const of = typeof here === 'number' ? 'value' : typeof here === 'string' ? 'characters' : 'items'
  const found = typeof here === 'number' ? here : sizeOf(here)
  return { kind: 'out-of-range', of, found, range: { ...ownRange(issue), ...rangeOf(schema) } }
}

function ownRange(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): Range {
  const beyond = issue.inclusive === false ? 1 : 0
  return issue.code === 'too_big' ? { most: Number(issue.maximum) - beyond } : { least: Number(issue.minimum) + beyond }
}

/** Both ends, as far as the schema has them; what every whole number keeps to goes without saying. */
function rangeOf(schema: Schema | undefined): Range {
  const written = jsonSchemaOf(schema)
  const own = (...names: string[]) =>
    names.map((name) => written[name]).find(Number.isSafeInteger) as number | undefined
  const above = own('exclusiveMinimum')
  const below = own('exclusiveMaximum')
  const least = above === undefined ? own('minimum', 'minLength', 'minItems') : above + 1
  const most = below === undefined ? own('maximum', 'maxLength', 'maxItems') : below - 1
  return {
    ...(least !== undefined && least > Number.MIN_SAFE_INTEGER && { least }),
    ...(most !== undefined && most < Number.MAX_SAFE_INTEGER && { most }),
  }
}

function jsonSchemaOf(schema: Schema | undefined): { readonly [name: string]: unknown } {
  return schema === undefined ? {} : z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

function otherForm(issue: z.core.$ZodIssueInvalidStringFormat, here: unknown): CatalogFault {
  const rule = formRuleOf(issue.message)
  if (rule !== undefined) return { kind: 'rule', rule }
  if (issue.pattern === undefined || typeof here !== 'string') return ruleFault(issue)
  return otherPattern(here, issue.pattern)
}

function otherPattern(text: string, pattern: string): CatalogFault {
  const source = pattern.replace(/^\/(.*)\/[a-z]*$/s, '$1')
  const parts = patternParts(source)
  return { kind: 'pattern', shown: shownText(text), pattern: source, ...(parts !== undefined && { parts }) }
}

/** A name that a record may not have. */
function nameFaults({ path, issues }: z.core.$ZodIssueInvalidKey): FormFault[] {
  const name = String(path.at(-1) ?? '')
  return issues.slice(0, 1).map((inner) => {
    const pattern = 'pattern' in inner ? inner.pattern : undefined
    return { path, at: 'name', fault: pattern === undefined ? ruleFault(inner) : otherPattern(name, pattern) }
  })
}

/** Without a field that tells its forms apart, the form it comes nearest to. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, read: Read): FormFault[] {
  const { path, discriminator, options } = issue as typeof issue & { discriminator?: string; options?: unknown[] }
  if (discriminator !== undefined) {
    const around = valueAt(read.value, path.slice(0, -1))
    if (!isFields(around)) return [{ path: path.slice(0, -1), at: 'value', fault: wrongType(around, 'fields') }]
    return [{ path, at: 'value', fault: notOneOf(around[discriminator], (options ?? []).map(String)) }]
  }
  const [best] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)
  const inner = best ?? []
  if (inner.length === 0) return [{ path, at: 'value', fault: ruleFault(issue) }]
  return inner.flatMap((one) => formFaults({ ...one, path: [...path, ...one.path] }, read))
}

function depthOf(issues: readonly Issue[]): number {
  return Math.min(...issues.map(({ path }) => path.length))
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, key) => {
    const parts = here as { [name: PropertyKey]: unknown }
    return typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? parts[key] : undefined
  }, value)
}

function isFields(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return isFields(value) ? Object.keys(value).length : 0
}

function foundOf(value: unknown): Found {
  if (value === null) return { type: 'nothing', shown: '' }
  if (Array.isArray(value)) return { type: 'list', shown: '' }
  if (typeof value === 'object') return { type: 'fields', shown: '' }
  if (typeof value === 'string') return { type: 'text', shown: shownText(value) }
  if (typeof value === 'boolean') return { type: 'yes-no', shown: String(value) }
  return { type: typeof value === 'number' ? 'number' : 'other', shown: String(value) }
}

const types: { readonly [expected: string]: ValueType } = {
  string: 'text',
  number: 'number',
  int: 'whole-number',
  boolean: 'yes-no',
  array: 'list',
  object: 'fields',
  record: 'fields',
  null: 'nothing',
}

/** To somebody who wrote a text, a schema says "number" of a whole number too. */
function wantedOf(expected: string, schema: Schema | undefined): ValueType {
  return expected === 'number' && jsonSchemaOf(schema)['type'] === 'integer'
    ? 'whole-number'
    : (types[expected] ?? 'other')
}

/** Long words are near to nothing, and comparing them takes long. */
function meantBy(word: string, known: readonly string[]): { meant?: string } {
  const meant = word.length > 60 ? undefined : nearest(word, known)
  return meant === undefined ? {} : { meant }
}

export function shownText(text: string): string {
  return evidence(text.slice(0, 200), 80)
}
