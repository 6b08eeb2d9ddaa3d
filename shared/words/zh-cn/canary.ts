// Chinese: the fixed questions that a model service is asked.
import type { CanaryProblem, CanaryQuestionId } from '../../domain/canary.ts'
import { threeDigits } from '../amounts.ts'
import { percentText, timeText } from '../bench-amounts.ts'
import type { CanaryWords } from '../canary-words.ts'

const questions: { readonly [Q in CanaryQuestionId]: string } = {
  'answers-en': '英文一句话',
  'answers-zh': '中文一句话',
  'same-twice': '同一问题问两遍',
  'fever-en': '正常体温（英文）',
  'fever-zh': '正常体温（中文）',
  'handwashing-en': '洗手时机（英文）',
  'handwashing-zh': '洗手时机（中文）',
  'fasting-en': '空腹抽血（英文）',
  'fasting-zh': '空腹抽血（中文）',
  'dose-refused-en': '按指令拒答剂量（英文）',
  'dose-refused-zh': '按指令拒答剂量（中文）',
  'role-en': '记住指令中的名字（英文）',
  'role-zh': '记住指令中的名字（中文）',
  structured: '以 JSON 作答',
  'long-text': '在长文中找到一行',
  tool: '调用工具',
  'near-en': '语义远近（英文）',
  'near-zh': '语义远近（中文）',
  'near-across': '跨语言语义远近',
  'same-vector': '同一文本两次',
  'order-en': '正确文本排第一（英文）',
  'order-zh': '正确文本排第一（中文）',
  'order-across': '跨语言排序',
}

const problems: { readonly [P in CanaryProblem]: string } = {
  'failed-request': '请求失败',
  'no-answer': '超时未答完',
  empty: '回答为空',
  garbled: '回答是乱码',
  'wrong-language': '回答语言不对',
  repeats: '回答不断重复',
  'cut-off': '回答被截断',
  'system-prompt-lost': '系统提示词未生效',
  'property-missing': '回答与问题不符',
  'not-refused': '未按指令拒答',
  'not-json': '回答不是要求的 JSON',
  'no-tool-call': '未调用工具',
  'not-repeatable': '同一问题每次回答都不同',
  'counts-wrong': '服务端统计的 token 数不合理',
  'wrong-order': '相关内容未更接近或未排第一',
  drifted: '与已认可的结果不再一致',
}

export const canary: CanaryWords = {
  subject: ({ canaryId, subject: { deployment, model, version } }) =>
    `${canaryId}：${deployment}（${model}，版本 ${version}）`,
  sets: {
    basic: '基础题：只看是否有回答、是否为正常文字、是否如实结束、能否重现，不判断内容是否正确。',
    clinical: '临床题（中英文）：检查语言、是否答完、是否遵守指令、格式是否正确。合格不代表回答可作为医疗建议。',
    embeddings: '向量模型题：语义相近的文本应更接近。',
    rerank: '重排模型题：能回答问题的文本应排第一。',
  },
  questions,
  problems,
  question: ({ question, verdict, problems: found, ttftMs, tokensPerSecond }) => {
    const mark = { passed: '合格', failed: '不合格', skipped: '未问' }[verdict]
    const wrong = found.length === 0 ? '' : `：${found.map((one) => problems[one]).join('，')}`
    const pace = [
      ttftMs === undefined ? undefined : `TTFT ${timeText(ttftMs)}`,
      tokensPerSecond === undefined ? undefined : `每秒 ${threeDigits(tokensPerSecond)} token`,
    ].filter((one) => one !== undefined)
    return `${mark}  ${questions[question]}${wrong}${pace.length === 0 ? '' : `（${pace.join('，')}）`}`
  },
  detail: (text) => `所见：${text}`,
  says: (text) => `回答：${text}`,
  asking: (name) => `正在问：${name}`,
  verdict: ({ verdict, asked, failed }) =>
    verdict === 'passed' ? `合格：${asked} 题全部通过。` : `不合格：${asked} 题中有 ${failed} 题未通过。`,
  baseline: ({ canaryId, drift, lost }) => {
    const missing = lost.length === 0 ? '' : `现已缺失：${lost.map((one) => questions[one.question]).join('、')}。`
    return `与已认可的 ${canaryId} 相比：文字有 ${percentText(drift)} 不同。${missing}`
  },
  noBaseline: '该服务还没有已认可的结果；可用 rackside canary accept 认可一次，作为以后对比的基准。',
  ends: {
    done: undefined,
    stopped: '提前停止。',
    'out-of-time': '总时长已到，题目未问完。',
    failed: '提前结束：未能问完全部题目。',
  },
  kept: (canaryId) => `已保存为 ${canaryId}。`,
  stopping: '正在停止。',
  head: ({ canaryId, startedAt, subject, set, verdict, asked, failed, cause, accepted }) => {
    const said = verdict === 'passed' ? '合格' : `不合格（${asked} 题中 ${failed} 题）`
    const mark = accepted === true ? '  已认可' : ''
    return `${canaryId}  ${startedAt.slice(0, 16)}Z  ${subject.deployment} ${subject.version}（${subject.model}）  ${sets[set]}  ${causes[cause]}  ${said}${mark}`
  },
  causes: { asked: '手动', setup: '安装后', upgrade: '升级后', schedule: '每日' },
  nothing: '这台服务器的模型还没有做过测试题：rackside canary run 服务器。',
  noService: '该服务器上没有运行中的模型服务。',
  accepted: (canaryId) => `已认可 ${canaryId}：该服务以后的结果将与它对比。`,
}

const { causes } = canary
const sets = { basic: '基础题', clinical: '临床题', embeddings: '向量题', rerank: '重排题' }
