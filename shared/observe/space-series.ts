// Filesystems as series, by what lies there: the system, Rackside's own files, the engine's images and containers. Where two
// of them are one filesystem it is named once, or a sum over them would count it twice.
import type { Facts } from '../domain/facts.ts'
import type { NamedNumber } from './alerts/observation.ts'

export function spaceSeries({ spaces }: Pick<Facts, 'spaces'>): NamedNumber[] {
  const named = new Set<string>()
  return spacesOf(spaces).flatMap(([purpose, { filesystem, totalBytes, freeBytes }]) => {
    if (named.has(filesystem)) return []
    named.add(filesystem)
    return [
      { name: `filesystem/${purpose}/used`, value: totalBytes - freeBytes },
      { name: `filesystem/${purpose}/total`, value: totalBytes },
    ]
  })
}

/** The system's own is always asked for: where others are on it, it is named after that. */
const purposes = ['root', 'rackside', 'engine']

function spacesOf(spaces: Facts['spaces']) {
  const found = spaces.state === 'known' ? spaces.value : {}
  return purposes.flatMap((purpose) => {
    const space = found[purpose]
    return space === undefined ? [] : [[purpose, space] as const]
  })
}
