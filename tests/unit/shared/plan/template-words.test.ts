// Whatever a catalog or a variable has in it stays inside its own word: proven through the quoting and a real shell.
// What the program gets in the end is looked at in tests/unit/main/apply/hostile-entry.test.ts.
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateVariables } from '../../../../shared/domain/entry/entry-text.ts'
import { quoteWord } from '../../../../shared/domain/quote.ts'
import { fillWord } from '../../../../shared/plan/fill-word.ts'
import { hostileWord } from '../../../support/hostile-words.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'

const anything = hostileWord('/nowhere/canary')

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
    const unknown = '{constructor} {__proto__} {toString} { model.name } {MODEL.NAME} ${model.path}'
    expect(fillWord(unknown, { 'model.name': 'x' })).toBe(unknown)
  })

  it('leaves no variable of a whole plan unfilled', () => {
    for (const { spec } of planFor(bareFacts()).steps) {
      if (spec.kind === 'container')
        expect(JSON.stringify([spec.spec.arguments, spec.spec.environment])).not.toMatch(/[{][a-z]+\./)
    }
  })
})
