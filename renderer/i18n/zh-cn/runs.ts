// Labels of the list of runs, in Chinese.
import type { runs as english } from '../en/runs.ts'
import type { SameKeys } from '../same-keys.ts'

export const runs: SameKeys<typeof english> = {
  going_one: '{{count}} 项部署正在执行',
  going_other: '{{count}} 项部署正在执行',
  none: '没有正在执行的部署',
  unsure: '暂不知道是否有部署正在执行',
  lead: '本控制台开启以来的执行记录。更早的记录见各一体机的历史。',
  reading: '正在读取执行记录',
  emptyTitle: '本控制台开启以来没有执行记录',
  emptyLead: '部署一体机会产生一条执行记录：每一步的用时、传输的数据与结果。关闭此窗口后部署仍会继续。',
  toAppliances: '前往一体机',
  list: '执行记录',
  what: '{{name}}：{{what}}',
  act: {
    setUp: '部署 {{solution}}',
    rollBack: '{{deployment}} 回退到版本 {{version}}',
    renew: '{{deployment}} 证书续期',
    uninstall: '卸载',
  },
  state: {
    running: '执行中',
    done: '已完成',
    failed: '失败',
    cancelled: '已停止',
    unsure: '此前在执行',
  },
  began: '开始于 {{time}}',
  open: '查看执行',
  notSaved: '该一体机已不在列表中',
}
