// Chinese: settings of services, and the installed models that they use.
import type { FailureOf } from '../../domain/failure.ts'
import { solutionOf } from '../../domain/installed-model.ts'
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
  uses: (service, used) => `${service} 使用方案 ${solutionOf(used)} 的模型 ${used.modelName}（${used.deployment}）`,
  usedBy: ({ service, user, finds }) =>
    finds
      ? `其他方案的 ${user} 使用 ${service}：替换期间得不到应答。`
      : `其他方案的 ${user} 使用 ${service}，替换后将找不到原名称的模型：之后请重新部署 ${user}。`,
}

const notUsable: { readonly [W in FailureOf<'choose-model'>['reason']]: (f: FailureOf<'choose-model'>) => string } = {
  several: (f) => `有多个已安装的模型可供 ${f.service} 使用（${f.serves}）。`,
  none: (f) => `${f.service} 需要提供 ${f.serves} 的模型，而此处没有已安装且在运行的此类模型。`,
  'not-there': (f) => `${f.deployment} 不是此处正在运行且能向 ${f.service} 提供 ${f.serves} 的模型服务。`,
  gone: (f) => `${f.service} 使用的 ${f.deployment} 已不再作为提供 ${f.serves} 的模型在此处运行。`,
  'no-service': (f) => `未说明 ${f.deployment} 供哪个服务使用。`,
}

const otherService = ({ known }: FailureOf<'choose-model'>) =>
  known.length === 0
    ? '该方案没有使用已安装模型的服务：请不带 --use-model 重新制定计划。'
    : `请指明以下服务之一：${known.join('、')}。`

export const settingFailures: SettingFailureWords = {
  'setting-invalid': (f) => ({
    what:
      f.limit.is === 'unknown'
        ? `没有设置项 ${f.service}.${f.setting}。`
        : `设置项 ${f.service}.${f.setting} 不能为“${f.value}”。`,
    next: `${settingLimitText(f.limit, settingWords)}请重新选择，然后重新制定计划。`,
  }),
  'choose-model': (f) => ({
    what: notUsable[f.reason](f),
    next:
      f.reason === 'no-service'
        ? otherService(f)
        : f.known.length > 0
          ? `请用 --use-model 服务=部署 选择其一：${f.known.join('、')}。`
          : '请先部署带有此类模型的方案，或启动已有的模型，然后重新制定计划。',
  }),
}
