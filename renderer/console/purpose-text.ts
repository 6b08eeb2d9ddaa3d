// What a run is for, in the words of the page.
import type { TFunction } from 'i18next'
import type { RunSubject } from '../../shared/domain/notification.ts'

/** A plan's whole purpose, or what is kept of it. */
type Purpose = Exclude<RunSubject, { act: 'uninstall' }> | { readonly act: 'uninstall' }

export function purposeText(t: TFunction, purpose: Purpose): string {
  if (purpose.act === 'uninstall') return t('runs.act.uninstall')
  if (purpose.act === 'set-up') return t('runs.act.setUp', { solution: purpose.solution })
  if (purpose.act === 'renew-certificate') return t('runs.act.renew', { deployment: purpose.deployment })
  return t('runs.act.rollBack', { deployment: purpose.deployment, version: purpose.version })
}
