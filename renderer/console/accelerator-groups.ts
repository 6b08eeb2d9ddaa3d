// The accelerators of an appliance in one glance: equal ones counted together ("8 × Ascend 910B4 32 GiB"),
// and what is on the bus but cannot be read said as such.
import type { Accelerator, AcceleratorReport, Vendor } from '../../shared/domain/accelerator.ts'
import { type Reading, valueOr } from '../../shared/domain/reading.ts'
import { productName } from '../../shared/words/accelerator-name.ts'
import { bytesText } from '../../shared/words/amounts.ts'

export type AcceleratorGroup = {
  readonly vendor: Vendor
  readonly kind: Accelerator['kind']
  readonly count: number
  readonly product: Reading<string>
  /** Of each one. */
  readonly memoryTotalBytes: Reading<number>
}

/** A vendor whose devices cannot be read: how many are on the bus, where that is known, and why. */
export type UnreadGroup = { readonly vendor: Vendor; readonly count: number | undefined; readonly why: string }

export function acceleratorGroups(reports: readonly AcceleratorReport[]): AcceleratorGroup[] {
  const groups = new Map<string, AcceleratorGroup>()
  for (const device of reports.flatMap((report) => valueOr(report.devices, []))) {
    const { vendor, kind, product, memoryTotalBytes } = device
    const key = JSON.stringify([vendor, valueOr(product, null), sizeOf(memoryTotalBytes)])
    const count = (groups.get(key)?.count ?? 0) + 1
    groups.set(key, { vendor, kind, count, product, memoryTotalBytes })
  }
  return [...groups.values()]
}

export function unreadGroups(reports: readonly AcceleratorReport[]): UnreadGroup[] {
  return reports.flatMap(({ vendor, devices, pciCount }): UnreadGroup[] => {
    const count = valueOr(pciCount, undefined)
    if (devices.state === 'unreadable') return count === 0 ? [] : [{ vendor, count, why: devices.why }]
    // On the bus, and no tool of its vendor there to ask.
    return devices.state === 'absent' && (count ?? 0) > 0 ? [{ vendor, count, why: '' }] : []
  })
}

/** "8 × Ascend 910B4 32 GiB"; what is not known is left out. */
export function groupText({ vendor, count, product, memoryTotalBytes }: AcceleratorGroup): string {
  return [`${count} ×`, productName(vendor, valueOr(product, '')), sizeOf(memoryTotalBytes)].filter(Boolean).join(' ')
}

function sizeOf(bytes: Reading<number>): string {
  return bytes.state === 'known' && bytes.value > 0 ? bytesText(bytes.value) : ''
}
