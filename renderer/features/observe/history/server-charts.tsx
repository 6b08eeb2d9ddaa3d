// The past of the server around the accelerators, and how full its filesystems were. What was never measured of it has no
// chart.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import { bytesText } from '../../../../shared/words/amounts.ts'
import type { ChartGroup } from '../../../ui/chart/chart-group.ts'
import { scaleMaxBytes } from '../figures.ts'
import {
  type HostQuantity,
  hostCards,
  hostLine,
  hostMax,
  hostQuantities,
  hostText,
  quantitiesOf,
} from '../host-quantities.ts'
import { HistoryRow } from './history-row.tsx'
import { largestOf } from './quantities.ts'

const filesystems = ['root', 'rackside', 'engine'] as const
type Filesystem = (typeof filesystems)[number]

const space = (filesystem: Filesystem, what: 'used' | 'total') => `filesystem/${filesystem}/${what}`

/** Of the history, what these charts show. */
export const serverNames: readonly string[] = [
  ...([...hostQuantities, 'memory-total', 'swap-total'] as const).map(hostLine),
  ...filesystems.flatMap((one) => [space(one, 'used'), space(one, 'total')]),
]

type Named = ReadonlyMap<string, SeriesHistory>
type ServerProps = { readonly group: ChartGroup; readonly series: readonly SeriesHistory[] }

export function ServerCharts({ group, series }: ServerProps) {
  const { t } = useTranslation()
  const named = useMemo(
    () => new Map(series.filter(({ atMs }) => atMs.length > 0).map((one) => [one.name, one])),
    [series],
  )
  const cards = hostCards
    .map((card) => ({ card, quantities: quantitiesOf(card).filter((one) => named.has(hostLine(one))) }))
    .filter(({ quantities }) => quantities.length > 0)
  return (
    <>
      <section aria-label={t('observe.server')}>
        <h3 className="rs-cards-title">{t('observe.server')}</h3>
        <div className="rs-cards" data-columns={Math.min(4, cards.length)} data-testid="history-server">
          {cards.map(({ card, quantities }) => (
            <section key={card} className="rs-card" aria-label={t(`observe.host.${card}`)}>
              <h4>{t(`observe.host.${card}`)}</h4>
              {quantities.map((quantity) => (
                <HostHistory key={quantity} {...{ group, named, quantity }} of={t(`observe.host.${card}`)} />
              ))}
            </section>
          ))}
        </div>
      </section>
      <Filesystems group={group} named={named} />
    </>
  )
}

type HostProps = {
  readonly group: ChartGroup
  readonly named: Named
  readonly quantity: HostQuantity
  readonly of: string
}

const totals: { readonly [Q in HostQuantity]?: 'memory-total' | 'swap-total' } = {
  'memory-used': 'memory-total',
  'swap-used': 'swap-total',
}

function HostHistory({ group, named, quantity, of }: HostProps) {
  const { t } = useTranslation()
  const line = hostLine(quantity)
  const whole = totals[quantity]
  const total = whole === undefined ? undefined : named.get(hostLine(whole))?.max.at(-1)
  return (
    <HistoryRow
      {...{ group, line, of }}
      name={t(`observe.hostLines.${quantity}`)}
      show={hostText(quantity)}
      max={hostMax(quantity, total, [largestOf(named.get(line))])}
    />
  )
}

function Filesystems({ group, named }: { readonly group: ChartGroup; readonly named: Named }) {
  const { t } = useTranslation()
  const there = filesystems.filter((one) => named.has(space(one, 'used')))
  if (there.length === 0) return null
  return (
    <section aria-label={t('history.filesystems')}>
      <h3 className="rs-cards-title">{t('history.filesystems')}</h3>
      <div className="rs-cards" data-columns={there.length} data-testid="history-filesystems">
        {there.map((one) => {
          const line = space(one, 'used')
          const largest = largestOf(named.get(line))
          return (
            <section key={one} className="rs-card">
              <HistoryRow
                {...{ group, line }}
                name={t(`history.filesystem.${one}`)}
                of={t('history.filesystems')}
                show={bytesText}
                max={scaleMaxBytes(named.get(space(one, 'total'))?.max.at(-1), [largest])}
              />
            </section>
          )
        })}
      </div>
    </section>
  )
}
