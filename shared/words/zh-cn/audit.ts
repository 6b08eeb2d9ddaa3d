// Chinese: the audit.
import { actText, cameText } from '../audit-text.ts'
import type { AuditWords } from '../audit-words.ts'
import { auditActs as acts } from './audit-acts.ts'
import { failureNames } from './failure-names.ts'

const results = { ok: '已完成', failed: '失败', left: '未等待结束', unknown: '没有结果记录' } as const

const coded = {
  ...{ acts, results, failureNames },
  outcomes: {
    ...{ done: '已完成', failed: '失败', cancelled: '已取消', stopped: '已停止', 'cut-off': '中断' },
    ...{ 'out-of-time': '超时', passed: '合格', accepted: '通过', open: '未定', refused: '不通过' },
  },
  login: '登录',
  about: (act: string, what: string) => `${act}（${what}）`,
  caused: (result: string, failure: string) => `${result}（${failure}）`,
  planned: {
    'set-up': (what: string, version: string) => `${what} ${version}`,
    'roll-back': (what: string, version: string) => `${what} 回退到 ${version}`,
    'renew-certificate': (what: string) => `${what} 的新证书`,
    uninstall: () => '全部移除',
  },
  drill: (drill: string, on: boolean) => `${drill} ${on ? '开' : '关'}`,
} as const

const problems: AuditWords['problems'] = {
  'line-strange': ({ file, number }) => `${file}：第 ${number} 条记录之前有不属于审计的内容`,
  'record-changed': ({ file, number }) => `${file}：第 ${number} 条记录在写入后被改动`,
  'number-wrong': ({ file, number }) => `${file}：第 ${number} 条记录之前有缺失、重复或顺序错乱的记录`,
  'link-broken': ({ file, number }) => `${file}：第 ${number} 条记录与前一条不衔接`,
  'begin-missing': ({ number }) => `从第 ${number} 条记录开始，但没有任何记录说明更早的内容已按期清除`,
  'segment-wrong': ({ file, number }) => `${file}：第 ${number} 条记录处的分段开头或结尾不正确`,
  'key-unannounced': ({ file, number }) => `${file}：第 ${number} 条记录处的密钥未经上一个密钥交接`,
  'legacy-changed': ({ file }) => `早于审计链的 ${file} 被改动`,
  'legacy-missing': ({ file }) => `早于审计链的 ${file} 不见了`,
  'checkpoint-unsigned': ({ number }) => `第 ${number} 条记录的检查点签名不正确`,
  'checkpoint-of-other': ({ number }) => `第 ${number} 条记录的检查点属于另一份审计`,
  'checkpoint-differs': ({ number }) => `第 ${number} 条记录与其检查点所述不符`,
  'checkpoint-beyond': ({ number }) => `末尾被截去：检查点提到第 ${number} 条记录，但它已不存在`,
  'copy-differs': ({ file, number }) => `第 ${number} 条记录与 ${file} 中的副本不符`,
}

const notes: AuditWords['notes'] = {
  gap: ({ number }) => `第 ${number} 条记录之前有一行在写入时被截断，没有操作以它为依据`,
  'cut-end': ({ file }) => `${file} 的最后一行在写入时被截断，没有操作以它为依据`,
  removed: ({ number }) => `从第 ${number} 条记录开始：更早的内容已到期清除`,
  'checkpoint-of-removed': ({ number }) => `第 ${number} 条记录的检查点属于已到期清除的内容`,
  voided: ({ number }) => `第 ${number} 条记录的操作被拒绝：当时无法确认记录已写入磁盘`,
  'no-checkpoint': () => '没有提供来自别处的检查点：无法证明末尾未被截去，也无法证明整份审计未被重写',
  part: ({ number }) => `只提供了一部分，从第 ${number} 条记录开始`,
}

export const audit: AuditWords = {
  ...{ ...coded, problems, notes },
  intact: ({ records, first, last, lastAt, endShownTo }) => {
    if (records === 0) return '没有记录。'
    const range = `第 ${first} 至 ${last} 条，最后一条写于 ${lastAt ?? '?'}`
    return endShownTo === null
      ? `自身一致：${range}。无法看出末尾是否缺失（没有检查点）。`
      : `未被改动：共 ${records} 条记录，${range}。`
  },
  broken: (count) => `这份审计与写入时不一致：发现 ${count} 处问题。`,
  agree: ({ agree, highest }) => `${agree} 个来自别处的检查点相符，最高到第 ${highest} 条记录。`,
  line: (entry, local) => {
    const { record, isWhole } = entry
    const { number, who, appliance, demo } = record
    const place = appliance?.name ?? appliance?.host
    const where = place === undefined ? '' : `（${place}）`
    const result = cameText(coded, entry)
    const marks = `${demo === true ? '［演示］' : ''}${isWhole ? '' : '［已被改动］'}`
    return `${number}  ${local}  ${who}：${actText(coded, entry)}${where}${marks}${result === undefined ? '' : `：${result}`}`
  },
  nothing: '没有找到。',
  older: (number) => `还有更早的记录：--before ${number}`,
  exported: (entries, file) => `${entries} 项操作已写入 ${file}。`,
  checkpoint: (number, hash) => `检查点：第 ${number} 条记录，${hash}`,
  keptHereOnly: '仅保存在本机：未设置其他位置（rackside audit send-to）。',
  kept: (days) => `审计保留 ${days} 天。`,
  sentTo: (places) => `检查点发送到 ${places}。`,
  sentNowhere: '检查点只保存在本机。用 "rackside audit send-to" 可同时保存到别处。',
}
