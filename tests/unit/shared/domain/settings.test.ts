// What an entry may declare as settings, and which values of them are allowed: data for a container, never more.
import { describe, expect, it } from 'vitest'
import { appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import { modelVariant } from '../../../../shared/domain/entry/model-entry.ts'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'
import { type SettingLimit, withWishes, wordOfSetting } from '../../../../shared/domain/setting.ts'

const said = { en: 'A', 'zh-CN': '甲' }
const whole = {
  ...{ kind: 'app', id: 'a', version: '1', title: said, summary: said, licence: { spdx: 'MIT' } },
  ...{ intendedUse: said, notForDiagnosis: true, requires: [], containerPort: 80, readyPath: '/' },
  ...{ startTimeoutSeconds: 1, healthCommand: ['true'] },
}
const number = { name: 'size', type: 'integer', title: said, min: 1, max: 9, default: 3 }
const words = { name: 'called', type: 'text', title: said, maxLength: 20, default: 'ward' }
const way = {
  name: 'way',
  type: 'choice',
  title: said,
  options: [
    { value: 'a', title: said },
    { value: 'b', title: said },
  ],
  default: 'a',
}

type Used = {
  readonly settings: readonly object[]
  readonly words?: string[]
  readonly env?: object
  readonly file?: string
}

function complaints({ settings, words = [], env = {}, file }: Used): unknown {
  const variant = {
    id: 'x',
    images: { amd64: { artifact: 'i' } },
    arguments: words,
    environment: env,
    overheadBytes: 1,
    evidence: 'none',
  }
  const configuration = { files: [{ name: 'f', parts: [{ text: file }] }] }
  const read = appEntry.safeParse({
    ...whole,
    settings,
    variants: [variant],
    ...(file !== undefined && { configuration }),
  })
  return read.error?.issues.map((issue) => [issue.path.join('.'), ruleOf(issue) ?? issue.code])
}

describe('the settings of an entry', () => {
  it('are used in arguments, environment and files, each at least once', () => {
    const text = { ...words, characters: ['letters'] }
    const used = { words: ['--size={setting.size}'], env: { WAY: '{setting.way}' }, file: 'name {{setting.called}}' }
    expect(complaints({ settings: [number, text, way], ...used })).toBeUndefined()
    expect(complaints({ settings: [number] })).toEqual([['settings.0.name', { rule: 'setting-unused', name: 'size' }]])
  })

  it.each([
    ['arguments', { words: ['{setting.other}'] }, 'variants.0.arguments.0'],
    ['the environment', { env: { A: '{setting.other}' } }, 'variants.0.environment.A'],
    ['a file', { file: '{{setting.other}}' }, 'configuration.files.0.parts.0.text'],
  ])('that are not declared are refused in %s', (_where, used, path) => {
    const env = { SIZE: '{setting.size}', ...('env' in used && used.env) }
    const rule = { rule: 'unknown-variable', name: 'setting.other', known: ['setting.size'] }
    expect(complaints({ settings: [number], ...used, env })).toEqual([[path, rule]])
  })

  it('have a default that they allow themselves, and names of their own', () => {
    const env = { A: '{setting.size}', B: '{setting.way}' }
    const wrong = (one: object, problem: string) =>
      expect(
        JSON.stringify(complaints({ settings: [one], env: { A: `{setting.${(one as typeof number).name}}` } })),
      ).toContain(problem)
    wrong({ ...number, default: 10 }, 'setting-default')
    wrong({ ...number, min: 9, max: 1 }, 'setting-least-above-most')
    wrong({ ...number, default: { from: 'processors', otherwise: 99 } }, 'setting-default')
    wrong({ ...way, default: 'c' }, 'setting-default')
    wrong({ ...way, options: [way.options[0], way.options[0]] }, 'word-twice')
    wrong({ ...number, default: { from: 'weather', otherwise: 1 } }, 'settings.0.default')
    expect(JSON.stringify(complaints({ settings: [number, { ...number }], env }))).toContain('name-twice')
    expect(JSON.stringify(complaints({ settings: Array.from({ length: 31 }, () => number), env }))).toContain('too_big')
  })

  it('say of which characters a text is that a program or a file reads', () => {
    const env = { A: '{setting.called}' }
    const rule = [['settings.0.characters', { rule: 'setting-characters' }]]
    expect(complaints({ settings: [words], env })).toBeUndefined()
    expect(complaints({ settings: [words], env, file: '{{setting.called}}' })).toEqual(rule)
    expect(complaints({ settings: [words], words: ['{setting.called}'] })).toEqual(rule)
  })

  it('are not for models: what a runtime is told of one has no settings', () => {
    const serving = [{ runtime: 'r', arguments: ['{setting.size}'], environment: { A: '{setting.size}' } }]
    const issues = modelVariant.shape.serving.safeParse(serving).error?.issues ?? []
    expect(issues.map((issue) => ruleOf(issue)?.rule)).toEqual(['unknown-variable', 'unknown-variable'])
  })
})

const limits: Record<string, SettingLimit> = {
  number: { is: 'integer', min: -5, max: 64 },
  name: { is: 'text', most: 12, characters: ['letters', 'digits', 'dash', 'slash', 'dot'] },
  people: { is: 'text', most: 12, characters: ['all-letters', 'space'] },
  free: { is: 'text', most: 12 },
  way: { is: 'one-of', values: ['on', 'off'] },
}

describe('a value of a setting', () => {
  it.each([
    ['number', '8', '8'],
    ['number', '007', '7'],
    ['number', '-5', '-5'],
    ['number', '65', undefined],
    ['number', '-6', undefined],
    ['number', '1e1', undefined],
    ['number', '', undefined],
    ['number', '8 ', undefined],
    ['number', '99999999999', undefined],
    ['name', 'Asia/Tokyo-1', 'Asia/Tokyo-1'],
    ['name', '', ''],
    ['name', '-v', undefined],
    ['name', 'a b', undefined],
    ['name', 'a";evil', undefined],
    ['name', 'a\nb', undefined],
    ['name', '{{x}}', undefined],
    ['name', 'abcdefghijklm', undefined],
    ['people', '内科 二病区', '内科 二病区'],
    ['people', '内科;', undefined],
    ['free', '$(id) "x"', '$(id) "x"'],
    ['free', 'a\tb', undefined],
    ['free', 'a\u202eb', undefined],
    ['way', 'on', 'on'],
    ['way', 'ON', undefined],
    ['way', 'constructor', undefined],
  ])('%s: %j is taken as %j', (limit, value, word) => {
    expect(wordOfSetting(limits[limit] as SettingLimit, value)).toBe(word)
  })

  it('is never one of a setting that is not there', () => {
    expect(wordOfSetting({ is: 'unknown', known: ['a.b'] }, 'x')).toBeUndefined()
  })

  it('takes the place of what was said before', () => {
    const a = { service: 's', name: 'a', value: '1' }
    const b = { service: 's', name: 'b', value: null }
    expect(withWishes([a, b], [{ ...a, value: '2' }])).toEqual([b, { ...a, value: '2' }])
    expect(withWishes([a], [{ ...a, service: 't' }])).toHaveLength(2)
  })
})
