// The JSON object in an answer, with whatever stands around it: small models put it into a fence, or say what it is first.
import { jsonIn } from '../../domain/json-text.ts'

/** From its first brace to its last one. */
export function jsonObjectIn(text: string): Record<string, unknown> | undefined {
  const [open, close] = [text.indexOf('{'), text.lastIndexOf('}')]
  const value = open < 0 || close < open ? undefined : jsonIn(text.slice(open, close + 1))
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

/** Numbers of its own fields, also where they are written as words. */
export function figuresIn(text: string): number[] {
  return Object.values(jsonObjectIn(text) ?? {}).flatMap((value) => {
    if (typeof value === 'number') return [value]
    return typeof value === 'string' && /^\d+$/.test(value) ? [Number(value)] : []
  })
}
