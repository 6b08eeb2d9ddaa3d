// JSON of somebody who is not trusted, held against bounds before anything is built of it: a schema says one thing about
// each bad item, and of 16 MB of "[]," that takes minutes and gigabytes. Of what is wrong the first is said.
import type * as z from 'zod'
import { evidence } from '../../shared/domain/failure.ts'

export type JsonBounds = {
  /** Of one list, or fields of one object. */
  readonly mostItems: number
  /** Of all of them together. */
  readonly mostValues: number
  readonly deepest: number
}

export type Read<T> = { readonly value: T } | { readonly problem: string }

export function readJson<T>(bytes: Uint8Array | string, schema: z.ZodType<T>, bounds: JsonBounds): Read<T> {
  const parsed = boundedJson(bytes, bounds)
  return 'problem' in parsed ? parsed : readValue(parsed.value, schema)
}

export function readValue<T>(value: unknown, schema: z.ZodType<T>, at = ''): Read<T> {
  const read = schema.safeParse(value)
  if (read.success) return { value: read.data }
  const [issue] = read.error.issues
  const path = [...(at === '' ? [] : [at]), ...(issue?.path ?? [])].map(String).join('.')
  return { problem: evidence(`${path} ${issue?.message ?? ''}`, 300) }
}

export function boundedJson(bytes: Uint8Array | string, bounds: JsonBounds): Read<unknown> {
  try {
    const text = typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const problem = beyond(text, bounds)
    return problem === undefined ? { value: JSON.parse(text) } : { problem }
  } catch (error) {
    return { problem: evidence((error as Error).message, 300) }
  }
}

/** Whether it is JSON at all its parser says. */
function beyond(text: string, { mostItems, mostValues, deepest }: JsonBounds): string | undefined {
  const items: number[] = []
  let values = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '"') at = endOfString(text, at)
    else if (letter === '[' || letter === '{') {
      values += 1
      if (items.push(1) > deepest) return `it is more than ${deepest} levels deep`
    } else if (letter === ']' || letter === '}') items.pop()
    else if (letter === ',') {
      values += 1
      const count = (items.pop() ?? 0) + 1
      if (count > mostItems) return `a list in it is too large: more than ${mostItems} items`
      items.push(count)
    }
    if (values > mostValues) return `it is too large: more than ${mostValues} values`
  }
  return undefined
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at += 1) {
    const end = text.indexOf('"', at)
    if (end === -1) return text.length
    let slashes = 0
    while (text.charAt(end - 1 - slashes) === '\\') slashes += 1
    if (slashes % 2 === 0) return end
    at = end
  }
}
