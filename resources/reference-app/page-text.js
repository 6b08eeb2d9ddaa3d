// Every word the page shows, in both languages, and the made-up example visits. No patient is real.

/** @typedef {'zh-CN' | 'en'} Language */

const english = {
  title: 'Clinic note helper',
  introduction: 'Turns a visit summary into a structured draft note. Nothing you type is stored.',
  mark: 'Draft: for a clinician to check. Not for diagnosis.',
  incompleteLine: 'Incomplete: this draft was cut short.',
  languageLabel: 'Language',
  visitLabel: 'Visit summary',
  visitHint: 'Leave out names, identity numbers and telephone numbers.',
  exampleButton: 'Use an example',
  draftButton: 'Draft',
  stopButton: 'Stop',
  outputLabel: 'Draft note',
  outputPlaceholder: 'The draft appears here.',
  copyButton: 'Copy',
  length: (/** @type {number} */ used, /** @type {number} */ most) =>
    `${used.toLocaleString('en')} of ${most.toLocaleString('en')} characters`,
  status: {
    waiting: 'Waiting for the model…',
    writing: 'Writing…',
    done: 'Draft ready to check.',
    cutShort: 'The draft reached its length limit and is incomplete.',
    stopped: 'Stopped. The draft is incomplete.',
    copied: 'Copied, with the draft mark.',
    copyFailed: 'Could not copy. Select the text and copy it by hand.',
  },
  errors: {
    visit_empty: 'Write or paste a visit summary first.',
    visit_too_long: 'The visit summary is too long. Shorten it and try again.',
    model_busy: 'The model is busy. Try again in a minute.',
    model_unreachable: 'The model cannot be reached. Tell the person who looks after this system.',
    model_refused_input: 'The model refused this text; it may be too long for it. Shorten it and try again.',
    model_idle_timeout: 'The model stopped answering. Try again.',
    connection_lost: 'The connection was lost. Try again.',
    model_empty_answer: 'The model gave no text. Try again.',
    other: (/** @type {string} */ code) => `The draft failed (${code}). Tell the person who looks after this system.`,
  },
  example: [
    'Woman, 58. Cough for 5 days, yellow sputum, fever up to 38.4 °C on days 2 and 3, none since yesterday.',
    'No chest pain, no blood in sputum, not short of breath at rest. High blood pressure for 6 years,',
    'amlodipine 5 mg once a day. Allergic to penicillin (rash). Does not smoke.',
    'Today: 37.1 °C, 132/84 mmHg, pulse 86, oxygen saturation 97 % on air. A few coarse crackles at the right base.',
    'White cells 11.2, C-reactive protein 36 mg/L. Chest X-ray taken, report to follow.',
    'Told to rest and drink; review in 3 days with the X-ray report, sooner if breathless or fever returns.',
  ].join('\n'),
}

/** @type {typeof english} */
const chinese = {
  title: '门诊小结助手',
  introduction: '把就诊摘要整理成结构化的小结草稿。输入的内容不会被保存。',
  mark: '草稿：须由临床医生核对，不可用于诊断',
  incompleteLine: '不完整：本草稿未写完。',
  languageLabel: '语言',
  visitLabel: '就诊摘要',
  visitHint: '请勿填写姓名、证件号码和电话号码。',
  exampleButton: '填入示例',
  draftButton: '生成草稿',
  stopButton: '停止',
  outputLabel: '小结草稿',
  outputPlaceholder: '草稿将显示在这里。',
  copyButton: '复制',
  length: (used, most) => `${used.toLocaleString('en')} / ${most.toLocaleString('en')} 字`,
  status: {
    waiting: '正在等待模型…',
    writing: '正在生成…',
    done: '草稿已生成，请核对。',
    cutShort: '草稿达到长度上限，内容不完整。',
    stopped: '已停止，草稿不完整。',
    copied: '已复制（含草稿标记）。',
    copyFailed: '无法复制，请手动选中文字复制。',
  },
  errors: {
    visit_empty: '请先填写或粘贴就诊摘要。',
    visit_too_long: '就诊摘要过长，请缩短后重试。',
    model_busy: '模型正忙，请稍后重试。',
    model_unreachable: '无法连接模型，请联系系统管理人员。',
    model_refused_input: '模型拒绝了这段文字，可能过长，请缩短后重试。',
    model_idle_timeout: '模型停止响应，请重试。',
    connection_lost: '连接已断开，请重试。',
    model_empty_answer: '模型没有返回文字，请重试。',
    other: (code) => `生成失败（${code}），请联系系统管理人员。`,
  },
  example: [
    '女，58岁。咳嗽5天，咳黄痰，第2、3天发热，最高38.4℃，昨日起未再发热。',
    '无胸痛，无咯血，静息时无气促。高血压6年，服氨氯地平5 mg，每日1次。青霉素过敏（皮疹）。不吸烟。',
    '今日：体温37.1℃，血压132/84 mmHg，脉搏86次/分，未吸氧血氧饱和度97%。右下肺少许湿啰音。',
    '白细胞11.2×10⁹/L，C反应蛋白36 mg/L。已拍胸片，报告未出。',
    '嘱休息、多饮水；3天后携胸片报告复诊，如气促或再次发热随时就诊。',
  ].join('\n'),
}

/** @type {Readonly<Record<Language, typeof english>>} */
export const pageTexts = Object.freeze({ 'zh-CN': chinese, en: english })

// Codes whose message is another's.
const sameMessage = new Map([
  ['body_too_large', 'visit_too_long'],
  ['model_connect_timeout', 'model_unreachable'],
  ['model_stream_broken', 'connection_lost'],
  ['shutting_down', 'connection_lost'],
])

/**
 * @param {Language} language
 * @param {string} code
 * @returns {string}
 */
export function errorMessage(language, code) {
  const { other, ...messages } = pageTexts[language].errors
  const known = new Map(Object.entries(messages)).get(sameMessage.get(code) ?? code)
  return known ?? other(code)
}

/**
 * @param {readonly string[]} preferred the browser's languages, best first
 * @returns {Language}
 */
export function chooseLanguage(preferred) {
  return preferred[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en'
}
