// A model under load on the page of its appliance: how many people it serves within the limits, the figures as they are
// measured, and earlier results, two of which can be held beside each other.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { benchBounds, usualBench } from '../../../shared/domain/bench.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { Amount } from './amount.tsx'
import { BenchKept } from './bench-kept.tsx'
import { BenchLevels } from './bench-levels.tsx'
import { LimitFields, type Limits } from './limit-fields.tsx'
import { StopRow } from './stop-row.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { type BenchOrder, type BenchSeen, useBench } from './use-bench.ts'

export function BenchPanel({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const { t } = useTranslation()
  const { bench: said } = useWords()
  const { target, saved } = appliance
  const [kept, setKept] = useState(0)
  const { phase, seen, failure, begin } = useBench(target, () => setKept((count) => count + 1))
  const { levels, result } = seen
  return (
    <>
      <Panel title={t('appliance.bench.title')} testId="bench">
        <p className="rs-muted">{t('appliance.bench.lead')}</p>
        {phase === 'running' ? (
          <Going seen={seen} />
        ) : (
          <BenchForm appliance={appliance} disabled={saved?.watchOnly === true} onStart={begin} />
        )}
        {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
        <BenchLevels levels={levels} />
        {result?.supports === undefined ? null : <strong>{said.supports(result.supports, result.settings)}</strong>}
        {result === undefined || said.ends[result.end] === undefined ? null : <p>{said.ends[result.end]}</p>}
      </Panel>
      <BenchKept saved={saved} round={kept} />
    </>
  )
}

type FormProps = {
  readonly appliance: ApplianceAnswers
  readonly disabled: boolean
  readonly onStart: (order: BenchOrder) => void
}

function BenchForm({ appliance: { name, target }, disabled, onStart }: FormProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [limits, setLimits] = useState<Limits>(usualBench)
  const [inputTokens, setInput] = useState(usualBench.inputTokens)
  const [outputTokens, setOutput] = useState(usualBench.outputTokens)
  const { answer, askAgain } = useAnswer({
    ...{ key: ['bench.candidates', name], enabled: !disabled },
    ask: () => product.bench.candidates({ target }),
  })
  if (disabled) return <p className="rs-muted">{t('access.watchNoSetUp')}</p>
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  if (answer.state === 'waiting') return null
  const services = answer.value.map(({ deployment }) => deployment)
  const deployment = services.find((one) => one === chosen) ?? services[0]
  if (deployment === undefined) return <p className="rs-muted">{t('appliance.bench.none')}</p>
  const { ttftLimitMs, tpotLimitMs } = limits
  const wish = { ttftLimitMs, tpotLimitMs, inputTokens, outputTokens }
  return (
    <>
      <div className="rs-row rs-agreed">
        <Field label={t('appliance.bench.service')}>
          {(control) => (
            <Select
              {...control}
              value={deployment}
              onChange={setChosen}
              style={{ minWidth: 220 }}
              options={services.map((one) => ({ value: one, label: one }))}
            />
          )}
        </Field>
        <LimitFields limits={limits} onLimits={setLimits} />
        <Field label={t('appliance.bench.input')}>
          {(control) => <Amount {...control} value={inputTokens} range={benchBounds.inputTokens} onAmount={setInput} />}
        </Field>
        <Field label={t('appliance.bench.output')}>
          {(control) => (
            <Amount {...control} value={outputTokens} range={benchBounds.outputTokens} onAmount={setOutput} />
          )}
        </Field>
      </div>
      <div className="rs-row">
        <Button onClick={() => onStart({ deployment, wish })}>{t('appliance.bench.start')}</Button>
        <span className="rs-muted">{t('appliance.bench.loads')}</span>
      </div>
    </>
  )
}

function Going({ seen: { benchId, now } }: { readonly seen: BenchSeen }) {
  const { t } = useTranslation()
  const { bench: said } = useWords()
  const { product } = useConsole()
  return (
    <>
      <VerdictMark state="working" word={t('appliance.bench.measuring')}>
        {now === undefined ? undefined : said.progress(now)}
      </VerdictMark>
      <StopRow
        call="bench.stop"
        stop={benchId === undefined ? undefined : () => product.bench.stop({ benchId })}
        leaving={t('appliance.bench.leaving')}
      />
    </>
  )
}
