// The ward board: its first line answers which appliance needs somebody. Each appliance is looked at when the
// board opens and then once a minute, since a look asks its model for a real answer.
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import { useAnswer, useAnswers } from '../../console/answers.ts'
import { type Condition, conditionOf } from '../../console/condition.ts'
import { useConsole, useLinkState, useWords } from '../../console/console-context.tsx'
import { useMakeDemo } from '../../console/demo/demo-appliances.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { useMay } from '../../console/operators/may.ts'
import { useNow } from '../../ui/age.tsx'
import { Page } from '../../ui/page.tsx'
import { ApplianceCard, type CardActs } from './appliance-card.tsx'
import { useBoardOrder } from './board-order.ts'
import { type CardKind, kindOf, needsYou, orderByNeed, wallMark } from './card-kind.ts'
import { FirstAppliance } from './first-appliance.tsx'
import { WatchLine } from './watch-line.tsx'
import './fleet.css'
import { useWallKey, Wall, type WallCard } from './wall.tsx'

export type FleetScreenProps = CardActs & {
  readonly onAdd: () => void
  /** On a board that has no appliance yet: asks for the address of the first one. */
  readonly connect: ReactNode
  /** One solution for several of them at once. */
  readonly onSeveral: () => void
  /** The board fills the screen, for a wall. */
  readonly wall: boolean
  readonly onWall: (wall: boolean) => void
  /** A demo appliance was made from the empty board. */
  readonly onTried: (name: string) => void
}

const lookEveryMs = 60_000
const runsEveryMs = 5000
const liveCards = 8

export function FleetScreen({ onAdd, onSeveral, onTried, connect, ...acts }: FleetScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const [tried, setTried] = useState(false)
  const demo = useMakeDemo((name) => {
    setTried(true)
    onTried(name)
  })
  if (answer.state === 'waiting') return <Page title={t('fleet.loading')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('frame.appliances')}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  // Between the press and the next screen no board is shown, although there is something for it already.
  if (answer.value.length === 0 || demo.making !== undefined || tried)
    return <FirstAppliance connect={connect} demo={demo} />
  return <Board appliances={answer.value} onAdd={onAdd} onSeveral={onSeveral} {...acts} />
}

type BoardProps = Omit<FleetScreenProps, 'onTried' | 'connect'> & { readonly appliances: readonly ListedAppliance[] }

function Board({ appliances, onAdd, onSeveral, wall, onWall, ...acts }: BoardProps) {
  const { t } = useTranslation()
  const may = useMay()
  const cards = useCards(appliances)
  const { order, moved, sortAgain } = useBoardOrder(cards)
  const said = useBoardWords(cards.map(({ condition }) => condition))
  useWallKey(() => onWall(true))
  if (wall) return <Wall {...said} cards={wallCards(cards)} onLeave={() => onWall(false)} />
  return (
    <Page
      title={said.title}
      lead={
        <>
          {said.lead}
          {may('look') ? <WatchLine /> : null}
        </>
      }
      actions={
        <>
          {moved > 0 ? (
            <Button onClick={sortAgain}>
              {t('fleet.changed', { count: moved })} · {t('fleet.sortAgain')}
            </Button>
          ) : null}
          <Button title={t('fleet.wallKey')} onClick={() => onWall(true)}>
            {t('fleet.wall')}
          </Button>
          {appliances.length > 1 ? <Button onClick={onSeveral}>{t('fleet.several')}</Button> : null}
          <Button onClick={onAdd}>{t('fleet.add')}</Button>
        </>
      }
    >
      <div className="rs-board">
        {order.map((name, place) => {
          const shown = cards.find((one) => one.name === name)
          if (shown === undefined) return null
          return (
            <ApplianceCard
              key={name}
              appliance={shown.appliance}
              condition={shown.condition}
              live={place < liveCards}
              {...acts}
            />
          )
        })}
      </div>
    </Page>
  )
}

function wallCards(cards: readonly Card[]): readonly WallCard[] {
  return orderByNeed(cards).flatMap((name) => {
    const found = cards.find((one) => one.name === name)
    return found === undefined ? [] : [{ name, condition: found.condition, mark: wallMark(found.condition) }]
  })
}

type Card = { readonly name: string; readonly appliance: ListedAppliance; readonly condition: Condition }

function useCards(appliances: readonly ListedAppliance[]): readonly Card[] {
  const { product } = useConsole()
  const nowMs = useNow(10_000)
  const linked = useLinkState().state === 'open'
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}), everyMs: runsEveryMs }).answer
  // A run that nobody has confirmed lately is not shown as going on.
  const known = runs.state === 'answered' && runs.problem === undefined ? runs.value : []
  const looks = useAnswers(
    appliances.map(({ name }) => ({
      key: ['appliances.status', name],
      ask: () => product.appliances.status({ target: { by: 'name', name } }),
      everyMs: lookEveryMs,
    })),
  )
  return appliances.map((appliance, place) => {
    const around = { runs: known.filter((run) => isAt(run, appliance)), nowMs, linked }
    const status = looks[place] ?? { state: 'waiting' }
    return { name: appliance.name, appliance, condition: conditionOf(status, around) }
  })
}

function isAt(run: ConsoleRun, { address }: Appliance): boolean {
  return run.address.host === address.host && run.address.port === address.port
}

const counted: readonly CardKind[] = ['down', 'degraded', 'unknown', 'stale', 'working', 'looking', 'empty', 'healthy']

function useBoardWords(conditions: readonly Condition[]): { readonly title: string; readonly lead: string } {
  const { t } = useTranslation()
  const { cli } = useWords()
  const kinds = conditions.map(kindOf)
  const number = (kind: CardKind) => kinds.filter((one) => one === kind).length
  const count = conditions.length
  const needs = conditions.filter(needsYou).length
  const linked = useLinkState().state === 'open'
  const parts = counted
    .filter((kind) => number(kind) > 0)
    .map((kind) => t(`fleet.count.${kind}`, { count: number(kind) }))
  const lead = cli.pair(t('fleet.all', { count }), cli.list(parts))
  if (!linked) return { title: t('fleet.old'), lead }
  if (needs > 0) return { title: t('fleet.needs', { count: needs }), lead }
  if (number('looking') > 0) return { title: t('fleet.looking', { count: number('looking') }), lead }
  return { title: number('healthy') === count ? t('fleet.well', { count }) : t('fleet.nobody'), lead }
}
