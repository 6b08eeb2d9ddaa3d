// Whatever a catalog or a variable has in it stays inside its own word: proven through the quoting and a real
// shell, up to the program that gets the words.
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateVariables } from '../../../../shared/domain/entry/entry-text.ts'
import type { ModelEntry, ModelVariant } from '../../../../shared/domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../../../shared/domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../../../../shared/domain/entry/variant.ts'
import type { ContainerSpec } from '../../../../shared/domain/plan.ts'
import { quoteWord } from '../../../../shared/domain/quote.ts'
import { containerSpecOf, fillWord } from '../../../../shared/plan/container-spec.ts'
import { bareFacts, planFor, wardCatalog } from '../../../support/plan-cases.ts'

const anything = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      "';id;'",
      '$(id)',
      '`id`',
      '--privileged',
      '-v /:/host',
      'a b',
      '\n',
      '"',
      '\\',
      '*',
      '$1',
      '$&',
      "$'",
      '{',
      '}',
    ),
  )
  .map((text) => text.replaceAll('\0', ''))

/** A word as an entry may have it: text and variables mixed. */
const templateWord = fc
  .array(
    fc.oneof(
      anything.map((text) => text.replaceAll(/[{}]/g, '')),
      fc.constantFrom(...templateVariables).map((v) => `{${v}}`),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''))

/** What an entry's words may not contain at all. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u

function throughRealShell(words: readonly string[]): string[] {
  const line = `printf '%s\\0' ${words.map(quoteWord).join(' ')}`
  return spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1)
}

describe('a word of a catalog', () => {
  it('stays one word, with any text and any value of its variables', () => {
    fc.assert(
      fc.property(
        fc.array(templateWord, { minLength: 1, maxLength: 15 }),
        fc.array(anything, { minLength: templateVariables.length, maxLength: templateVariables.length }),
        (words, values) => {
          const variables = Object.fromEntries(templateVariables.map((name, at) => [name, values[at] ?? '']))
          const filled = words.map((word) => fillWord(word, variables))
          expect(throughRealShell(filled)).toEqual(filled)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('takes a value as it is, not as a pattern or another variable', () => {
    expect(fillWord('--alias={model.name}', { 'model.name': "$& $1 $' {service.port}" })).toBe(
      "--alias=$& $1 $' {service.port}",
    )
    expect(fillWord('{model.name}{model.name}', { 'model.name': 'x' })).toBe('xx')
    expect(fillWord('{}{{model.name}}', { 'model.name': 'x' })).toBe('{}{x}')
  })

  it('reaches the arguments of the container as exactly one argument', () => {
    fc.assert(
      fc.property(
        fc.array(
          templateWord.filter((w) => w.length < 900 && !unprintable.test(w)),
          { maxLength: 20 },
        ),
        (words) => {
          const spec = specWith(words)
          expect(spec.arguments).toHaveLength(words.length)
          expect(Object.keys(spec.environment)).toEqual(words.map((_, at) => `NAME_${at}`))
          expect(throughRealShell(['image', ...spec.arguments])).toEqual(['image', ...spec.arguments])
        },
      ),
      { numRuns: 30 },
    )
  })

  it('leaves no variable of a whole plan unfilled', () => {
    for (const { spec } of planFor(bareFacts()).steps) {
      if (spec.kind === 'container')
        expect(JSON.stringify([spec.spec.arguments, spec.spec.environment])).not.toMatch(/[{][a-z]+\./)
    }
  })
})

function specWith(words: readonly string[]): ContainerSpec {
  const { entries, artifacts } = wardCatalog()
  const runs = entries.find((e): e is RuntimeEntry => e.kind === 'runtime') as RuntimeEntry
  const model = entries.find((e): e is ModelEntry => e.kind === 'model') as ModelEntry
  const image = artifacts.find((a) => a.id === 'llama-cpu-amd64')
  const weights = artifacts.find((a) => a.id === 'qwen3-8b-q4')
  if (image?.kind !== 'image' || weights?.kind !== 'weights') throw new Error('the fixture lost its image')
  const environment = Object.fromEntries(words.map((word, at) => [`NAME_${at}`, word]))
  return containerSpecOf(
    {
      service: { role: 'model', name: 'ward-model', runtimes: [runs.id], model: model.id, hostPort: 8400 },
      role: 'model',
      runs,
      model,
      form: model.variants[0] as ModelVariant,
      weights,
      // Worse than any catalog that is let in: what is checked there is not relied on here.
      variant: { ...(runs.variants[0] as ContainerVariant), arguments: [...words], environment },
      image,
      network: 'rackside-ward',
    },
    { accelerators: [] },
  )
}
