// Every call of a contract as plain data, found by walking it: tests hold the whole table of contents
// against a rule, so that a new call cannot be forgotten.
import * as z from 'zod'
import type { ContractMeta } from '../../shared/contract/call.ts'

export type DeclaredCall = {
  /** "setup.apply" */
  readonly path: string
  readonly meta: ContractMeta
  readonly input: z.ZodType
  readonly output: unknown
}

type Procedure = { '~orpc': { meta: ContractMeta; inputSchema?: z.ZodType; outputSchema?: unknown } }

export function callsOf(router: object, path: readonly string[] = []): DeclaredCall[] {
  return Object.entries(router).flatMap(([name, value]: [string, object]) => {
    if (!('~orpc' in value)) return callsOf(value, [...path, name])
    const { meta, inputSchema, outputSchema } = (value as Procedure)['~orpc']
    if (inputSchema === undefined) throw new Error(`${name} takes anything`)
    return [{ path: [...path, name].join('.'), meta, input: inputSchema, output: outputSchema }]
  })
}

export type JsonSchemaNode = { readonly [key: string]: unknown }

/** Every object in the JSON schema of a zod schema, with its field names. */
export function objectsIn(schema: z.ZodType): { fields: string[]; closed: boolean }[] {
  const found: { fields: string[]; closed: boolean }[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, properties, additionalProperties } = node as JsonSchemaNode
    if (type === 'object') {
      found.push({
        fields: Object.keys((properties as object | undefined) ?? {}),
        closed: additionalProperties === false,
      })
    }
    for (const child of Object.values(node)) walk(child)
  }
  walk(z.toJSONSchema(schema, { io: 'input' }))
  return found
}
