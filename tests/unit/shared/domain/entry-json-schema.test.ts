// The JSON schema of entries, as an editor uses it: with a validator that knows nothing of ours.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { references, vendorFields } from '../../../../shared/domain/catalog-links.ts'
import { entryJsonSchema } from '../../../../shared/domain/entry-json-schema.ts'

const catalog = fileURLToPath(new URL('../../../../resources/catalog/', import.meta.url))
const files = readdirSync(catalog, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
const isEntry = new Ajv2020({ strict: true, allErrors: true, validateFormats: false }).compile(entryJsonSchema())
const read = (file: string) => parse(readFileSync(catalog + file, 'utf8')) as Record<string, unknown>

describe('the JSON schema of an entry', () => {
  it.each(files)('takes our own %s', (file) => {
    expect([isEntry(read(file)), isEntry.errors]).toEqual([true, null])
  })

  it.each(files)('refuses %s with a field that there is not, on every level', (file) => {
    const whole = read(file)
    for (const path of placesOf(whole)) {
      const changed = structuredClone(whole)
      const place = path.reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], changed)
      Object.assign(place as object, { 'no such field': 1 })
      expect([path, isEntry(changed)]).toEqual([path, false])
    }
  })

  it('refuses an entry of no kind that there is', () => {
    expect(isEntry({ ...read(files[0] ?? ''), kind: 'daemon' })).toBe(false)
  })
})

type Node = { properties?: Record<string, Node>; items?: Node; oneOf?: Node[]; anyOf?: Node[]; const?: unknown }

describe('the table of what names what', () => {
  const { oneOf = [] } = entryJsonSchema() as Node
  const formsOf = (kind?: string) =>
    oneOf.filter((form) => kind === undefined || form.properties?.['kind']?.const === kind)

  it.each(references)('$from: $field is a field of its kind', ({ from, field, to }) => {
    expect(hasField(formsOf(from), field)).toBe(true)
    expect(formsOf(to)).toHaveLength(1)
  })

  it.each(vendorFields)('%s is a field of some kind', (field) => {
    expect(hasField(formsOf(), field)).toBe(true)
  })

  it('has no field that is not there', () => {
    expect(hasField(formsOf(), 'services.*.nothing')).toBe(false)
  })
})

function hasField(forms: readonly Node[], field: string): boolean {
  const found = field.split('.').reduce<readonly Node[]>((nodes, name) => {
    const whole = nodes.flatMap((node) => [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])])
    return whole.flatMap((node) => (name === '*' ? node.items : node.properties?.[name]) ?? [])
  }, forms)
  return found.length > 0
}

/** Of everything that has fields. */
function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, one]) => placesOf(one, [...path, name]))
  return Array.isArray(value) ? inside : [path, ...inside]
}
