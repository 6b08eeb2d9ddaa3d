// A model under load on the page of its appliance: how many people it serves within the limits, the figures as they are
// measured, and earlier results, two of which can be held beside each other.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BenchWish, usualBench } from '../../../shared/domain/bench.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { Amount } from './amount.tsx'
import { BenchKept } from './bench-kept.tsx'
import { BenchLevels } from './bench-levels.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { type Benching, useBench } from './use-bench.ts'

export function BenchPanel({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const { t } = useTranslation()
  const { bench: said } = useWords()
  const { target, saved } = appliance
  const [kept, setKept] = useState(0)
  const { start, ...benching } = useBench(target, () => setKept((count) => count + 1))
  const { phase, levels, result, failure } = benching
  return (
    <>
      <Panel title={t('appliance.bench.title')} testId="bench">
        <p className="rs-muted">{t('appliance.bench.lead')}</p>
        {phase === 'running' ? (
          <Going benching={benching} />
        ) : (
          <BenchForm appliance={appliance} disabled={saved?.watchOnly === true} onStart={start} />
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
  readonly onStart: (order: { readonly deployment: string; readonly wish: BenchWish }) => void
}

function BenchForm({ appliance: { name, target }, disabled, onStart }: FormProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [ttftMs, setTtft] = useState(usualBench.ttftLimitMs)
  const [tpotMs, setTpot] = useState(usualBench.tpotLimitMs)
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
  const wish = { ttftLimitMs: ttftMs, tpotLimitMs: tpotMs, inputTokens, outputTokens }
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
        <Field label={t('appliance.acceptance.ttft')}>
          {(control) => <Amount {...control} value={ttftMs} range={[1, 600_000]} onAmount={setTtft} />}
        </Field>
        <Field label={t('appliance.acceptance.tpot')}>
          {(control) => <Amount {...control} value={tpotMs} range={[1, 60_000]} onAmount={setTpot} />}
        </Field>
        <Field label={t('appliance.bench.input')}>
          {(control) => <Amount {...control} value={inputTokens} range={[1, 131_072]} onAmount={setInput} />}
        </Field>
        <Field label={t('appliance.bench.output')}>
          {(control) => <Amount {...control} value={outputTokens} range={[2, 8192]} onAmount={setOutput} />}
        </Field>
      </div>
      <div className="rs-row">
        <Button onClick={() => onStart({ deployment, wish })}>{t('appliance.bench.start')}</Button>
        <span className="rs-muted">{t('appliance.bench.loads')}</span>
      </div>
    </>
  )
}

function Going({ benching: { benchId, now } }: { readonly benching: Benching }) {
  const { t } = useTranslation()
  const { bench: said } = useWords()
  const { product } = useConsole()
  const stopping = useAct()
  const stop = () => {
    if (benchId === undefined) return
    stopping.begin(
      'bench.stop',
      () => product.bench.stop({ benchId }),
      () => undefined,
    )
  }
  return (
    <>
      <VerdictMark state="working" word={t('appliance.bench.measuring')}>
        {now === undefined ? undefined : said.progress(now)}
      </VerdictMark>
      <div className="rs-row">
        <Button loading={stopping.busy} disabled={benchId === undefined} onClick={stop}>
          {t('appliance.acceptance.stop')}
        </Button>
        <span className="rs-muted">{t('appliance.bench.leaving')}</span>
      </div>
    </>
  )
}
