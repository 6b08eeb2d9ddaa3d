// The server around the accelerators: its processors, main memory, network and disks. What a server does not have, a sensor
// in a virtual machine for one, has no line.
import { useTranslation } from 'react-i18next'
import {
  type HostCard,
  type HostQuantity,
  hostCards,
  hostLine,
  hostMax,
  hostReading,
  hostText,
  hostTotal,
  quantitiesOf,
  shownQuantities,
} from './host-quantities.ts'
import { LineRow } from './line-row.tsx'
import type { ChartSet } from './use-chart-set.ts'
import { useFrame } from './use-watch-store.ts'

export function ServerCards({ charts }: { readonly charts: ChartSet }) {
  const { t } = useTranslation()
  const { newest } = useFrame(charts.store)
  const shown = shownQuantities(newest)
  const cards = hostCards
    .map((card) => ({ card, quantities: quantitiesOf(card).filter((one) => shown.includes(one)) }))
    .filter(({ quantities }) => quantities.length > 0)
  return (
    <section aria-label={t('observe.server')} data-testid="monitor-server">
      <h3 className="rs-cards-title">{t('observe.server')}</h3>
      <div className="rs-cards" data-columns={cards.length}>
        {cards.map(({ card, quantities }) => (
          <ServerCard key={card} charts={charts} card={card} quantities={quantities} />
        ))}
      </div>
    </section>
  )
}

type CardProps = {
  readonly charts: ChartSet
  readonly card: HostCard
  readonly quantities: readonly HostQuantity[]
}

function ServerCard({ charts, card, quantities }: CardProps) {
  const { t } = useTranslation()
  const name = t(`observe.host.${card}`)
  return (
    <section className="rs-card" aria-label={name}>
      <h4>{name}</h4>
      {quantities.map((quantity) => (
        <HostRow key={quantity} {...{ charts, quantity, of: name }} timeAxis={quantity === quantities.at(-1)} />
      ))}
    </section>
  )
}

type RowProps = {
  readonly charts: ChartSet
  readonly quantity: HostQuantity
  readonly of: string
  readonly timeAxis: boolean
}

function HostRow({ charts, quantity, of, timeAxis }: RowProps) {
  const { t } = useTranslation()
  const { newest } = useFrame(charts.store)
  const line = hostLine(quantity)
  const show = hostText(quantity)
  const total = newest === undefined ? undefined : hostTotal(quantity, newest)
  return (
    <LineRow
      {...{ charts, line, of, show, timeAxis }}
      name={t(`observe.hostLines.${quantity}`)}
      reading={hostReading(quantity)}
      limit={total === undefined ? undefined : `/ ${show(total)}`}
      max={hostMax(quantity, total, charts.group.view().line(line))}
    />
  )
}
