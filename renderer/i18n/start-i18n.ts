// Starts i18next with both languages on board: switching needs no request and no reload. What single screens say comes with
// them (late-labels.ts), in both languages as well.
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { firstChinese, firstEnglish } from './first-labels.ts'
import type { english } from './labels.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'labels'
    resources: { labels: typeof english }
  }
}

export function startI18n(language: 'en' | 'zh-CN'): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'labels',
    ns: ['labels'],
    resources: { en: { labels: firstEnglish }, 'zh-CN': { labels: firstChinese } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return i18next
}
