// What a person may choose of a service before it is set up: how many, which, on or off, a short text. A value reaches a
// container as data alone: inside one word, one variable of its environment, or a place of a file.
import * as z from 'zod'
import { type SchemaRule, says } from '../schema-rule.ts'
import { characterClass, type SettingLimit, settingName, settingValue, wordOfSetting } from '../setting.ts'
import { type ServiceConfiguration, splitAtVariables } from './configuration.ts'
import { localizedText, printable } from './entry-text.ts'

const mostSettings = 30

const named = { name: settingName, title: localizedText, help: localizedText.optional() }
const whole = z.int().min(-1_000_000_000).max(1_000_000_000)

/** Of the appliance, where it is known; `otherwise` where it is not. A number outside the limits becomes the nearest one. */
const numberDefault = z.union([whole, z.strictObject({ from: z.enum(['processors', 'memory-gib']), otherwise: whole })])
const textDefault = z.union([
  settingValue,
  z.strictObject({ from: z.enum(['address', 'hostname']), otherwise: settingValue }),
])

const option = z.strictObject({ value: printable(200).min(1), title: localizedText })

export const setting = z.discriminatedUnion('type', [
  z.strictObject({
    ...named,
    type: z.literal('integer'),
    min: whole,
    max: whole,
    /** Stands behind the number. */
    unit: localizedText.optional(),
    default: numberDefault,
  }),
  z.strictObject({
    ...named,
    type: z.literal('text'),
    maxLength: z.int().min(1).max(500),
    /** All that it may be made of; missing: whatever can be printed, which only the environment takes. */
    characters: z
      .array(characterClass)
      .min(1)
      .refine((all) => new Set(all).size === all.length, says({ rule: 'word-twice' }))
      .optional(),
    default: textDefault,
  }),
  z.strictObject({
    ...named,
    type: z.literal('choice'),
    options: z.array(option).min(2).max(50),
    default: printable(200),
  }),
  z.strictObject({
    ...named,
    type: z.literal('switch'),
    /** What stands for it in words, environment and files. */
    whenOn: printable(200),
    whenOff: printable(200),
    default: z.boolean(),
  }),
])
export type Setting = z.infer<typeof setting>

export function limitOf(setting: Setting): SettingLimit {
  switch (setting.type) {
    case 'integer':
      return { is: 'integer', min: setting.min, max: setting.max }
    case 'text': {
      const { maxLength, characters } = setting
      return { is: 'text', most: maxLength, ...(characters !== undefined && { characters }) }
    }
    case 'choice':
      return { is: 'one-of', values: setting.options.map(({ value }) => value) }
    default:
      return { is: 'one-of', values: ['on', 'off'] }
  }
}

export const settings = z.array(setting).max(mostSettings)

const prefix = 'setting.'

/** The name of the setting that a variable stands for; undefined where it is another variable. */
function settingOfVariable(variable: string): string | undefined {
  return variable.startsWith(prefix) ? variable.slice(prefix.length) : undefined
}

type Variant = { readonly arguments: readonly string[]; readonly environment: Readonly<Record<string, string>> }
type Configured = {
  readonly settings?: readonly Setting[] | undefined
  readonly configuration?: ServiceConfiguration | undefined
  readonly variants: readonly Variant[]
}
type Use = { readonly name: string; readonly in: 'words' | 'environment' | 'files'; readonly path: (string | number)[] }

/** Names of the settings that a service takes when it runs as this variant. */
export function settingsUsed(entry: Configured, variant: Variant): readonly string[] {
  return [...usesIn(variant, []), ...usesInFiles(entry)].map(({ name }) => name)
}

function usesIn({ arguments: words, environment }: Variant, path: Use['path']): Use[] {
  const named = (word: string) =>
    [...word.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) => settingOfVariable(name) ?? [])
  return [
    ...words.flatMap((word, at) =>
      named(word).map((name): Use => ({ name, in: 'words', path: [...path, 'arguments', at] })),
    ),
    ...Object.entries(environment).flatMap(([variable, word]) =>
      named(word).map((name): Use => ({ name, in: 'environment', path: [...path, 'environment', variable] })),
    ),
  ]
}

function usesInFiles({ configuration }: Pick<Configured, 'configuration'>): Use[] {
  return (configuration?.files ?? []).flatMap(({ parts }, file) =>
    parts.flatMap(({ text }, part) =>
      splitAtVariables(text)
        .filter((_, at) => at % 2 === 1)
        .flatMap((variable) => settingOfVariable(variable) ?? [])
        .map((name): Use => ({ name, in: 'files', path: ['configuration', 'files', file, 'parts', part, 'text'] })),
    ),
  )
}

/** Each is used, and what is used is declared; what a program or a file would read has known characters only. */
export function declaredSettings(entry: Configured, context: z.RefinementCtx): void {
  const complain = (path: Use['path'], rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path, message: rule.rule, params: rule })
  const all = entry.settings ?? []
  const uses = [...entry.variants.flatMap((one, at) => usesIn(one, ['variants', at])), ...usesInFiles(entry)]
  for (const [at, one] of all.entries()) {
    const { name } = one
    if (all.findIndex((other) => other.name === name) < at)
      complain(['settings', at, 'name'], { rule: 'name-twice', name })
    if (!uses.some((use) => use.name === name)) complain(['settings', at, 'name'], { rule: 'setting-unused', name })
    if (one.type === 'choice' && new Set(one.options.map(({ value }) => value)).size < one.options.length)
      complain(['settings', at, 'options'], { rule: 'word-twice' })
    const isImpossible = one.type === 'integer' && one.min > one.max
    if (isImpossible) complain(['settings', at, 'max'], { rule: 'setting-least-above-most' })
    else if (!hasGoodDefault(one)) complain(['settings', at, 'default'], { rule: 'setting-default' })
    const free = one.type === 'text' && one.characters === undefined
    if (free && uses.some((use) => use.name === name && use.in !== 'environment'))
      complain(['settings', at, 'characters'], { rule: 'setting-characters' })
  }
  const known = all.map(({ name }) => `${prefix}${name}`)
  for (const { name, path } of uses) {
    if (!known.includes(`${prefix}${name}`))
      complain(path, { rule: 'unknown-variable', name: `${prefix}${name}`.slice(0, 200), known })
  }
}

/** A value that the limits allow, whatever the appliance says. */
function hasGoodDefault(one: Setting): boolean {
  if (one.type === 'switch') return true
  const { default: said } = one
  const value = typeof said === 'object' ? said.otherwise : said
  return wordOfSetting(limitOf(one), String(value)) !== undefined
}
