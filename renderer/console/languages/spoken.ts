// The languages that the page can speak now: it starts with one, and the other comes when somebody chooses it.
import type { Language, Words } from '../../../shared/words/words.ts'
import { addLabels, startI18n } from '../../i18n/start-i18n.ts'
import { languageParts, type SpokenLanguage } from './language-parts.ts'

const spoken = new Map<Language, SpokenLanguage>()

/** Before anything is shown. Rejects where its part does not come. */
export async function speakFirst(language: Language): Promise<void> {
  const part = await languageParts[language]()
  spoken.set(language, part)
  startI18n(language, part.labels)
}

/** The page can switch to it from then on. Rejects where its part does not come. */
export async function learn(language: Language): Promise<void> {
  if (spoken.has(language)) return
  const part = await languageParts[language]()
  spoken.set(language, part)
  addLabels(language, part.labels)
}

export function isSpoken(language: Language): boolean {
  return spoken.has(language)
}

/** Of a language that was learnt. */
export function wordsIn(language: Language): Words {
  const part = spoken.get(language)
  if (part === undefined) throw new Error(`nobody has learnt ${language} yet`)
  return part.words
}
