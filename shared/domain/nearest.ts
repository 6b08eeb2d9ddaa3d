// What somebody who wrote a word wrong perhaps meant.

/** A word that begins like one of them, or differs from it in a letter or two; undefined where nothing is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const letters = word.replace(/^-+/, '').length
  if (letters < 2) return undefined
  const most = letters < 5 ? 1 : 2
  const near = known
    .map((one) => ({ one, far: one.startsWith(word) ? 0.5 : distance(word, one) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || a.one.length - b.one.length)
  return near[0]?.one
}

/** Letters to put in, take out, change, or swap with their neighbour. */
function distance(from: string, to: string): number {
  // One that is much longer is never near.
  if (Math.abs(from.length - to.length) > 2) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const differs = from[row - 1] === to[column - 1] ? 0 : 1
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + differs,
        isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = now
  }
  return last[to.length] ?? 0
}
