// Reasons are kept as parts of sentences ("it answers"); where one stands alone it begins with a capital
// letter and ends with the full stop of its language.
import type { Language } from '../../shared/words/words.ts'

export function sentenceOf(text: string, language: Language): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1)
  if (/[.。!?！？]$/.test(first)) return first
  return `${first}${language === 'zh-CN' ? '。' : '.'}`
}
