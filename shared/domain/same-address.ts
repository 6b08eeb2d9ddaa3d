// Whether two texts are one address: IPv6 is written in several ways.

export function isSameAddress(one: string, other: string): boolean {
  return one === other || (one.includes(':') && groupsOf(one) === groupsOf(other))
}

/** "fd00::5" as all of its eight groups, without leading zeros; the last two may be written as IPv4. */
function groupsOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const first = groupsIn(head)
  if (tail === undefined) return first.join(':')
  const last = groupsIn(tail)
  const between = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...between, ...last].join(':')
}

function groupsIn(text: string): string[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(group)?.slice(1).map(Number)
    if (bytes === undefined) return [Number.parseInt(group, 16).toString(16)]
    const [a = 0, b = 0, c = 0, d = 0] = bytes
    return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
  })
}
