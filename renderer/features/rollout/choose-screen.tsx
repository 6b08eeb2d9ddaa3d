// What is to be set up, on which appliances, which one goes first, and when their services may be interrupted.
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { Rollout } from '../../../shared/domain/rollout.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { timeText } from './rollout-table.tsx'
import { type UsableBundle, usableBundles, useWish, type Wish } from './use-wish.ts'
import { WhatFields, WhenFields, WhereFields } from './wish-fields.tsx'
import './rollout.css'

export type ChooseScreenProps = { readonly onPlanned: (rolloutId: string) => void; readonly onCatalog: () => void }

export function ChooseScreen({ onPlanned, onCatalog }: ChooseScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const bundles = useAnswer({ key: ['bundles.list'], ask: () => product.bundles.list({}) })
  const saved = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const head = { title: t('rollout.chooseTitle'), lead: t('rollout.chooseLead') }
  for (const one of [bundles, saved]) {
    if (one.answer.state !== 'failed') continue
    return (
      <Page {...head}>
        <FailureNote failure={one.answer.failure} onRetry={one.askAgain} />
      </Page>
    )
  }
  if (bundles.answer.state !== 'answered' || saved.answer.state !== 'answered') return <Page {...head} />
  const usable = usableBundles(bundles.answer.value)
  if (usable.length === 0) {
    return (
      <Page {...head}>
        <EmptyState
          title={t('rollout.noBundle')}
          action={
            <Button type="primary" onClick={onCatalog}>
              {t('rollout.toCatalog')}
            </Button>
          }
        >
          <p>{t('rollout.noBundleLead')}</p>
        </EmptyState>
      </Page>
    )
  }
  return <Choosing head={head} bundles={usable} appliances={saved.answer.value} onPlanned={onPlanned} />
}

type ChoosingProps = Pick<ChooseScreenProps, 'onPlanned'> & {
  readonly head: { readonly title: string; readonly lead: string }
  readonly bundles: readonly UsableBundle[]
  readonly appliances: readonly ListedAppliance[]
}

function Choosing({ head, bundles, appliances, onPlanned }: ChoosingProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const wish = useWish(bundles, appliances)
  const planning = useAct()
  const plan = () =>
    planning.begin(
      'rollouts.plan',
      () => product.rollouts.plan(wish.input),
      ({ id }) => onPlanned(id),
    )
  return (
    <Page
      {...head}
      actions={
        <Button type="primary" onClick={plan} disabled={!wish.ready || planning.busy}>
          {planText(t, wish, planning.busy)}
        </Button>
      }
    >
      <div className="rs-stack">
        {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
        <div className="ro-choice">
          <Panel title={t('rollout.where')}>
            <WhereFields wish={wish} />
          </Panel>
          <div className="rs-stack">
            <Panel title={t('rollout.what')}>
              <WhatFields wish={wish} bundles={bundles} />
            </Panel>
            <Panel title={t('rollout.when')}>
              <WhenFields wish={wish} />
            </Panel>
          </div>
        </div>
        <Earlier onOpen={onPlanned} />
      </div>
    </Page>
  )
}

function planText(t: TFunction, { names }: Wish, busy: boolean): string {
  if (busy) return t('rollout.planning')
  return names.length === 0 ? t('rollout.planNone') : t('rollout.plan', { count: names.length })
}

/** The way back to one that goes on, in this window or another. */
function Earlier({ onOpen }: { readonly onOpen: (rolloutId: string) => void }) {
  const { t, i18n } = useTranslation()
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['rollouts.list'], ask: () => product.rollouts.list({}), everyMs: 5000 })
  const begun = answer.state === 'answered' ? answer.value.filter(({ state }) => state !== 'planned') : []
  if (begun.length === 0) return null
  return (
    <Panel title={t('rollout.earlier')}>
      <ul className="ro-list">
        {begun.map((rollout) => (
          <li key={rollout.id} className="ro-earlier">
            <EarlierText rollout={rollout} time={timeText(rollout.startedAt ?? rollout.createdAt, i18n.language)} />
            <Button size="small" onClick={() => onOpen(rollout.id)}>
              {t('rollout.open')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function EarlierText({ rollout, time }: { readonly rollout: Rollout; readonly time: string }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <span>
      {words.rollout.title(rollout.solution, rollout.members.length)}{' '}
      <small className="rs-muted">{t('runs.began', { time })}</small>
    </span>
  )
}
