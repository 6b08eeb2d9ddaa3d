// The sum of a model's memory on the device that decides, every term of it: what the device has, what each part takes,
// and what is left for the cache.
import { useTranslation } from 'react-i18next'
import type { FormOutlook, OutlookWish } from '../../../shared/domain/outlook.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { ShareBar, ShareKey, type SharePart } from '../../ui/share-bar.tsx'
import { useNumber } from './fit-words.ts'

type MemorySumProps = { readonly fit: NonNullable<FormOutlook['fit']>; readonly wish: OutlookWish }

export function MemorySum({ fit, wish }: MemorySumProps) {
  const { t } = useTranslation()
  const number = useNumber()
  const { usableBytes, utilization, weightsBytes, overheadBytes, kvRoomBytes, kvNeededBytes } = fit.perDevice
  const reserveBytes = Math.round(usableBytes * (1 - utilization))
  const caption = t(fit.vendor === undefined ? 'catalog.memoryHost' : 'catalog.memorySum')
  const parts: SharePart[] = [
    { id: 'weights', amount: weightsBytes, tone: 'strong' },
    { id: 'overhead', amount: overheadBytes, tone: 'middle' },
    { id: 'needed', amount: kvNeededBytes, tone: 'light' },
    { id: 'room', amount: kvRoomBytes - kvNeededBytes, tone: 'rest' },
    { id: 'reserve', amount: reserveBytes, tone: 'none' },
  ]
  const people = t('catalog.termNeeded', { people: number(wish.users), tokens: number(wish.contextTokens) })
  const terms = [
    { id: 'usable', name: t('catalog.termUsable'), bytes: usableBytes, sign: '' },
    { id: 'reserve', name: t('catalog.termReserve'), bytes: reserveBytes, sign: '− ', tone: 'none' as const },
    { id: 'weights', name: t('catalog.termWeights'), bytes: weightsBytes, sign: '− ', tone: 'strong' as const },
    { id: 'overhead', name: t('catalog.termOverhead'), bytes: overheadBytes, sign: '− ', tone: 'middle' as const },
    { id: 'room', name: t('catalog.termRoom'), bytes: kvRoomBytes, sign: '= ', tone: 'rest' as const },
    { id: 'needed', name: people, bytes: kvNeededBytes, sign: '', tone: 'light' as const },
  ]
  return (
    <div className="ct-sum">
      <h3>{caption}</h3>
      <ShareBar
        parts={parts}
        label={`${caption}: ${terms.map(({ name, bytes }) => `${name} ${bytesText(bytes)}`).join(', ')}`}
      />
      <DataTable
        caption={caption}
        testId="memory-sum"
        columns={[
          { id: 'term', name: t('catalog.term'), align: 'start' },
          { id: 'amount', name: t('catalog.amount') },
        ]}
        rows={terms.map(({ id, name, bytes, sign, tone }) => ({
          id,
          cells: [
            <span key="term" className={id === 'needed' ? 'ct-indent' : undefined}>
              {tone === undefined ? null : <ShareKey tone={tone} />}
              {name}
            </span>,
            `${sign}${bytesText(bytes)}`,
          ],
        }))}
      />
    </div>
  )
}
