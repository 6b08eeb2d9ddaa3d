// English: settings of services.
import { type CharacterWords, type SettingFailureWords, type SettingWords, settingLimitText } from '../setting-words.ts'

const characters: CharacterWords = {
  letters: 'letters a to z',
  'all-letters': 'letters',
  digits: 'digits',
  space: 'blanks',
  dot: '.',
  dash: '- (not as the first)',
  underscore: '_',
  slash: '/',
  colon: ':',
  comma: ',',
  plus: '+',
  at: '@',
}

export const settingWords: SettingWords = {
  limits: {
    integer: ({ min, max }) => `A whole number from ${min} to ${max}.`,
    text: ({ most, characters: all }) =>
      all === undefined
        ? `At most ${most} characters, on one line.`
        : `At most ${most} characters, of these: ${all.map((one) => characters[one]).join(', ')}.`,
    'one-of': ({ values }) => `One of: ${values.join(', ')}.`,
    unknown: ({ known }) =>
      known.length === 0 ? 'These services have no settings here.' : `There are: ${known.join(', ')}.`,
  },
  sources: {
    default: 'as the entry has it',
    appliance: 'from this appliance',
    kept: 'chosen before',
    chosen: 'chosen now',
  },
  values: { on: 'on', off: 'off' },
  heading: 'Settings (--set NAME=VALUE changes one, --unset NAME puts it back):',
}

export const settingFailures: SettingFailureWords = {
  'setting-invalid': (f) => ({
    what:
      f.limit.is === 'unknown'
        ? `There is no setting ${f.service}.${f.setting}.`
        : `The setting ${f.service}.${f.setting} cannot be "${f.value}".`,
    next: `${settingLimitText(f.limit, settingWords)} Choose again, then plan again.`,
  }),
}
