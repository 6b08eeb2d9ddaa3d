// Chinese: evaluating a model with a set of questions.
import type { EvaluationUnlike } from '../../domain/evaluation.ts'
import type { ItemFault } from '../../domain/evaluation-set.ts'
import { bytesText, threeDigits } from '../amounts.ts'
import { durationText } from '../durations.ts'
import { intervalText, modelName, pointsText, scorePercent, shortDigest } from '../evaluation-amounts.ts'
import type { EvaluationWords } from '../evaluation-words.ts'

const faults: { readonly [F in ItemFault]: string } = {
  'not-json': '不是 JSON 对象',
  'no-question': '没有题干',
  'question-too-long': '题干过长',
  'no-options': '选项少于两个',
  'options-not-in-order': '选项没有按 A、B、C……依次排列',
  'too-many-options': '选项多于六个',
  'option-too-long': '选项过长',
  'no-right-answer': '没有给出正确答案',
  'right-answer-unknown': '给出的正确答案不在选项中',
  'too-many-items': '超出题库的题数上限',
  'cell-too-long': '有单元格过长，或双引号没有闭合',
}

const unlikes: { readonly [U in EvaluationUnlike]: string } = {
  outputTokens: '单次回答的 token 上限',
  limit: '抽题数',
  seed: '随机种子',
  demo: '其中一次是模拟服务器',
  thinks: '其中一次的模型先思考再作答',
}

const smokeName = '冒烟测试（自编 50 题）'

export const evaluation: EvaluationWords = {
  subject: ({ evaluationId, subject }) => {
    const { deployment, model, modelEntry, weights, entry, version } = subject
    const which = modelEntry === undefined ? model : modelName(modelEntry)
    const bytes = weights === undefined ? '' : `，权重 ${shortDigest(weights)}`
    return `${evaluationId}：${deployment}（${which}${bytes}），运行时 ${entry} ${version}`
  },
  set: ({ name, items, digest, builtIn }) =>
    `${builtIn === true ? smokeName : name}：${items} 题，sha256 ${shortDigest(digest)}`,
  choice: ({ name, items, builtIn }) => (builtIn === true ? smokeName : `${name}（${items} 题）`),
  smoke: '这是冒烟测试，只说明模型能读懂简单的题目并答出选项字母，不能衡量临床质量。',
  caveat: '题库得分不能衡量临床质量。',
  smokeName,
  sample: ({ limit, seed }, planned) => (limit === undefined ? undefined : `抽取 ${planned} 题，随机种子 ${seed}。`),
  goesOn: (asked, planned) => `从上次结束处继续：共 ${planned} 题，已答 ${asked} 题。`,
  progress: ({ planned, score, perMinute, secondsLeft }) => {
    const right = score.interval === undefined ? '' : `，目前正确率 ${scorePercent(score.interval.share)}`
    const failed = score.failed === 0 ? '' : `，失败 ${score.failed}`
    const rate = perMinute === undefined ? '' : `，每分钟 ${threeDigits(perMinute)} 题`
    const left = secondsLeft === undefined ? '' : `，约剩 ${durationText(secondsLeft * 1000, 'zh-CN')}`
    return `已答 ${score.asked}/${planned}${right}${failed}${rate}${left}`
  },
  score: ({ right, asked, interval }) =>
    interval === undefined
      ? '没有答完一题。'
      : `${asked} 题答对 ${right} 题：正确率 ${scorePercent(interval.share)}（95% 置信区间 ${intervalText(interval)}）。`,
  unreadable: (count) => `有 ${count} 题的回答无法判读：没有给出选项字母，或单选题给出了多个。按答错计。`,
  failed: (count) => `有 ${count} 次请求失败，不计对错；继续评测时会重新提问。`,
  category: (name, { right, asked, interval }) =>
    interval === undefined
      ? `${name}：-`
      : `${name}：${right}/${asked}，${scorePercent(interval.share)}（${intervalText(interval)}）`,
  thinks: '该模型先思考再作答，已为其放宽输出长度。',
  ends: {
    done: undefined,
    stopped: '提前停止：正确率只含已答的题。',
    failed: '提前结束：正确率只含已答的题。',
    'cut-off': '控制台中途退出：正确率只含已答的题。',
  },
  took: ({ seconds, resumed }) =>
    `用时 ${durationText(seconds * 1000, 'zh-CN')}${resumed === 0 ? '' : `，中断后继续 ${resumed} 次`}。`,
  kept: (id) => `已保存为 ${id}。rackside evaluate list 列出全部，evaluate compare 对比其中两次。`,
  resumable: (id) => `rackside evaluate 服务器 --resume ${id} 可继续答完余下的题。`,
  stopping: '正在停止，已答的题会保留，可稍后继续。',
  head: ({ evaluationId, startedAt, subject, set, score, planned, end, going }) => {
    const share =
      score.interval === undefined ? '-' : `${scorePercent(score.interval.share)}（${intervalText(score.interval)}）`
    const state = going === true ? '  进行中' : end === 'done' && score.failed === 0 ? '' : '  可继续'
    return `${evaluationId}  ${startedAt.slice(0, 16)}Z  ${subject.host} ${subject.deployment}（${subject.model}）  ${set.name}  ${score.asked}/${planned}  ${share}${state}`
  },
  nothing: '还没有做过评测：rackside evaluate 服务器。',
  faults,
  brought: ({ name, items, refused }) =>
    refused === 0 ? `${name}：${items} 题。` : `${name}：${items} 题；文件中另有 ${refused} 题未收入。`,
  refusal: ({ line, fault }) => `第 ${line} 行：${faults[fault]}`,
  moreRefused: (count) => `另有 ${count} 题`,
  found: ({ name, bytes }) => `${name}（${bytesText(bytes)}），位于导入文件夹`,
  difference: ({ items, before, after, share, low, high }) =>
    `两次都答过的 ${items} 题：前一次答对 ${before} 题，后一次答对 ${after} 题，相差 ${pointsText(share)} 个百分点（95% 置信区间 ${pointsText(low)} 至 ${pointsText(high)}）。`,
  told: {
    better: '在这套题上，后一次答对的更多。',
    worse: '在这套题上，后一次答对的更少。',
    'none-told': '看不出差别。',
    'too-many-failed': '不下结论：其中一次有超过 2% 的请求失败，请先继续答完。',
  },
  notComparable: '两次用的不是同一套题，正确率不可比较。',
  unlike: (unlike) =>
    unlike.length === 0
      ? undefined
      : `除模型外，两次还有以下不同，可能影响得分：${unlike.map((one) => unlikes[one]).join('、')}。`,
}
