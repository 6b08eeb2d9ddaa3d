// The texts of each language are a part of the page of their own.
import type { Language, Words } from '../../../shared/words/words.ts'
import type { Labels } from '../../i18n/start-i18n.ts'

export type SpokenLanguage = { readonly labels: Labels; readonly words: Words }

export const languageParts: { readonly [L in Language]: () => Promise<SpokenLanguage> } = {
  en: async () => (await import('./english.ts')).english,
  'zh-CN': async () => (await import('./chinese.ts')).chinese,
}
