// Labels of parts that come after the page: they come with their part, so that the page itself is not larger for them. The
// first thing of such a part says that it needs them.
import i18next from 'i18next'
import { audit as auditEnglish } from './en/audit.ts'
import { backup as backupEnglish } from './en/backup.ts'
import { find as findEnglish } from './en/find.ts'
import { notes as notesEnglish } from './en/notes.ts'
import { approvals as approvalsEnglish, operators as operatorsEnglish } from './en/operators.ts'
import { vendorKit as vendorKitEnglish } from './en/vendor-kit.ts'
import type { english } from './english.ts'
import type { SameKeys } from './same-keys.ts'
import { audit as auditChinese } from './zh-cn/audit.ts'
import { backup as backupChinese } from './zh-cn/backup.ts'
import { find as findChinese } from './zh-cn/find.ts'
import { notes as notesChinese } from './zh-cn/notes.ts'
import { approvals as approvalsChinese, operators as operatorsChinese } from './zh-cn/operators.ts'
import { vendorKit as vendorKitChinese } from './zh-cn/vendor-kit.ts'

export const lateEnglish = {
  audit: auditEnglish,
  find: findEnglish,
  notes: notesEnglish,
  vendorKit: vendorKitEnglish,
  backup: backupEnglish,
  operators: operatorsEnglish,
  approvals: approvalsEnglish,
} as const
export const lateChinese: SameKeys<typeof lateEnglish> = {
  audit: auditChinese,
  find: findChinese,
  notes: notesChinese,
  vendorKit: vendorKitChinese,
  backup: backupChinese,
  operators: operatorsChinese,
  approvals: approvalsChinese,
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'labels'
    resources: { labels: typeof english & typeof lateEnglish }
  }
}

/** Called while a part is drawn, before it says anything; again does nothing. */
export function useLateLabels(): void {
  if (i18next.getResource('en', 'labels', 'notes') !== undefined) return
  i18next.addResourceBundle('en', 'labels', lateEnglish, true)
  i18next.addResourceBundle('zh-CN', 'labels', lateChinese, true)
}
