// Chinese: what is said about rollouts, and what can go wrong with them.

import type { RolloutFailureWords } from '../failure-words.ts'
import type { RolloutWords } from '../rollout-words.ts'

export const rollout: RolloutWords = {
  title: (solution, count) => `批量部署：在 ${count} 台一体机上部署 ${solution}`,
  sum: ({ change, rings, places, nothing, leftOut }) => {
    const others = `${nothing} 台无需操作；${leftOut} 台未纳入`
    return change === 0 ? others : `${change} 台需变更，分 ${rings} 批，同时最多 ${places} 台；${others}`
  },
  ring: (number) => (number === 1 ? '第 1 批（先行验证）：单独进行，确认正常后才继续' : `第 ${number} 批`),
  nothingToDo: '无需操作',
  leftOut: '未纳入',
  changes: (changed, upload) => `${changed} 项变更，需传输 ${upload}`,
  interrupts: (deployments) => `会中断 ${deployments}`,
  stands: {
    planned: '已计划',
    'nothing-to-do': '无需操作',
    'left-out': '未纳入',
    waiting: '等待所在批次',
    running: '已开始',
    failed: '失败',
    'not-begun': '未开始',
  },
  stepOf: (number, of) => `第 ${number} 步，共 ${of} 步`,
  waitingForWindow: (time) => `正在等待维护时段，${time} 开始。`,
  waitingWhileBusy: (deployment, requests) => `等待中：${deployment} 正在处理 ${requests} 个请求。`,
  requestsUnknown: (deployment, why) => `无法读取 ${deployment} 是否繁忙，继续执行。${why}`,
  goingOnWithout: (name) => `${name} 较慢，尚未验证；下一批不再等它。`,
  ended: {
    done: (healthy, of) => `已完成：${of} 台中 ${healthy} 台正常。`,
    stopped: (healthy, of) => `出现首个异常后已停止：${of} 台中 ${healthy} 台正常，其余未再开始。`,
    cancelled: (healthy, of) => `已取消：${of} 台中 ${healthy} 台正常，其余未再开始。`,
  },
  stopping: '不再开始新的一体机，进行中的在当前步骤完成后停止；再次按 Ctrl-C 立即退出。',
}

export const rolloutFailures: RolloutFailureWords = {
  'service-busy': (f) => ({
    what: `未中断 ${f.deployment}：有 ${f.requests} 个请求正在处理，${f.seconds} 秒内一直没有空闲。`,
    next: '请在空闲时重新执行同一命令，已完成的部分不会重做；使用 --even-if-busy 则不等待。',
  }),
  'rollout-unknown': () => ({
    what: '本控制台已没有这次批量部署的记录：记录只保留到控制台关闭为止。',
    next: '请重新生成计划；已完成的一体机届时无需再做任何操作。',
  }),
  'same-machine': (f) => ({
    what: `与“${f.name}”是同一台机器。`,
    next: '两个名称保留其一即可。',
  }),
  'canary-left-out': (f) => ({
    what: `指定先行部署的“${f.name}”无法部署：未生成任何计划。`,
    next: '请单独为它生成计划以查看原因，或指定另一台先行部署。',
  }),
}
