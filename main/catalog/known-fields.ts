// Walks a schema beside a value, as far as a path goes: what a place should be, and which fields it could have.
// Nothing in here knows what an entry is.
import type * as z from 'zod'

export type Schema = z.core.$ZodTypes
export type Path = readonly PropertyKey[]

/** What is allowed at the path; undefined where the schema has no such place, or leaves open which one it is. */
export function schemaAt(whole: z.ZodType, value: unknown, path: Path): Schema | undefined {
  let schema = chosen(whole as unknown as Schema, value)
  let here = value
  for (const key of path) {
    const inside = schema === undefined ? undefined : within(schema, key)
    if (inside === undefined) return undefined
    here = (here as { [name: PropertyKey]: unknown } | null | undefined)?.[key]
    schema = chosen(inside, here)
  }
  return schema
}

export function fieldsOf(schema: Schema | undefined): readonly string[] {
  return schema?._zod.def.type === 'object' ? Object.keys(schema._zod.def.shape) : []
}

function within(schema: Schema, key: PropertyKey): Schema | undefined {
  const { def } = schema._zod
  if (def.type === 'object') return Object.hasOwn(def.shape, key) ? (def.shape[String(key)] as Schema) : undefined
  if (def.type === 'array') return def.element as Schema
  return def.type === 'record' ? (def.valueType as Schema) : undefined
}

/** Without what is around it, and of several forms the one that the value names. */
function chosen(schema: Schema, value: unknown): Schema | undefined {
  const { def } = schema._zod
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return chosen(def.innerType as Schema, value)
    case 'pipe':
      return chosen(def.in as Schema, value)
    case 'lazy':
      return chosen(def.getter() as Schema, value)
    case 'union':
      return optionOf(def, value)
    default:
      return schema
  }
}

function optionOf(def: z.core.$ZodUnionDef, value: unknown): Schema | undefined {
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>
  const options = def.options as readonly Schema[]
  if (discriminator === undefined) return options.map((one) => chosen(one, value)).find((one) => isLike(one, value))
  const name = (value as { [field: string]: unknown } | null | undefined)?.[discriminator]
  const option = options.find((one) => one._zod.propValues?.[discriminator]?.has(name as z.core.util.Primitive))
  return option === undefined ? undefined : chosen(option, value)
}

/** As far as JSON tells values apart. */
function isLike(schema: Schema | undefined, value: unknown): boolean {
  const type = schema?._zod.def.type
  if (Array.isArray(value)) return type === 'array'
  return typeof value === 'object' ? type === 'object' || type === 'record' : type === typeof value
}
