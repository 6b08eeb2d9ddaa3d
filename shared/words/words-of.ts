// Both sets of words, for whoever speaks either language at any time; a window loads only the one it shows.
import { english } from './en/words.ts'
import type { Language, Words } from './words.ts'
import { chinese } from './zh-cn/words.ts'

export function wordsOf(language: Language): Words {
  return language === 'zh-CN' ? chinese : english
}
