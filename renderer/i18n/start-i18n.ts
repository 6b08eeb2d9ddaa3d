// Starts i18next with the labels of one language; another one is added when it was loaded, and switching to it then needs
// no request and no reload.
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { english } from './english.ts'
import type { SameKeys } from './same-keys.ts'

export type Labels = SameKeys<typeof english>

const namespace = 'labels'

export function startI18n(language: string, labels: Labels): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: namespace,
    ns: [namespace],
    resources: { [language]: { [namespace]: labels } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return i18next
}

export function addLabels(language: string, labels: Labels): void {
  i18next.addResourceBundle(language, namespace, labels)
}
