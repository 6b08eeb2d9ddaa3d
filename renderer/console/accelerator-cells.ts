// Accelerators as the cells of a strip: how busy, how healthy, and the same in words. What is not known is
// undefined, never a zero.
import type { TFunction } from 'i18next'
import type { Reading } from '../../shared/domain/reading.ts'
import { type AcceleratorSample, acceleratorKey } from '../../shared/domain/sample.ts'
import { acceleratorName } from '../../shared/words/accelerator-name.ts'
import { threeDigits } from '../../shared/words/amounts.ts'
import type { Cell } from '../ui/cell-strip.tsx'

export type CellSource = Pick<AcceleratorSample, 'vendor' | 'kind' | 'index' | 'chip' | 'utilizationPercent' | 'health'>

export function acceleratorCells(accelerators: readonly CellSource[], t: TFunction): readonly Cell[] {
  return accelerators.map((one) => {
    const percent = one.utilizationPercent.state === 'known' ? one.utilizationPercent.value : undefined
    const outline = outlineOf(one.health)
    return {
      id: acceleratorKey(one),
      percent,
      text: cellText(one, percent, t),
      ...(outline === undefined ? {} : { outline }),
    }
  })
}

function cellText(one: CellSource, percent: number | undefined, t: TFunction): string {
  const name = acceleratorName(one)
  const health = t(`cells.health.${one.health.state === 'known' ? one.health.value : one.health.state}`)
  if (percent === undefined) return t('cells.notKnown', { name, health })
  return t('cells.busy', { name, percent: threeDigits(percent), health })
}

function outlineOf(health: CellSource['health']): Cell['outline'] {
  if (health.state !== 'known' || health.value === 'ok') return undefined
  return health.value === 'warning' ? 'degraded' : 'down'
}

export type MemorySum = { readonly usedBytes: Reading<number>; readonly totalBytes: Reading<number> }

/** Of all accelerators together; one that cannot be read makes the sum unreadable, since a part is not the whole. */
export function memorySum(
  accelerators: readonly Pick<AcceleratorSample, 'memoryUsedBytes' | 'memoryTotalBytes'>[],
): MemorySum {
  return {
    usedBytes: sumOf(accelerators.map((one) => one.memoryUsedBytes)),
    totalBytes: sumOf(accelerators.map((one) => one.memoryTotalBytes)),
  }
}

function sumOf(readings: readonly Reading<number>[]): Reading<number> {
  let value = 0
  for (const reading of readings) {
    if (reading.state !== 'known') return reading
    value += reading.value
  }
  return readings.length === 0 ? { state: 'absent' } : { state: 'known', value }
}
