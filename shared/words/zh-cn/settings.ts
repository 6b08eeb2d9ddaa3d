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
  portsHeading: '服务器端口（--port 服务=端口 可更改，--port 服务=default 可恢复默认）：',
  port: ({ service, port, source, otherwise }) =>
    `${service} 使用端口 ${port}，而非 ${otherwise}（${settingWords.portSources[source]}）`,
  portSources: { default: '方案默认', kept: '沿用之前的选择', chosen: '本次选择' },
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

type PortText = { readonly [R in FailureOf<'port-unusable'>['reason']]: (f: FailureOf<'port-unusable'>) => string }

const portProblem: PortText = {
  'no-service': (f) => `此处没有可选择端口的服务 ${f.service}。`,
  twice: (f) => `${f.service} 与 ${f.by ?? ''} 不能同时使用端口 ${f.port}。`,
  'host-network': (f) => `${f.service} 使用服务器自身的网络：只能使用端口 ${f.needs ?? ''}，不能使用 ${f.port}。`,
}
const portAdvice: PortText = {
  'no-service': (f) => `可选的服务：${(f.known ?? []).join('、')}。`,
  twice: () => '请为其中一个换一个端口，然后重新制定计划。',
  'host-network': () => '请保留其端口，停止占用该端口的其他程序，然后重新制定计划。',
}

export const settingFailures: SettingFailureWords = {
  'setting-invalid': (f) => ({
    what:
      f.limit.is === 'unknown'
        ? `没有设置项 ${f.service}.${f.setting}。`
        : `设置项 ${f.service}.${f.setting} 不能为“${f.value}”。`,
    next: `${settingLimitText(f.limit, settingWords)}请重新选择，然后重新制定计划。`,
  }),
  'port-taken': (f) => ({
    what: `${f.neededBy} 所需的 ${f.port} 端口已被 ${f.by} 占用。`,
    next:
      f.free === undefined
        ? '请停止该程序，或换一个端口。'
        : `请停止该程序，或换一个端口：--port ${f.neededBy}=${f.free}`,
  }),
  'port-unusable': (f) => ({ what: portProblem[f.reason](f), next: portAdvice[f.reason](f) }),
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
