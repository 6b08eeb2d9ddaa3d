// When nobody is told: silences and maintenance windows that go on or are to come.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownQuiet } from '../../../shared/contract/alerts.ts'
import type { AlertQuiet } from '../../../shared/domain/alert.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useNow } from '../../ui/age.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useDayText, useRuleTitle } from './alert-facts.ts'
import { MaintenanceDialog } from './maintenance-dialog.tsx'

export function QuietPart({ quiets }: { readonly quiets: readonly ShownQuiet[] }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState<AlertQuiet['kind'] | undefined>(undefined)
  return (
    <Panel
      title={t('alertSetup.quietNow')}
      actions={
        <>
          <Button onClick={() => setAdding('silence')}>{t('alertSetup.addSilence')}</Button>
          <Button onClick={() => setAdding('maintenance')}>{t('alertSetup.addMaintenance')}</Button>
        </>
      }
    >
      <p className="rs-muted">{t(quiets.length === 0 ? 'alertSetup.quietEmpty' : 'alertSetup.quietLead')}</p>
      {quiets.length === 0 ? null : (
        <ul className="rs-records" aria-label={t('alertSetup.quietNow')}>
          {quiets.map((one) => (
            <QuietRow key={one.id} quiet={one} />
          ))}
        </ul>
      )}
      {adding === undefined ? null : <MaintenanceDialog kind={adding} onClose={() => setAdding(undefined)} />}
    </Panel>
  )
}

function QuietRow({ quiet }: { readonly quiet: ShownQuiet }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const dayText = useDayText()
  const nowMs = useNow(10_000)
  const what = useQuietText(quiet)
  const { id, kind, fromMs, untilMs, by, note } = quiet
  const end = () =>
    act.begin(
      'alerts.endSilence',
      () => product.alerts.endSilence({ quietId: id }),
      () => outdate('alerts.list'),
    )
  return (
    <li data-testid="quiet">
      <div className="rs-records-head">
        <strong>{t(kind === 'maintenance' ? 'alertSetup.maintenanceTitle' : 'alertSetup.silenceTitle')}</strong>
        {fromMs > nowMs ? <small>{t('alertSetup.notYet')}</small> : null}
      </div>
      <div className="rs-records-body">
        <span>{what}</span>
        <small>
          {t('alertSetup.going', { from: dayText(fromMs), until: dayText(untilMs) })} · {t('alertSetup.by', { by })}
          {note === '' ? '' : ` · ${note}`}
        </small>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
      <Button size="small" aria-label={cli.pair(t('alertSetup.end'), what)} loading={act.busy} onClick={end}>
        {t('alertSetup.end')}
      </Button>
    </li>
  )
}

function useQuietText({ rule, appliance, name }: ShownQuiet): string {
  const { t } = useTranslation()
  const { cli } = useWords()
  const ruleTitle = useRuleTitle()
  const where = name ?? appliance ?? t('alertSetup.everywhere')
  return cli.pair(where, rule === undefined ? t('alertSetup.everything') : ruleTitle(rule))
}
