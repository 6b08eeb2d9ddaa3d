// What a cell of an accelerator says in words, in Chinese.
import type { cells as english } from '../en/cells.ts'
import type { SameKeys } from '../same-keys.ts'

export const cells: SameKeys<typeof english> = {
  busy: '{{name}}：利用率 {{percent}} %，{{health}}',
  notKnown: '{{name}}：利用率未知，{{health}}',
  notInSample: '最新采样中没有此卡',
  health: {
    ok: '健康',
    warning: '警告',
    alarm: '告警',
    critical: '严重告警',
    absent: '未报告健康状态',
    unreadable: '健康状态无法读取',
  },
}
