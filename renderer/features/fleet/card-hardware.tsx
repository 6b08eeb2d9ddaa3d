// What is inside an appliance and how busy it is: the strip of cells, the product line, the memory bar. From the
// live samples where they come, else from the look at the hardware; places are kept while neither is there.

import { useTranslation } from 'react-i18next'
import { type Facts, toldReports } from '../../../shared/domain/facts.ts'
import { type Reading, unreadable } from '../../../shared/domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../../shared/domain/sample.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { acceleratorCells, type MemorySum, memorySum } from '../../console/accelerator-cells.ts'
import { acceleratorGroups, groupText, type UnreadGroup, unreadGroups } from '../../console/accelerator-groups.ts'
import { devicesNow } from '../../console/devices-now.ts'
import { useWhyMissing } from '../../console/silence-text.ts'
import { type Cell, CellStrip } from '../../ui/cell-strip.tsx'
import { Meter } from '../../ui/meter.tsx'
import { ShownValue } from '../../ui/shown-value.tsx'

export type CardHardwareProps = {
  readonly name: string
  readonly facts: Facts | undefined
  readonly sample: Sample | undefined
  /** The values are old. */
  readonly faded: boolean
}

export function CardHardware({ name, facts, sample, faded }: CardHardwareProps) {
  const { t } = useTranslation()
  const devices = devicesNow(sample, facts, useWhyMissing())
  const unread = devices.length > 0 || facts === undefined ? [] : unreadGroups(toldReports(facts))
  const memory = memoryOf({ devices, unread, facts, sample })
  return (
    <div className={faded ? 'rs-card-hardware rs-faded' : 'rs-card-hardware'}>
      {devices.length > 0 ? (
        <CellStrip label={t('fleet.strip', { name })} cells={acceleratorCells(devices, t)} />
      ) : unread.length > 0 ? (
        <CellStrip label={t('fleet.strip', { name })} cells={unreadCells(unread, t('fleet.unreadAccelerators'))} />
      ) : (
        <div className="rs-card-nothing">
          {facts === undefined
            ? ''
            : t(facts.partial === undefined ? 'fleet.noAccelerators' : 'fleet.unreadAccelerators')}
        </div>
      )}
      <div className="rs-card-line">
        <span>{hardwareText(facts) ?? t('fleet.memory')}</span>
        <MemoryFigures memory={memory} />
      </div>
      <Meter share={shareOf(memory)} label={useMemoryLabel(memory)} />
    </div>
  )
}

function hardwareText(facts: Facts | undefined): string | undefined {
  if (facts === undefined) return undefined
  const unread = unreadGroups(toldReports(facts)).map(({ vendor, count }) =>
    count === undefined ? vendorName(vendor) : `${count} × ${vendorName(vendor)}`,
  )
  const texts = [...acceleratorGroups(facts.accelerators).map(groupText), ...unread]
  if (texts.length > 0) return texts.join(' · ')
  return facts.cpu.state === 'known' ? facts.cpu.value.model : undefined
}

type MemorySources = {
  readonly devices: readonly AcceleratorSample[]
  readonly unread: readonly UnreadGroup[]
  readonly facts: Facts | undefined
  readonly sample: Sample | undefined
}

/** Of the accelerators where there are any, also when they cannot be read; of the host where there are none. */
function memoryOf({ devices, unread, facts, sample }: MemorySources): MemorySum {
  if (devices.length > 0) return memorySum(devices)
  const [first] = unread
  if (first === undefined) return hostMemory(facts, sample)
  const notKnown = unreadable(first.why)
  return { usedBytes: notKnown, totalBytes: notKnown }
}

function unreadCells(unread: readonly UnreadGroup[], text: string): readonly Cell[] {
  return unread.flatMap(({ vendor, count = 1 }) =>
    Array.from({ length: count }, (_, place) => ({ id: `${vendor} ${place}`, text, percent: undefined })),
  )
}

function hostMemory(facts: Facts | undefined, sample: Sample | undefined): MemorySum {
  if (sample !== undefined) {
    return { usedBytes: sample.host.memoryUsedBytes, totalBytes: sample.host.memoryTotalBytes }
  }
  const memory: Facts['memory'] = facts?.memory ?? { state: 'absent' }
  if (memory.state !== 'known') return { usedBytes: memory, totalBytes: memory }
  const { totalBytes, availableBytes } = memory.value
  return {
    usedBytes: { state: 'known', value: totalBytes - availableBytes },
    totalBytes: { state: 'known', value: totalBytes },
  }
}

function MemoryFigures({ memory: { usedBytes, totalBytes } }: { readonly memory: MemorySum }) {
  if (usedBytes.state === 'known' && totalBytes.state === 'known') {
    return <b>{pairOfBytes(usedBytes.value, totalBytes.value)}</b>
  }
  return (
    <b>
      <BytesValue reading={usedBytes} /> / <BytesValue reading={totalBytes} />
    </b>
  )
}

function BytesValue({ reading }: { readonly reading: Reading<number> }) {
  return (
    <ShownValue shown={reading.state === 'known' ? { state: 'known', value: bytesText(reading.value) } : reading} />
  )
}

/** "168 / 256 GiB": the unit is said once where both have the same. */
function pairOfBytes(used: number, total: number): string {
  const [usedText, totalText] = [bytesText(used), bytesText(total)]
  const [figure, unit] = usedText.split(' ')
  return totalText.endsWith(` ${unit}`) ? `${figure} / ${totalText}` : `${usedText} / ${totalText}`
}

function shareOf({ usedBytes, totalBytes }: MemorySum): number | undefined {
  if (usedBytes.state !== 'known' || totalBytes.state !== 'known' || totalBytes.value === 0) return undefined
  return usedBytes.value / totalBytes.value
}

function useMemoryLabel({ usedBytes, totalBytes }: MemorySum): string {
  const { t } = useTranslation()
  if (usedBytes.state !== 'known' || totalBytes.state !== 'known') return t('fleet.memoryUnknown')
  return t('fleet.memoryLabel', { used: bytesText(usedBytes.value), total: bytesText(totalBytes.value) })
}
