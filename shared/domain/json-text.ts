// JSON that came from outside: whatever is none says nothing, and the schema that reads it says the rest.

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
