// Values of a zod schema, made from its JSON schema: every branch of a union, every word of an enum, lists
// empty and filled, optional fields there and not. Enough to walk everything a text may be made from.
import * as z from 'zod'

type Node = {
  const?: unknown
  enum?: unknown[]
  anyOf?: Node[]
  oneOf?: Node[]
  type?: string
  minimum?: number
  pattern?: string
  items?: Node
  properties?: Record<string, Node>
  required?: string[]
}

export function samplesOf(schema: z.ZodType): unknown[] {
  return samples(z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as Node)
}

function samples(node: Node): unknown[] {
  if ('const' in node) return [node.const]
  if (node.enum !== undefined) return node.enum
  const branches = node.anyOf ?? node.oneOf
  if (branches !== undefined) return branches.flatMap(samples)
  switch (node.type) {
    case 'string':
      return [node.pattern === undefined || new RegExp(node.pattern).test('sample words') ? 'sample words' : 'sample']
    case 'integer':
      return [Math.max(7, node.minimum ?? 7)]
    case 'number':
      return [7.5]
    case 'boolean':
      return [true, false]
    case 'null':
      return [null]
    case 'array':
      return [[], node.items === undefined ? [] : samples(node.items)]
    case 'object':
      return objects(node)
    default:
      throw new Error(`no sample for ${JSON.stringify(node)}`)
  }
}

/** As many objects as the richest field has samples; one more with only what is required. */
function objects({ properties = {}, required = [] }: Node): unknown[] {
  const fields = Object.entries(properties).map(([name, node]) => [name, samples(node)] as const)
  const count = Math.max(1, ...fields.map(([, values]) => values.length))
  const full = Array.from({ length: count }, (_, at) =>
    Object.fromEntries(fields.map(([name, values]) => [name, values[at % values.length]])),
  )
  if (fields.length === required.length) return full
  const least = fields.filter(([name]) => required.includes(name)).map(([name, values]) => [name, values[0]])
  return [...full, Object.fromEntries(least)]
}
