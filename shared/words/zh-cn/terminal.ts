// 简体中文：终端记录。
import type { ListedRecording, TerminalEndReason } from '../../domain/terminal.ts'
import type { TerminalWords } from '../terminal-words.ts'

const reasons: { readonly [R in TerminalEndReason]: string } = {
  exited: 'shell 已退出',
  closed: '已手动关闭',
  left: '所在窗口已关闭或与控制台断开',
  idle: '15 分钟内没有输入或输出',
  'too-long': '已打开满 8 小时',
  'link-lost': '与服务器的连接断开',
  'record-full': '记录已达 50 MB',
  'record-failed': '记录无法继续写入',
  'console-ended': '控制台已关闭',
}

const states = {
  going: '正在使用',
  whole: '未被改动',
  broken: '被改动或损坏',
  missing: '文件已不存在',
  unproven: '未封存',
} as const

const cutOff = '使用中控制台意外终止'

function ended(reason: TerminalEndReason, exitCode: number | undefined): string {
  return exitCode === undefined || exitCode === 0 ? reasons[reason] : `${reasons[reason]}（退出码 ${exitCode}）`
}

function head({ recordingId, startedAt, appliance, user, who, demo, end, state }: ListedRecording): string {
  const how = end === null ? cutOff : `${end.seconds} 秒，${ended(end.reason, end.exitCode)}`
  const place = `${appliance}${demo === true ? '［演示］' : ''} 上的 ${user}，由 ${who} 打开`
  return `${recordingId}  ${startedAt}  ${place}：${state === 'going' ? states.going : `${how}；${states[state]}`}`
}

export const terminal: TerminalWords = {
  ...{ reasons, states, cutOff, ended, head },
  nothing: '这里没有终端记录。',
}
