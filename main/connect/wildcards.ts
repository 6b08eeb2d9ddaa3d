// The patterns of OpenSSH's files (match.c): `*` is any characters, `?` is one, case counts. The one matcher for all
// of them, because its patterns come from outside.

/** Goes back only to the last star, so that no pattern can make it slow. */
export function matchesWildcards(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  for (let next = 0; next < text.length; ) {
    if (pattern[at] === '*') {
      star = at
      at += 1
      resume = next
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[next])) {
      at += 1
      next += 1
    } else if (star >= 0) {
      resume += 1
      next = resume
      at = star + 1
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
