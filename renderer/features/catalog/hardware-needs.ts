// What a variant asks of hardware and system, in words.
import { useTranslation } from 'react-i18next'
import { endsOf, type HardwareMatch, type VersionRange } from '../../../shared/domain/entry/hardware-match.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'

export function useHardwareNeeds({ accelerator, kernel, systems }: HardwareMatch): {
  readonly needs: string
  readonly systems: string
} {
  const { t } = useTranslation()
  const range = (versions: VersionRange): string => {
    const { atLeast, below } = endsOf(versions)
    return [
      ...(atLeast === undefined ? [] : [t('catalog.orNewer', { version: atLeast })]),
      ...(below === undefined ? [] : [t('catalog.olderThan', { version: below })]),
    ].join(t('catalog.comma'))
  }
  const listed = systems?.map(({ id, versions = [] }) => [id, ...versions].join(' ')) ?? [t('catalog.anySystem')]
  const ofKernel = kernel === undefined ? [] : [t('catalog.needKernel', { range: range(kernel) })]
  const all = [...listed, ...ofKernel].join(' · ')
  if (accelerator === undefined) return { needs: t('catalog.needsProcessor'), systems: all }
  const { vendor, families, countAtLeast: count, memoryAtLeastBytes, driver, firmware, toolkit } = accelerator
  const needs = [
    t('catalog.needCards', { count, vendor: vendorName(vendor) }),
    ...(families === undefined ? [] : [t('catalog.needFamilies', { families: families.join(' / ') })]),
    ...(memoryAtLeastBytes === undefined ? [] : [t('catalog.needMemory', { memory: bytesText(memoryAtLeastBytes) })]),
    ...(driver === undefined ? [] : [t('catalog.needDriver', { range: range(driver) })]),
    ...(firmware === undefined ? [] : [t('catalog.needFirmware', { range: range(firmware) })]),
    ...(toolkit === undefined ? [] : [t('catalog.needToolkit', { range: range(toolkit) })]),
  ]
  return { needs: needs.join(' · '), systems: all }
}
