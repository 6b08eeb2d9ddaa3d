// Starts i18next with both languages on board: switching needs no request and no reload.
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chinese, english } from './labels.ts'

export function startI18n(language: 'en' | 'zh-CN'): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'labels',
    ns: ['labels'],
    resources: { en: { labels: english }, 'zh-CN': { labels: chinese } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return i18next
}
