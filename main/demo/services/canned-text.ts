// What the demo's model says. Nothing is computed: what is asked only chooses among a few texts that were written
// beforehand, and each of them says so, because a prepared note must never pass for one about a real patient.

export type Question = {
  /** What the conversation was told to be: its system messages. */
  readonly instructions: string
  /** The newest message of the person. */
  readonly asked: string
}

type Language = 'en' | 'zh-CN'
type Canned = Readonly<Record<Language, string>>

/** About 30 pieces: the proof of a deployment asks for 32 at most, and this ends by itself. */
const readyText: Canned = {
  en: 'I am ready. I am the demo model: I only play a prepared text, and nothing is computed here.',
  'zh-CN': '我已就绪。我是演示模型：只播放预先写好的文字，这里没有进行任何计算。',
}

const otherText: Canned = {
  en: [
    'This is a demo. The text you are reading was written beforehand and is played piece by piece;',
    'no model is loaded, your message was not understood, and nothing is computed.',
    'On a real appliance the answer of the installed model appears here.',
  ].join(' '),
  'zh-CN':
    '这是演示。您看到的文字是预先写好、逐段播放的：没有加载任何模型，没有理解您的消息，也没有进行任何计算。在真实的一体机上，这里显示的是已安装模型的回答。',
}

const noteText: Canned = {
  en: [
    'DEMO: this example was written beforehand. It says nothing about the visit you entered.',
    '',
    'Chief complaint: cough for three days (example).',
    'History of present illness: dry cough, no fever, no shortness of breath (example).',
    'Past history and allergies: Not recorded.',
    'Examination: Not recorded.',
    'Tests: Not recorded.',
    'Assessment as recorded: Not recorded.',
    'Plan as recorded: Not recorded.',
    'Follow-up: Not recorded.',
    'For the clinician to check: the whole text, because it is an example and not a draft of this visit.',
  ].join('\n'),
  'zh-CN': [
    '演示：以下示例是预先写好的，与您输入的就诊内容无关。',
    '',
    '主诉：咳嗽三天（示例）。',
    '现病史：干咳，无发热，无气促（示例）。',
    '既往史及过敏史：未记录。',
    '体格检查：未记录。',
    '辅助检查：未记录。',
    '诊断（按原记录）：未记录。',
    '处理（按原记录）：未记录。',
    '随访：未记录。',
    '待医生核对：全文。这是示例，不是本次就诊的小结草稿。',
  ].join('\n'),
}

/** The same letter to every question of a set: what a score of such answers is shows that nothing is computed. */
const letterText: Canned = {
  en: 'A\n\nThis is a demo: it says the same letter to every question, and nothing is computed here.',
  'zh-CN': 'A\n\n这是演示：每道题都答同一个字母，这里没有进行任何计算。',
}

/** What weights in the wrong number format write: tokens of every script, and no language. */
export const garbledText =
  'ость 表 ที่ the 的 უ ان ção 한 ли ש ต่อ 了 և और ной 。 ة ge 로 на ที่ 中 უნ ات wie 은 ка ש ไม่ 是 ել में ого 、 من st 에 ти'

/** The clinic note app's own instructions, and people who ask for a note in a chat. */
const wantsNote = /structured note|visit summary|门诊小结|就诊摘要/i
const wantsReady = /\bready\b|就绪|准备好/i

/** How Rackside asks a question of a set (shared/verify/evaluation/item-question.ts). */
const wantsLetter = /multiple-choice question|[单多]项选择题/

export function cannedAnswer({ instructions, asked }: Question): string {
  if (wantsNote.test(instructions) || wantsNote.test(asked)) return noteText[languageOf(instructions, asked)]
  if (wantsLetter.test(asked)) return letterText[languageOf(asked)]
  if (wantsReady.test(asked)) return readyText[languageOf(asked)]
  return otherText[languageOf(asked)]
}

/** The answer's language is that of the first text that has any; instructions name it for a note. */
function languageOf(...texts: readonly string[]): Language {
  const written = texts.find((text) => text.trim() !== '') ?? ''
  return /[\u4e00-\u9fff]/.test(written) ? 'zh-CN' : 'en'
}
