// Which language a shell speaks in its terminal: the one asked for, else the one of this computer.
import { languageOfLocale } from '../../shared/words/language.ts'
import type { Language } from '../../shared/words/words.ts'

/** Looks for --lang before the command line is read, so that what is wrong with it can be said in that language. */
export function spokenLanguage(words: readonly string[], environment: NodeJS.ProcessEnv): Language {
  return languageOfLocale(languageOption(words) || localeOf(environment))
}

/** What --lang takes: a language there are words in, also with a country. */
export function isSpoken(language: string): boolean {
  return /^(?:en|zh)(?:[-_.]|$)/i.test(language)
}

export function localeOf(environment: NodeJS.ProcessEnv): string {
  return environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
}

function languageOption(words: readonly string[]): string | undefined {
  const at = words.indexOf('--lang')
  return at < 0 ? words.find((w) => w.startsWith('--lang='))?.slice('--lang='.length) : words[at + 1]
}
