// Which questions of a set are asked: all of them, or a sample that the same seed draws again.
import { randomFrom } from '../seeded-random.ts'

/** Places in a set of so many, in its order. */
export function sampledItems(
  items: number,
  { limit, seed }: { readonly limit?: number | undefined; readonly seed: number },
): number[] {
  const places = Array.from({ length: items }, (_, at) => at)
  if (limit === undefined || limit >= items) return places
  const random = randomFrom(Math.imul(seed + 1, 0x9e3779b1))
  for (let at = 0; at < limit; at += 1) {
    const other = at + Math.floor(random() * (items - at))
    const [here, there] = [places[at] ?? at, places[other] ?? other]
    places[at] = there
    places[other] = here
  }
  return places.slice(0, limit).sort((a, b) => a - b)
}
