// What the appliance consists of, in one line: accelerators, drivers, who logs in where. Its place is kept while
// the answer is awaited.

import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
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

/** Accelerators that are on the bus and cannot be read, each vendor in words. */
export function useUnreadText(): (facts: Facts) => readonly string[] {
  const { t } = useTranslation()
  return (facts) =>
    unreadGroups(facts.accelerators).map(({ vendor, count }) =>
      count === undefined
        ? t('appliance.unreadSome', { vendor: vendorName(vendor) })
        : t('appliance.unread', { vendor: vendorName(vendor), count }),
    )
}
