// What is meant by typed words, and in which order: cases are data.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FindItem, type FindKind, foundGroups } from '../../../../../renderer/features/find/found.ts'
import { matchOf, partsOf, type Searchable, typedWords } from '../../../../../renderer/features/find/match.ts'

type Cases = {
  readonly items: readonly (Searchable & { readonly id: string })[]
  readonly cases: readonly { readonly typed: string; readonly about: string; readonly found: readonly string[] }[]
  readonly marks: readonly { readonly text: string; readonly typed: string; readonly parts: string }[]
}
const file = join(import.meta.dirname, '../../../../fixtures/find/matches.json')
const { items, cases, marks } = JSON.parse(readFileSync(file, 'utf8')) as Cases

describe('what is meant', () => {
  it.each(cases)('"$typed": $about', ({ typed, found }) => {
    const words = typedWords(typed)
    const all = items.flatMap((one) => {
      const match = matchOf(one, words)
      return match === undefined ? [] : [{ id: one.id, rank: match.rank }]
    })
    const ranked = all.sort((a, b) => a.rank - b.rank)
    expect(ranked.map(({ id, rank }) => `${id} ${rank}`)).toEqual(found)
  })

  it.each(marks)('"$typed" is marked as $parts', ({ text, typed, parts }) => {
    const match = matchOf({ name: text }, typedWords(typed))
    const shown = partsOf(text, match?.name ?? []).map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    expect(shown.join('')).toBe(parts)
  })

  it('is said by the text that alone has it', () => {
    const notes = items.find(({ id }) => id === 'notes') as Searchable
    expect(matchOf(notes, typedWords('acme'))?.also).toEqual({ text: 'Acme Medical', marks: [[0, 4]] })
    expect(matchOf(notes, typedWords('病历 clinic-notes'))?.also).toBeUndefined()
  })
})

const go = () => undefined
const itemOf = (kind: FindKind, name: string): FindItem => ({ id: `${kind} ${name}`, kind, name, go })
const linesOf = (
  all: readonly FindItem[],
  typed: string,
  order: readonly FindKind[] = [],
  whole: readonly FindKind[] = [],
) =>
  foundGroups(all, { typed, order, whole }).map(
    ({ kind, shown, more }) => `${kind} ${shown.map(({ item }) => item.name).join(',')} +${more}`,
  )

describe('groups of what was found', () => {
  const many = Array.from({ length: 9 }, (_, at) => itemOf('run', `qwen ${at}`))

  it('have six at most, and say how many more there are', () => {
    expect(linesOf(many, 'qwen')).toEqual(['run qwen 0,qwen 1,qwen 2,qwen 3,qwen 4,qwen 5 +3'])
    expect(linesOf(many, 'qwen', [], ['run'])[0]).toMatch(/qwen 8 \+0$/)
  })

  it('begin with the kind of the best find, and the best of each', () => {
    const all = [itemOf('appliance', 'old-qwenth'), itemOf('entry', 'my qwen'), itemOf('entry', 'qwen')]
    expect(linesOf(all, 'qwen')).toEqual(['entry qwen,my qwen +0', 'appliance old-qwenth +0'])
  })

  it('stay where they are when something better comes later', () => {
    const first = [itemOf('appliance', 'ward'), itemOf('run', 'ward')]
    const later = [...first, itemOf('entry', 'ward'), itemOf('alert', 'ward')]
    expect(linesOf(later, 'ward', ['appliance', 'run'])).toEqual([
      'appliance ward +0',
      'run ward +0',
      'alert ward +0',
      'entry ward +0',
    ])
  })
})
