// What the services of an appliance write, as they write it.
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LogSource, longestLineBytes } from '../../../shared/domain/log.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useRetry } from '../../console/use-retry.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LogReader } from './log-reader.tsx'
import { mostRows } from './log-store.ts'
import { type LogSpan, logSpans } from './log-wish.ts'
import './logs.css'

export function Logs({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const target = { by: 'name' as const, name }
  const { answer, askAgain } = useAnswer({ key: ['logs.sources', name], ask: () => product.logs.sources({ target }) })
  if (answer.state === 'waiting') return <Loading label={t('logs.loading')} />
  if (answer.state === 'failed') {
    return (
      <Panel tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  if (answer.value.length === 0) return <EmptyState title={t('logs.nothing')}>{t('logs.nothingLead')}</EmptyState>
  return <ChosenLog name={name} sources={answer.value} />
}

type ChosenProps = { readonly name: string; readonly sources: readonly LogSource[] }

function ChosenLog({ name, sources }: ChosenProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [span, setSpan] = useState<LogSpan>('200')
  const container = (sources.find((one) => one.container === chosen) ?? sources[0])?.container ?? ''
  return (
    <Panel testId="logs">
      <div className="rs-row rs-log-choices">
        <Field label={t('logs.service')}>
          {(control) => (
            <Select
              {...control}
              value={container}
              onChange={setChosen}
              style={{ minWidth: 260 }}
              options={sources.map((one) => ({ value: one.container, label: labelOf(one, t('logs.notRunning')) }))}
            />
          )}
        </Field>
        <Field label={t('logs.from')}>
          {(control) => (
            <Select
              {...control}
              value={span}
              onChange={setSpan}
              style={{ minWidth: 170 }}
              options={logSpans.map((value) => ({ value, label: t(`logs.spans.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <LogReader key={`${container} ${span}`} target={{ by: 'name', name }} {...{ appliance: name, container, span }} />
      <small>{t('logs.bounds', { lines: mostRows, bytes: longestLineBytes })}</small>
    </Panel>
  )
}

/** Of a deployment there may be a container that is set aside. */
function labelOf({ deployment, container, isUp }: LogSource, notRunning: string): string {
  const named = container === `rackside-${deployment}` ? deployment : `${deployment} (${container})`
  return isUp ? named : `${named}: ${notRunning}`
}
