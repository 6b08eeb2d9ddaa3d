// All texts of the page in English: a part of the page that comes only where English is spoken.
import { english as words } from '../../../shared/words/en/words.ts'
import { english as labels } from '../../i18n/english.ts'
import type { SpokenLanguage } from './language-parts.ts'

export const english: SpokenLanguage = { labels, words }
