// All texts of the page in Chinese: a part of the page that comes only where Chinese is spoken.
import { chinese as words } from '../../../shared/words/zh-cn/words.ts'
import { chinese as labels } from '../../i18n/chinese.ts'
import type { SpokenLanguage } from './language-parts.ts'

export const chinese: SpokenLanguage = { labels, words }
