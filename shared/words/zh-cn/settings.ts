// Chinese: settings of services.
import { type CharacterWords, type SettingFailureWords, type SettingWords, settingLimitText } from '../setting-words.ts'

const characters: CharacterWords = {
  letters: '字母 a 至 z',
  'all-letters': '文字与字母',
  digits: '数字',
  space: '空格',
  dot: '.',
  dash: '-（不能在开头）',
  underscore: '_',
  slash: '/',
  colon: ':',
  comma: ',',
  plus: '+',
  at: '@',
}

export const settingWords: SettingWords = {
  limits: {
    integer: ({ min, max }) => `应为 ${min} 至 ${max} 之间的整数。`,
    text: ({ most, characters: all }) =>
      all === undefined
        ? `最多 ${most} 个字符，不换行。`
        : `最多 ${most} 个字符，只能使用：${all.map((one) => characters[one]).join('、')}。`,
    'one-of': ({ values }) => `可选：${values.join('、')}。`,
    unknown: ({ known }) => (known.length === 0 ? '此处的服务没有设置项。' : `可用的设置项：${known.join('、')}。`),
  },
  sources: {
    default: '默认值',
    appliance: '取自本服务器',
    kept: '沿用之前的选择',
    chosen: '本次选择',
  },
  values: { on: '开', off: '关' },
  heading: '设置（--set 名称=值 可更改，--unset 名称 可恢复默认）：',
}

export const settingFailures: SettingFailureWords = {
  'setting-invalid': (f) => ({
    what:
      f.limit.is === 'unknown'
        ? `没有设置项 ${f.service}.${f.setting}。`
        : `设置项 ${f.service}.${f.setting} 不能为“${f.value}”。`,
    next: `${settingLimitText(f.limit, settingWords)}请重新选择，然后重新制定计划。`,
  }),
}
