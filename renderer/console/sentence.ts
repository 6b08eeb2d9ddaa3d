// Reasons are kept as parts of sentences ("it answers"); where one stands alone it begins with a capital
// letter and ends with the full stop of its language.
import type { Language } from '../../shared/words/words.ts'

export function sentenceOf(text: string, language: Language): string {
  return endedSentence(text.slice(0, 1).toUpperCase() + text.slice(1), language)
}

/** One that begins with a name keeps its small letter. */
export function endedSentence(text: string, language: Language): string {
  if (/[.。!?！？]$/.test(text)) return text
  return `${text}${language === 'zh-CN' ? '。' : '.'}`
}

/** Whole sentences after each other: only those of English have a blank between them. */
export function paragraphOf(sentences: readonly string[], language: Language): string {
  return sentences.join(language === 'zh-CN' ? '' : ' ')
}
