// What the appliance consists of, in one line: accelerators, drivers, who logs in where. Its place is kept while
// the answer is awaited.

import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { type Facts, toldReports } from '../../../shared/domain/facts.ts'
import { systemName } from '../../../shared/domain/partial-platform.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { acceleratorGroups, groupText, unreadGroups } from '../../console/accelerator-groups.ts'
import type { ApplianceAnswers } from './use-appliance.ts'

export function Summary({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const { saved, facts } = appliance
  const found = useFound(facts.state === 'answered' ? facts.value : undefined)
  const login = saved === undefined ? [] : [`${saved.address.user}@${addressText(saved.address)}`]
  return (
    <ul className="rs-summary">
      {[...found, ...login].map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  )
}

function useFound(facts: Facts | undefined): readonly string[] {
  const { t } = useTranslation()
  const unread = useUnreadText()
  if (facts === undefined) return []
  const drivers = facts.accelerators.flatMap(({ vendor, driverVersion }) =>
    driverVersion.state === 'known'
      ? [t('appliance.driver', { vendor: vendorName(vendor), version: driverVersion.value })]
      : [],
  )
  const groups = [...acceleratorGroups(facts.accelerators).map(groupText), ...unread(facts)]
  return [...(groups.length === 0 ? [t('appliance.noAccelerators')] : groups), ...drivers]
}

/** Accelerators that are on the bus and cannot be read, each vendor in words; of a part what the system names. */
export function useUnreadText(): (facts: Facts) => readonly string[] {
  const { t } = useTranslation()
  return (facts) => {
    if (facts.partial !== undefined) {
      const named = toldReports(facts).flatMap(({ notes = [] }) => notes)
      return [...named, t('appliance.acceleratorsNotRead', { system: systemName(facts.partial.platform) })]
    }
    return unreadGroups(facts.accelerators).map(({ vendor, count }) =>
      count === undefined
        ? t('appliance.unreadSome', { vendor: vendorName(vendor) })
        : t('appliance.unread', { vendor: vendorName(vendor), count }),
    )
  }
}

/** Facts that are a part say so, wherever they are shown. */
export function PartialMark({ facts: { partial } }: { readonly facts: Facts }) {
  const { t } = useTranslation()
  if (partial === undefined) return null
  return (
    <p className="rs-muted" data-testid="partial-facts">
      {t('appliance.partial', { system: systemName(partial.platform) })}
    </p>
  )
}
