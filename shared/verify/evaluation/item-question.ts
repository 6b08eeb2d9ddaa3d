// What a model is asked: the question with its options, in the language that it is written in, and how it is to answer.
import { type EvaluationItem, optionLetters } from '../../domain/evaluation-set.ts'

/** One Han character says about as much as four letters. */
const lettersOfHan = 4

/** Mostly Chinese: names of drugs and units stand in Latin letters there too. */
export function isInChinese({ question, options }: Pick<EvaluationItem, 'question' | 'options'>): boolean {
  const text = `${question} ${options.join(' ')}`
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length
  const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length
  return han * lettersOfHan > latin
}

const tasks = {
  'zh-CN': {
    one: '下面是一道单项选择题，只有一个选项正确。请只回答正确选项的字母，不要解释。',
    several: '下面是一道多项选择题，有一个或多个选项正确。请只回答全部正确选项的字母（例如 AC），不要解释。',
    end: '答案：',
  },
  en: {
    one: 'This is a multiple-choice question with one right option. Reply with the letter of the right option only, without an explanation.',
    several:
      'This is a multiple-choice question with one or more right options. Reply with the letters of all right options only (for example AC), without an explanation.',
    end: 'Answer:',
  },
} as const

export function questionText(item: Pick<EvaluationItem, 'question' | 'options' | 'several'>): string {
  const task = tasks[isInChinese(item) ? 'zh-CN' : 'en']
  const options = item.options.map((text, at) => `${optionLetters[at]}. ${text}`)
  return [item.several === true ? task.several : task.one, '', item.question, ...options, '', task.end].join('\n')
}
