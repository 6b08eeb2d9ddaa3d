// Who is trusted to make bundles: since when, by whom, with which keys; trusting one no more. One is trusted where its
// bundle lies, by comparing its fingerprint.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownPublisher } from '../../../shared/contract/publishers.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { TakenBackList } from '../../console/taken-back-list.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { RemovePublisher } from './remove-publisher.tsx'

export function PublishersScreen({ onCatalog }: { readonly onCatalog: () => void }) {
  const { t, i18n } = useTranslation()
  const { product } = useConsole()
  const [removing, setRemoving] = useState<string | undefined>(undefined)
  const { answer, askAgain } = useAnswer({ key: ['publishers.list'], ask: () => product.publishers.list({}) })
  if (answer.state === 'waiting') return <Page title={t('publishers.title')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('publishers.title')}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  const { publishers, clockBehind } = answer.value
  const time = (at: string) => new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Page title={t('publishers.titleCount', { count: publishers.length })} lead={t('publishers.lead')}>
      <div className="rs-stack">
        {clockBehind === undefined ? null : (
          <VerdictMark state="degraded" word={t('publishers.clockBehind', { time: time(clockBehind) })} />
        )}
        {publishers.length === 0 ? (
          <EmptyState title={t('publishers.emptyTitle')}>{t('publishers.emptyLead')}</EmptyState>
        ) : (
          <Panel title={t('publishers.trusted')}>
            <ul className="rs-records" aria-label={t('publishers.trusted')}>
              {publishers.map((one) => (
                <Row key={one.id} publisher={one} onRemove={() => setRemoving(one.id)} />
              ))}
            </ul>
          </Panel>
        )}
        <div className="rs-row">
          <Button onClick={onCatalog}>{t('publishers.toBundles')}</Button>
        </div>
      </div>
      {removing === undefined ? null : <RemovePublisher id={removing} onClose={() => setRemoving(undefined)} />}
    </Page>
  )
}

type RowProps = { readonly publisher: ShownPublisher; readonly onRemove: () => void }

function Row({ publisher: { id, name, fingerprint, pinnedAt, pinnedBy, lines, blocked }, onRemove }: RowProps) {
  const { t, i18n } = useTranslation()
  const { cli } = useWords()
  const date = new Date(pinnedAt).toLocaleDateString(i18n.language, { dateStyle: 'medium' })
  return (
    <li data-testid="publisher">
      <div className="rs-records-head">
        <strong>{name}</strong>
        <small>{id}</small>
      </div>
      <div className="rs-records-body">
        <code>{fingerprint}</code>
        <small>{t('publishers.since', { date, by: pinnedBy })}</small>
        <Chips>
          {lines.map((line) => (
            <Chip key={line}>{line}</Chip>
          ))}
        </Chips>
        <TakenBackList blocked={blocked} />
      </div>
      <Button size="small" aria-label={cli.pair(t('publishers.remove'), name)} onClick={onRemove}>
        {t('publishers.remove')}
      </Button>
    </li>
  )
}
