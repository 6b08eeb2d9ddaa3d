// Labels of screens that come after the page: they come with the first of those screens, so that the page itself is not
// larger for them. Nothing of the frame or of the board says any of them.
import i18next from 'i18next'
import { alertSetup as alertSetupEnglish } from './en/alert-setup.ts'
import { appliance as applianceEnglish } from './en/appliance.ts'
import { catalog as catalogEnglish } from './en/catalog.ts'
import { find as findEnglish } from './en/find.ts'
import { history as historyEnglish } from './en/history.ts'
import { logs as logsEnglish } from './en/logs.ts'
import { notes as notesEnglish } from './en/notes.ts'
import { vendorKit as vendorKitEnglish } from './en/vendor-kit.ts'
import type { SameKeys } from './same-keys.ts'
import { alertSetup as alertSetupChinese } from './zh-cn/alert-setup.ts'
import { appliance as applianceChinese } from './zh-cn/appliance.ts'
import { catalog as catalogChinese } from './zh-cn/catalog.ts'
import { find as findChinese } from './zh-cn/find.ts'
import { history as historyChinese } from './zh-cn/history.ts'
import { logs as logsChinese } from './zh-cn/logs.ts'
import { notes as notesChinese } from './zh-cn/notes.ts'
import { vendorKit as vendorKitChinese } from './zh-cn/vendor-kit.ts'

export const lateEnglish = {
  alertSetup: alertSetupEnglish,
  appliance: applianceEnglish,
  catalog: catalogEnglish,
  find: findEnglish,
  history: historyEnglish,
  logs: logsEnglish,
  notes: notesEnglish,
  vendorKit: vendorKitEnglish,
} as const

export const lateChinese: SameKeys<typeof lateEnglish> = {
  alertSetup: alertSetupChinese,
  appliance: applianceChinese,
  catalog: catalogChinese,
  find: findChinese,
  history: historyChinese,
  logs: logsChinese,
  notes: notesChinese,
  vendorKit: vendorKitChinese,
}

/** Before such a screen is drawn; again does nothing. */
export function addLateLabels(): void {
  i18next.addResourceBundle('en', 'labels', lateEnglish, true)
  i18next.addResourceBundle('zh-CN', 'labels', lateChinese, true)
}
