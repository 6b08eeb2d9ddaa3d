// Labels of what happened meanwhile, in Chinese.
import type { notes as english } from '../en/notes.ts'
import type { SameKeys } from '../same-keys.ts'

export const notes: SameKeys<typeof english> = {
  title: '近期动态',
  lead: '本控制台保存的近 30 天告警、执行、发布者与检验结果。',
  list: '近期动态，最新在前',
  unread_one: '{{count}} 条未读',
  unread_other: '{{count}} 条未读',
  allRead: '全部已读',
  markAll: '全部标为已读',
  isNew: '未读',
  quiet: '当时处于静默或维护期，未发出通知。',
  noneTitle: '近 30 天没有动态',
  noneLead:
    '告警的发生与恢复、执行结束、发布者的新版本、验收与固定测试题结果、无法送达的通知渠道，无论当时打开哪个页面，都会列在这里。',
  today: '今天',
  yesterday: '昨天',
  newest: '{{count}} 条新动态，最新一条：{{text}}',
  burst: {
    alert: '{{span}}内 {{count}} 条告警',
    'alert-over': '{{span}}内 {{count}} 条告警恢复',
    run: '{{span}}内 {{count}} 项执行结束',
    other: '{{span}}内 {{count}} 条动态',
  },
  burstMore: '展开',
  burstLess: '收起',
  over: '已恢复',
  needsPerson: '需要处理',
  waits: {
    lock: { word: '等待', text: '{{what}}：该一体机正由他人操作' },
    window: { word: '暂停', text: '{{what}}：等待维护窗口' },
    busy: { word: '暂停', text: '{{what}}：等待进行中的请求结束' },
  },
  newVersion: { word: '新版本', text: '{{publisher}}：{{line}} 的第 {{version}} 版已到' },
  takenBack: { word: '已撤回', text: '{{publisher}} 撤回 {{entry}}：{{reason}}' },
  acceptance: {
    accepted: { word: '通过', text: '验收未发现问题' },
    open: { word: '待定', text: '验收未能证明全部项目' },
    refused: { word: '不通过', text: '验收发现问题' },
  },
  canary: {
    passed: { word: '通过', text: '{{deployment}} 固定测试题：{{asked}} 题回答均正常' },
    failed: { word: '未通过', text: '{{deployment}} 固定测试题：{{asked}} 题中 {{failed}} 题回答异常' },
    unended: { word: '未完成', text: '{{deployment}} 固定测试题：未问完全部题目' },
  },
  channel: { word: '未送达', text: '渠道 {{channel}}：{{problem}}' },
}
