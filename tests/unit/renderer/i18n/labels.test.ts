// The labels as a whole: none that no screen says any more, and each with the same variables in every language.
import { describe, expect, it } from 'vitest'
import { chinese } from '../../../../renderer/i18n/chinese.ts'
import { english } from '../../../../renderer/i18n/english.ts'
import { lateChinese, lateEnglish } from '../../../../renderer/i18n/late-labels.ts'
import { readFiles, repositoryPaths } from '../../../support/repository-files.ts'

type Labels = { readonly [key: string]: string | Labels }

/** "add.step.login" and its text. */
function flat(labels: Labels, before = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : flat(value, `${before}${key}.`),
  )
}

const variablesIn = (text: string) => new Set(text.match(/\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+>/g))

/** Of each key whose variables are others than those of the first language. */
function otherVariables(first: Labels, second: Labels): string[] {
  const texts = new Map(flat(second))
  return flat(first).flatMap(([key, text]) => {
    const [own, other] = [variablesIn(text), variablesIn(texts.get(key) ?? '')]
    // "One person" needs no figure.
    if (key.endsWith('_one')) for (const all of [own, other]) all.delete('{{count}}')
    const [told, otherTold] = [own, other].map((all) => [...all].sort().join(' '))
    return told === otherTold ? [] : [`${key}: ${told} / ${otherTold}`]
  })
}

/**
 * A key is said where it stands whole, or where a template makes it: `add.step.${step}`, if what would stand in for the
 * variable is a word of the sources.
 */
function unsaidKeys(keys: readonly string[], source: string): string[] {
  const words = new Set(source.match(/[\w-]+/g))
  const made = [...source.matchAll(/`((?:[\w.-]|\$\{[^`{}]*\})+)`/g)].flatMap(([, template = '']) =>
    template.includes('${') && template.includes('.') ? [templatePattern(template)] : [],
  )
  const isMade = (key: string) =>
    made.some((pattern) =>
      pattern
        .exec(key)
        ?.slice(1)
        .every((part) => part.split('.').every((word) => words.has(word))),
    )
  return keys.filter((key) => !source.includes(`'${key}'`) && !isMade(key))
}

function templatePattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${parts.join('([\\w.-]*)')}$`)
}

describe('the labels of all screens', () => {
  const keys = [...new Set(flat({ ...english, ...lateEnglish }).map(([key]) => key.replace(/_(?:one|other)$/, '')))]
  const files = readFiles(repositoryPaths().filter((path) => /^(?:renderer\/(?!i18n\/)|shared\/).*\.tsx?$/.test(path)))
  const source = files.map(({ text }) => text).join('\n')

  it('are all said somewhere', () => {
    expect(unsaidKeys(keys, source)).toEqual([])
  })

  it('have the same variables in both languages', () => {
    expect(otherVariables({ ...english, ...lateEnglish }, { ...chinese, ...lateChinese })).toEqual([])
  })

  it('would not hide a label that nobody says, nor a variable that one language lost', () => {
    expect(unsaidKeys(['frame.planted', 'add.step.plantedStep'], source)).toEqual([
      'frame.planted',
      'add.step.plantedStep',
    ])
    expect(otherVariables({ a: { b: 'at {{host}}' } }, { a: { b: '在' } })).toEqual(['a.b: {{host}} / '])
  })
})
