// Reads the words after `npm run soak --`: the name of one soak or `all`, and its seed.
import type { Soak } from './frame.ts'

export type SoakLine =
  | { readonly kind: 'list' }
  | { readonly kind: 'all'; readonly seed: string | undefined }
  | { readonly kind: 'run'; readonly soak: Soak; readonly seed: string | undefined }
  | { readonly kind: 'wrong'; readonly why: string }

export function readSoakLine(words: readonly string[], soaks: readonly Soak[]): SoakLine {
  const plain: string[] = []
  let seed: string | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string
    const [option, inline] = word.split(/=(.*)/s)
    if (option === '--seed') {
      seed = inline ?? words[++at] ?? ''
      if (!/^\d{1,9}$/.test(seed)) return { kind: 'wrong', why: '--seed takes a whole number' }
    } else if (word.startsWith('-')) return { kind: 'wrong', why: `there is no option ${option}` }
    else plain.push(word)
  }
  const [name, more] = plain
  if (name === undefined) return seed === undefined ? { kind: 'list' } : { kind: 'wrong', why: '--seed needs a soak' }
  if (more !== undefined) return { kind: 'wrong', why: `one soak at a time: ${more} is a word too many` }
  if (name === 'all') return { kind: 'all', seed }
  const soak = soaks.find((known) => known.name === name)
  return soak === undefined ? { kind: 'wrong', why: `there is no soak ${name}` } : { kind: 'run', soak, seed }
}
