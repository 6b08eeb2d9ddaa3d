// Chinese: measuring a service under load.
import type { RequestProblem } from '../../domain/bench.ts'
import { threeDigits } from '../amounts.ts'
import { changeText, figureText, paceText, percentText, timeText, twoTimesText } from '../bench-amounts.ts'
import type { BenchWords } from '../bench-words.ts'

const problems: { readonly [P in RequestProblem]: string } = {
  'too-many-requests': '因请求过多被拒（429）',
  refused: '被拒绝',
  'server-error': '服务端返回错误',
  'not-connected': '未能连接',
  'broken-off': '中途断开',
  'no-end': '超时未结束',
  'too-long': '回答没完没了',
  'no-text': '回答没有文本',
  'not-a-stream': '返回的不是 token 流',
  'error-said': '引擎在流中报错',
}

const settingNames = {
  ttftLimitMs: 'TTFT 上限',
  tpotLimitMs: 'TPOT 上限',
  inputTokens: '提示词长度',
  outputTokens: '回答长度',
  seconds: '每级时长',
  repeatsPrompts: '提示词是否重复',
}

const tooShort = '时间太短，无法测得'

export const bench: BenchWords = {
  subject: ({ benchId, subject }) => {
    const { deployment, model, version, throughGateway, accelerators } = subject
    const hardware = accelerators.map(({ product, count }) => `${count} × ${product}`).join('、') || '仅 CPU'
    return `${benchId}：${deployment}（${model}，版本 ${version}），硬件：${hardware}${throughGateway === true ? '，经网关' : ''}`
  },
  settings: ({ inputTokens, outputTokens, seconds, ttftLimitMs, tpotLimitMs }) =>
    `提示词约 ${inputTokens} token，回答 ${outputTokens} token，每级并发至少 ${seconds} 秒。上限：TTFT p95 ${timeText(ttftLimitMs)}，TPOT p95 ${timeText(tpotLimitMs)}。`,
  warm: (promptTokens, wayMs) => {
    const long = promptTokens === undefined ? '服务端不报告提示词长度' : `实际提示词 ${promptTokens} token`
    return wayMs === undefined ? `${long}。` : `${long}；一次小请求往返 ${timeText(wayMs)}。`
  },
  upTo: '无法要求该服务写满指定长度：回答可能比设定的短。',
  uncounted: '服务端不统计 token：每个文本片段按一个 token 计。',
  repeated: '所有提示词相同，前缀缓存会使结果好于真实使用。',
  progress: ({ users, phase, seconds, ended, failed, piecesPerSecond }) => {
    const what = { 'warm-up': '预热', measuring: '测量', 'letting-end': '等待最后的请求结束' }[phase]
    const wrong = failed === 0 ? '' : `，失败 ${failed}`
    return `${users} 并发，${what}，${Math.floor(seconds)} 秒：完成 ${ended}${wrong}，每秒 ${threeDigits(piecesPerSecond)} 个片段`
  },
  tooShort,
  level: ({ users, ttftMs, tpotMs, itlMs, e2eMs, outputTokensPerSecond, requestsPerSecond, goodShare }) => {
    const times = [
      ttftMs && `TTFT ${twoTimesText(ttftMs)}`,
      ttftMs && `TPOT ${paceText({ ttftMs, tpotMs }, tooShort)}`,
      itlMs && `ITL p99 ${timeText(itlMs.p99)}`,
      e2eMs && `E2E ${twoTimesText(e2eMs)}`,
    ]
    const rates = `${threeDigits(outputTokensPerSecond)} token/s，${threeDigits(requestsPerSecond)} 请求/s`
    const all = [...times.filter((one) => one !== undefined), rates, `达标 ${percentText(goodShare)}`]
    return `${users} 并发：${all.join('，')}`
  },
  failed: (failed, said) => {
    const parts = Object.entries(failed).map(([problem, count]) => `${problems[problem as RequestProblem]} ${count} 次`)
    return `失败：${parts.join('，')}${said === undefined ? '' : `（“${said}”）`}`
  },
  short: '限定时间内完成的请求太少，数值仅供参考。',
  breaks: {
    ttft: '首个 token 太慢',
    tpot: 'token 之间间隔太长',
    errors: '失败的请求太多',
    'no-figures': '没有一个请求正常完成',
  },
  supports: ({ users, atLeast }, { ttftLimitMs, tpotLimitMs }) => {
    const limits = `TTFT ≤ ${timeText(ttftLimitMs)}、TPOT ≤ ${timeText(tpotLimitMs)}（p95）`
    if (users === 0) return `在 ${limits} 下，测试过的最低并发也达不到。`
    return `在 ${limits} 下，${atLeast ? '至少' : '约'}支持 ${users} 个并发用户。`
  },
  ends: {
    done: undefined,
    stopped: '提前停止：此前测得的结果有效。',
    'out-of-time': '总时长已到：此前测得的结果有效。',
    failed: '提前结束：此前测得的结果有效。',
  },
  kept: (benchId) => `已保存为 ${benchId}。--list 列出全部，--compare 对比其中两次。`,
  stopping: '正在停止，已测得的结果会保留。',
  head: ({ benchId, startedAt, subject, settings, supports }) => {
    const users = supports === undefined ? '-' : `${supports.atLeast ? '≥ ' : ''}${supports.users} 并发`
    const what = `${settings.inputTokens} + ${settings.outputTokens} token`
    return `${benchId}  ${startedAt.slice(0, 16)}Z  ${subject.deployment} ${subject.version}（${subject.model}）  ${what}  ${users}`
  },
  nothing: '这台服务器还没有做过压力测试：rackside bench 服务器。',
  figures: {
    'supported-users': '支持的并发用户',
    'ttft-p50': 'TTFT 中位数',
    'ttft-p95': 'TTFT p95',
    'tpot-p50': 'TPOT 中位数',
    'tpot-p95': 'TPOT p95',
    'itl-p99': 'ITL p99',
    'e2e-p95': 'E2E p95',
    'output-rate': '输出 token',
    'request-rate': '请求',
    'good-share': '达标比例',
  },
  users: (users) => `${users} 并发`,
  row: ({ figure, before, after, percent }, name) => {
    const values = `${figureText(figure, before)} → ${figureText(figure, after)}`
    return `${name}：${values}${percent === undefined ? '' : `（${changeText(percent)}）`}`
  },
  changes: { better: '变好', worse: '变差', same: '持平' },
  otherSettings: (names) =>
    `两次测试的设置不同，数值差异也可能由此而来：${names.map((one) => settingNames[one]).join('、')}。`,
  otherService: '这两次测的不是同一个服务或同一台服务器。',
}
