// Values of settings: always texts, as a person types them, a label holds them and a file gets them. What is allowed is
// said by a limit, which is data, so that whoever refuses a value can say what would have been right.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { printable } from './entry/entry-text.ts'

export const settingName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/** Also where nobody has looked yet at what its entry allows. */
export const settingValue = printable(500)

const classes = {
  letters: 'A-Za-z',
  digits: '0-9',
  // Of every script: names of hospitals and departments.
  'all-letters': '\\p{L}\\p{M}',
  space: ' ',
  dot: '.',
  dash: '-',
  underscore: '_',
  slash: '/',
  colon: ':',
  comma: ',',
  plus: '+',
  at: '@',
} as const
const classNames = Object.keys(classes) as [keyof typeof classes, ...(keyof typeof classes)[]]
/** None of them ends a word, a line or a quotation, in any form that files have. */
export const characterClass = z.enum(classNames)
export type CharacterClass = z.infer<typeof characterClass>

const text = z.string().max(500)

export const settingLimit = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('integer'), min: z.int(), max: z.int() }),
  z.strictObject({ is: z.literal('text'), most: z.int(), characters: z.array(characterClass).optional() }),
  z.strictObject({ is: z.literal('one-of'), values: z.array(text) }),
  /** There is no such setting; `known`: those that there are, as "service.name". */
  z.strictObject({ is: z.literal('unknown'), known: z.array(text) }),
])
export type SettingLimit = z.infer<typeof settingLimit>

/** The value as it is used: "007" is 7. Undefined where it is not allowed. */
export function wordOfSetting(limit: SettingLimit, value: string): string | undefined {
  if (!settingValue.safeParse(value).success) return undefined
  if (limit.is === 'one-of') return limit.values.includes(value) ? value : undefined
  if (limit.is === 'integer') {
    if (!/^-?[0-9]{1,10}$/.test(value)) return undefined
    const number = Number(value)
    return number >= limit.min && number <= limit.max ? String(number) : undefined
  }
  return limit.is === 'text' && isText(limit, value) ? value : undefined
}

function isText({ most, characters }: Extract<SettingLimit, { is: 'text' }>, value: string): boolean {
  if (value.length > most) return false
  if (characters === undefined) return true
  const allowed = characters.map((one) => (one === 'dash' ? '\\-' : one === 'slash' ? '\\/' : classes[one])).join('')
  // A program takes a word that begins with a dash for an option.
  return new RegExp(`^(?!-)[${allowed}]*$`, 'u').test(value)
}

/** What stands for a service's settings in its words and files, and what is kept of them. */
export type FilledIn = {
  readonly variables: Readonly<Record<`setting.${string}`, string>>
  /** Missing where all is as the entry says: what was installed before there were settings keeps its digest. */
  readonly chosen?: ChosenSettings
}

/** What somebody wants other than it is; null: as the entry has it. */
const settingWish = z.strictObject({ service: entryId, name: settingName, value: settingValue.nullable() })
type SettingWish = z.infer<typeof settingWish>
export const settingWishes = z.array(settingWish).max(1500)
export type SettingWishes = z.infer<typeof settingWishes>

/** What was chosen of one service, by name. */
export const chosenSettings = z.record(settingName, settingValue)
export type ChosenSettings = z.infer<typeof chosenSettings>

/** What is said later of a setting takes the place of what was said of it before. */
export function withWishes(before: SettingWishes, later: SettingWishes): SettingWishes {
  const isSame = (a: SettingWish, b: SettingWish) => a.service === b.service && a.name === b.name
  const all = [...before, ...later]
  return all.filter((one, at) => !all.slice(at + 1).some((other) => isSame(one, other)))
}
