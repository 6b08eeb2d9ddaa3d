// What was chosen in this browser before. A browser may refuse storage altogether: then the choice lasts as long as the window.
import { languageOfLocale } from '../../shared/words/language.ts'
import type { Language } from '../../shared/words/words.ts'

/** Without a choice it follows the computer. */
export function chosenLanguage(): Language {
  return kept('rackside.language', ['en', 'zh-CN']) ?? languageOfLocale(navigator.language)
}

export function kept<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
  const text = read(name)
  return choices.find((one) => one === text)
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    return
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
