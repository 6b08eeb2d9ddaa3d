// English: so many of a thing.

/** "1 user", "8 users". */
export function many(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
