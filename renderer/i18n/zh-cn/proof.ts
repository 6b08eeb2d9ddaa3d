// Labels of the proof that an appliance answers, in Chinese.
import type { proof as english } from '../en/proof.ts'
import type { SameKeys } from '../same-keys.ts'

export const proof: SameKeys<typeof english> = {
  label: '验证结果',
  running: '正在验证',
  ttft: '首字延迟 TTFT',
  throughput: '单路吞吐',
  tokensPerSecond: 'tokens/s',
  noRate: '时间太短，无法测得吞吐',
  tokens: '共 {{count}} tokens',
  answer: '回答内容',
  waitingForAnswer: '正在等待首字',
  checks: '{{deployment}} 的检查项',
  passed: '通过',
  failed: '未通过',
  current: '进行中',
  next: '待检查',
  cut: '已中断',
  notLooked: '未检查',
  withoutMetrics: '其引擎不提供请求统计，因此此处不显示相关数据。',
  proveDevices: '验证计算位置',
  proveDevicesAgain: '重新验证',
  devicesLead: '每个模型会生成数秒，同时观察其加速卡；不会改动任何东西。',
  nothing: 'Rackside 尚未在此安装任何服务，没有可验证的内容。',
}
