// Plain data that is much like what came before it, with every part that is equal taken from there: a thousand samples of
// a card whose memory does not change hold that once.

/** Changes `next` itself, which is the caller's own. Gives `before` where all of it is equal. */
export function shareWith<T>(next: T, before: T | undefined): T {
  if (next === before || typeof next !== 'object' || next === null) return next
  if (typeof before !== 'object' || before === null || Array.isArray(next) !== Array.isArray(before)) return next
  const [mine, earlier] = [next as Record<string, unknown>, before as Record<string, unknown>]
  let isSame = true
  let count = 0
  for (const name in mine) {
    count += 1
    const kept = shareWith(mine[name], earlier[name])
    if (kept !== earlier[name] || !(name in earlier)) isSame = false
    mine[name] = kept
  }
  return isSame && count === Object.keys(earlier).length ? before : next
}
