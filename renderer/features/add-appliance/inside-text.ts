// What was found inside in a few words, to recognise the right machine by.

import type { Facts } from '../../../shared/domain/facts.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { acceleratorGroups, groupText, unreadGroups } from '../../console/accelerator-groups.ts'

export function insideText(facts: Facts): readonly string[] {
  const { os, memory, cpu } = facts
  return [
    ...acceleratorGroups(facts.accelerators).map(groupText),
    ...unreadGroups(facts.accelerators).map(({ vendor }) => vendorName(vendor)),
    ...(cpu.state === 'known' ? [cpu.value.model] : []),
    ...(memory.state === 'known' ? [bytesText(memory.value.totalBytes)] : []),
    ...(os.state === 'known' ? [os.value.prettyName] : []),
  ]
}
