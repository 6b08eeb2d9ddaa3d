// Chinese: whether a model is computed where it was planned.
import { bytesText, threeDigits } from '../amounts.ts'
import { risenFrom } from '../device-text.ts'
import type { DeviceWords } from '../device-words.ts'

const from = { benchmark: '本机压测', evidence: '目录实测数据', estimate: '估算' } as const

export const devices: DeviceWords = {
  title: '是否在计划的设备上计算',
  states: { proven: '已证实', refuted: '与计划不符', unproven: '未能证实' },
  reasons: {
    'computes-on-devices': '在其加速卡上计算',
    'processor-as-planned': '按计划在处理器上运行',
    'fewer-devices': '容器内看到的加速卡少于分配的数量',
    'other-product': '容器内看到的加速卡型号与计划不同',
    'less-memory': '加速卡在容器内的显存小于主机上的显存',
    'none-given': '计划使用加速卡，但容器没有分配到任何一块',
    'computes-on-processor': '计划使用加速卡，实际却在处理器上计算',
    'partly-on-processor': '模型有一部分在处理器上计算',
    'computes-on-accelerator': '计划使用处理器，实际却在加速卡上计算',
    'device-idle': '模型生成期间，其加速卡毫无动作',
    'slower-than-expected': '比这类硬件上通常的速度慢',
    'expected-unreadable': '无法得知分配了哪些设备',
    'inside-unreadable': '无法读取容器内看到的设备',
    'only-nodes': '容器内没有能说明加速卡型号的工具',
    'log-unreadable': '无法读取引擎关于设备的日志',
    'engine-silent': '引擎没有说明在哪里计算',
    'activity-unreadable': '无法读取加速卡的活动情况',
    'too-short': '生成时间太短，无法判断加速卡是否空闲',
    'no-answer': '模型没有回答',
  },
  onProcessor: '计划在处理器上运行',
  inside: ({ count, by, products }, { count: wanted, product }) => {
    const name = products.join('、') || (product.state === 'known' ? product.value : '加速卡')
    return by === 'nodes'
      ? `容器内有 ${count} / ${wanted} 个 ${name} 的设备节点`
      : `容器内可见 ${count} / ${wanted} 块 ${name}`
  },
  log: ({ layers, computesOn, cacheTokens }) => {
    const place = { accelerators: '在加速卡上', both: '两者都用', processor: '在处理器上' } as const
    const where =
      layers === undefined
        ? computesOn && `引擎称：${place[computesOn]}`
        : `${layers.onAccelerators} / ${layers.all} 层在加速卡上`
    const room = cacheTokens === undefined ? undefined : `缓存可容纳 ${cacheTokens} 个 token`
    return [where, room].filter((part) => part !== undefined).join('，') || undefined
  },
  activity: (activity) => {
    const risen = risenFrom(activity)
    if (risen === undefined) return undefined
    return risen.rose ? `利用率由 ${risen.from}% 升至 ${risen.to}%` : `利用率始终为 ${risen.to}%`
  },
  noSpeed: '生成时间太短，无法测得速度',
  speed: (rate, band) =>
    band === undefined
      ? `${threeDigits(rate)} tokens/s，暂无可比数据`
      : `${threeDigits(rate)} tokens/s（按${from[band.from]}，通常为 ${threeDigits(band.least)} 至 ${threeDigits(band.most)}）`,
  finding: (one) => {
    switch (one.finding) {
      case 'fewer-devices':
        return `分配了 ${one.expected} 块，容器内只看到 ${one.seen} 块。`
      case 'more-devices':
        return `分配了 ${one.expected} 块，容器内却看到 ${one.seen} 块。`
      case 'other-product':
        return `容器内看到的是 ${one.seen}，计划的是 ${one.expected}。`
      case 'less-memory':
        return `设备在容器内为 ${bytesText(one.seenBytes)}，在主机上为 ${bytesText(one.expectedBytes)}。`
      case 'none-given':
        return '计划或启动命令要求使用加速卡，但容器没有分配到。请重新部署。'
      case 'computes-on-processor':
        return `引擎没有找到可用的加速卡：${one.said}`
      case 'partly-on-processor':
        return `${one.all} 层中只有 ${one.onAccelerators} 层在加速卡上，其余放不下：请换用更小的模型或缩短上下文。`
      case 'computes-on-accelerator':
        return `引擎的说明：${one.said}`
      case 'device-idle':
        return '模型生成期间，没有一块加速卡被使用。'
      case 'some-idle':
        return `模型生成期间，以下设备没有动作：${one.devices.join('、')}。`
      case 'slower-than-expected':
        return `${threeDigits(one.tokensPerSecond)} tokens/s，通常至少为 ${threeDigits(one.least)}。`
      case 'faster-than-expected':
        return `${threeDigits(one.tokensPerSecond)} tokens/s，通常至多为 ${threeDigits(one.most)}。`
      case 'only-nodes':
        return '容器内只找到设备节点：数量已知，型号和显存未知。'
      case 'engine-silent':
        return '日志和设备显存都没有说明在哪里计算。'
      case 'too-short':
        return '生成期间读取设备的次数太少，请重试。'
      case 'expected-unreadable':
        return `无法读取分配情况：${one.why}`
      case 'inside-unreadable':
        return `无法读取容器内的设备：${one.why}`
      case 'log-unreadable':
        return `无法读取日志：${one.why}`
      case 'activity-unreadable':
        return `无法读取设备活动：${one.why}`
      case 'no-answer':
        return `模型没有回答：${one.why}`
    }
  },
  evidence: '引擎日志',
  begins: (deployment, model) => `${deployment}（${model}）：正在查看其容器`,
  writes: (deployment) => `${deployment}：生成数秒，同时观察设备`,
  nothing: '没有正在运行的模型。',
}
