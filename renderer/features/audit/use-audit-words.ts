// How the audit's codes are said on its page: acts, results, places, and times in the reader's own zone.
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../shared/domain/audit-search.ts'
import { actText, cameText } from '../../../shared/words/audit-text.ts'
import { useWords } from '../../console/console-context.tsx'

export function useAuditWords() {
  const { i18n } = useTranslation()
  const { audit } = useWords()
  return {
    words: audit,
    act: (entry: AuditEntry) => actText(audit, entry),
    /** Undefined of an event that says no outcome. */
    result: (entry: AuditEntry) => cameText(audit, entry),
    place: ({ record: { appliance } }: AuditEntry) => appliance?.name ?? appliance?.host ?? '',
    time: (at: string) =>
      new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium', hour12: false }),
  }
}
