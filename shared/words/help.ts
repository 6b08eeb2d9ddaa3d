// The words of the CLI's help, apart from the others: a page that shows no help does not load them.
import { help as english } from './en/help.ts'
import type { HelpWords } from './help-words.ts'
import type { Language } from './words.ts'
import { help as chinese } from './zh-cn/help.ts'

export function helpOf(language: Language): HelpWords {
  return language === 'zh-CN' ? chinese : english
}
