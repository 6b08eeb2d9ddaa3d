// A sketch of a text: the smallest hashes of its n-grams. Two sketches say about how much two texts have in common, and
// neither says what was in them.
import { type AnswerSketch, sketchSize } from '../../domain/canary.ts'

/** Of characters: words are not parted in Chinese. */
const gramLength = 3

export function sketchOf(text: string): number[] {
  const characters = [...text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()]
  const hashes = new Set<number>()
  const last = Math.max(1, characters.length - gramLength + 1)
  for (let at = 0; at < last && characters.length > 0; at += 1) {
    hashes.add(hashOf(characters.slice(at, at + gramLength).join('')))
  }
  return [...hashes].sort((a, b) => a - b).slice(0, sketchSize)
}

/** From 0 (nothing) to 1 (all of it): of the smallest hashes of both together, those that are in both. */
export function likeness(one: AnswerSketch, other: AnswerSketch): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : 0
  const [mine, theirs] = [new Set(one), new Set(other)]
  const together = [...new Set([...one, ...other])].sort((a, b) => a - b).slice(0, sketchSize)
  return together.filter((hash) => mine.has(hash) && theirs.has(hash)).length / together.length
}

/** FNV-1a in 32 bits, mixed once more: the smallest are as good as chosen by lot. */
function hashOf(gram: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < gram.length; at += 1) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
