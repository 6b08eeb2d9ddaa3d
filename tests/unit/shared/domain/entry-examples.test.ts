// The examples are the documentation of entries: each is a whole catalog's worth of right, and says every field that its
// kind has. A field that is added to the schema has to be explained there.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readYaml } from '../../../../main/catalog/read-yaml.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import { entryJsonSchema } from '../../../../shared/domain/entry-json-schema.ts'

type Node = {
  properties?: Record<string, Node>
  items?: Node
  additionalProperties?: Node | boolean
  oneOf?: Node[]
  anyOf?: Node[]
  const?: unknown
}

const folder = fileURLToPath(new URL('../../../../resources/entry-examples/', import.meta.url))
const files = readdirSync(folder)
const read = (file: string) => parse(readFileSync(folder + file, 'utf8')) as Record<string, unknown>
const { oneOf: kinds = [] } = entryJsonSchema() as Node
const kindOf = (form: Node) => String(form.properties?.['kind']?.const)

/** Said once: how an image is got is in the runtime, and so is all that hardware can be asked for. */
const elsewhere = [
  /^variants\.\*\.images\.arm64\./,
  /^parts\.\*\.images\./,
  // As the match of the variant itself.
  /^variants\.\*\.knownIssues\.\*\.match\./,
  // Which of them a model has its own config.json says.
  /^shape\.attention\./,
]
const inRuntime = [/^variants\.\*\.(?:images|match|contains|knownIssues|privileges|sharedMemoryBytes|program)/]

/** Whatever runs in a container can have it. */
const inGateway = [/^(?:configuration|settings)(?:\.|$)/]

/** A gateway has the same parts. */
const inApp = [/^parts(?:\.|$)/]

describe('the examples of entries', () => {
  it('are one for each kind that there is', () => {
    expect(files.map((file) => read(file)['kind']).sort()).toEqual(kinds.map(kindOf).sort())
  })

  it.each(files)('%s is taken as it stands, and named as its file', (file) => {
    const taken = readYaml(file, readFileSync(folder + file, 'utf8'), entry)
    expect(taken.ok ? `${taken.value.id}.yaml` : taken.failure).toBe(file)
  })

  it.each(files)('%s has every field of its kind', (file) => {
    const example = read(file)
    const form = kinds.find((one) => kindOf(one) === example['kind'])
    if (form === undefined) throw new Error('no such kind')
    const said = [
      ...elsewhere,
      ...(example['kind'] === 'runtime' ? [] : inRuntime),
      ...(example['kind'] === 'gateway' ? [] : inGateway),
      ...(example['kind'] === 'app' ? [] : inApp),
    ]
    const missing = missingIn([example], form, '')
    // What is explained in another example is named in this one, for whoever looks into one alone.
    const text = readFileSync(folder + file, 'utf8')
    const pointed = missing.filter((field) => !elsewhere.some((one) => one.test(field))).map(nameOf)
    expect(pointed.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
    expect(missing.filter((field) => !said.some((one) => one.test(field)))).toEqual([])
  })
})

/** "variants.*.match.vendor" is a field of "match". */
function nameOf(path: string): string {
  const [first = '', , second = ''] = path.split('.')
  return first === 'variants' ? second : first
}

/** Fields of the form that no place of the example has. Of alternatives those that the example uses. */
function missingIn(places: readonly unknown[], form: Node, path: string): string[] {
  const alternatives = form.oneOf ?? form.anyOf
  if (alternatives !== undefined) {
    const used = alternatives.filter((one) => places.some((place) => isOf(place, one)))
    return used.flatMap((one) =>
      missingIn(
        places.filter((place) => isOf(place, one)),
        one,
        path,
      ),
    )
  }
  const objects = places.filter((place) => typeof place === 'object' && place !== null) as Record<string, unknown>[]
  const below = (next: Node, values: readonly unknown[], name: string) =>
    values.length === 0 ? [`${path}${name}`] : missingIn(values, next, `${path}${name}.`)
  if (form.items !== undefined) return missingIn(objects.flatMap(Object.values), form.items, `${path}*.`)
  return Object.entries(form.properties ?? {}).flatMap(([name, next]) =>
    below(
      next,
      objects.flatMap((one) => (Object.hasOwn(one, name) ? [one[name]] : [])),
      name,
    ),
  )
}

function isOf(place: unknown, { properties = {} }: Node): boolean {
  if (typeof place !== 'object' || place === null) return false
  const names = Object.keys(place)
  const consts = Object.entries(properties).filter(([, one]) => one.const !== undefined)
  const matches = consts.every(([name, one]) => (place as Record<string, unknown>)[name] === one.const)
  return matches && names.every((name) => Object.hasOwn(properties, name))
}
