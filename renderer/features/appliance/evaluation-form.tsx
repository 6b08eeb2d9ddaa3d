// What an evaluation is begun with: which model, which set of questions, how many of them. A set that lies in the import
// folder is read first, and what is refused of it is said.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { evaluationBounds, usualEvaluation } from '../../../shared/domain/evaluation.ts'
import type { BroughtSet, EvaluationSetHead, FoundSet } from '../../../shared/domain/evaluation-set.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { Amount } from './amount.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import type { EvaluationOrder } from './use-evaluation.ts'

type FormProps = {
  readonly appliance: ApplianceAnswers
  readonly onStart: (order: EvaluationOrder) => void
}

export function EvaluationForm({ appliance: { name, target }, onStart }: FormProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const services = useAnswer({
    key: ['evaluation.candidates', name],
    ask: () => product.evaluation.candidates({ target }),
  })
  const sets = useAnswer({ key: ['evaluation.sets'], ask: () => product.evaluation.sets({}) })
  for (const { answer, askAgain } of [services, sets]) {
    if (answer.state === 'failed') return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  }
  if (services.answer.state !== 'answered' || sets.answer.state !== 'answered') return null
  const deployments = services.answer.value.map(({ deployment }) => deployment)
  if (deployments.length === 0) return <p className="rs-muted">{t('appliance.evaluation.none')}</p>
  return <Fields {...{ deployments, onStart, onTaken: sets.askAgain }} {...sets.answer.value} />
}

type FieldsProps = Pick<FormProps, 'onStart'> & {
  readonly deployments: readonly string[]
  readonly sets: readonly EvaluationSetHead[]
  readonly found: readonly FoundSet[]
  readonly onTaken: () => void
}

function Fields({ deployments, sets, found, onStart, onTaken }: FieldsProps) {
  const { t } = useTranslation()
  const { evaluation: said } = useWords()
  const [service, setService] = useState<string | undefined>(undefined)
  const [place, setPlace] = useState<string | undefined>(undefined)
  const [wanted, setWanted] = useState<number | undefined>(undefined)
  const [concurrency, setConcurrency] = useState(usualEvaluation.concurrency)
  const deployment = deployments.find((one) => one === service) ?? deployments[0] ?? ''
  const waiting = found.find(({ foundId }) => foundId === place)
  const set = waiting === undefined ? (sets.find(({ digest }) => digest === place) ?? sets[0]) : undefined
  const options = [
    ...sets.map((one) => ({ value: one.digest, label: said.choice(one) })),
    ...found.map((one) => ({ value: one.foundId, label: said.found(one) })),
  ]
  const most = set?.items ?? 1
  const questions = Math.min(wanted ?? most, most)
  const wish = { concurrency, ...(questions < most && { limit: questions }) }
  return (
    <>
      <div className="rs-row rs-agreed">
        <Field label={t('appliance.evaluation.model')}>
          {(control) => <Choice {...control} value={deployment} onChange={setService} options={namesOf(deployments)} />}
        </Field>
        <Field label={t('appliance.evaluation.set')}>
          {(control) => (
            <Choice {...control} value={waiting?.foundId ?? set?.digest} onChange={setPlace} options={options} />
          )}
        </Field>
        {set === undefined ? null : (
          <Field label={t('appliance.evaluation.questions')}>
            {(control) => <Amount {...control} value={questions} range={[1, most]} onAmount={setWanted} />}
          </Field>
        )}
        <Field label={t('appliance.evaluation.concurrency')}>
          {(control) => (
            <Amount {...control} value={concurrency} range={evaluationBounds.concurrency} onAmount={setConcurrency} />
          )}
        </Field>
      </div>
      <p className="rs-muted">{set?.builtIn === true ? said.smoke : said.caveat}</p>
      <Taking
        waiting={waiting}
        onTaken={(digest) => {
          setPlace(digest)
          onTaken()
        }}
      />
      {set === undefined ? null : (
        <div className="rs-row">
          <Button onClick={() => onStart({ deployment, setDigest: set.digest, wish })}>
            {t('appliance.evaluation.start')}
          </Button>
          <span className="rs-muted">{t('appliance.evaluation.loads')}</span>
        </div>
      )}
    </>
  )
}

function namesOf(deployments: readonly string[]) {
  return deployments.map((one) => ({ value: one, label: one }))
}

type ChoiceProps = {
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly options: { readonly value: string; readonly label: string }[]
}

function Choice({ value, options, ...control }: ChoiceProps) {
  return <Select {...control} {...(value !== undefined && { value })} style={{ minWidth: 220 }} options={options} />
}

type TakingProps = { readonly waiting: FoundSet | undefined; readonly onTaken: (digest: string) => void }

/** Of a file in the import folder; afterwards what was left out of it. */
function Taking({ waiting, onTaken }: TakingProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { busy, failure, begin } = useAct()
  const [brought, setBrought] = useState<BroughtSet | undefined>(undefined)
  const take = ({ foundId }: FoundSet) =>
    begin(
      'evaluation.takeSet',
      () => product.evaluation.takeSet({ foundId }),
      (taken) => {
        setBrought(taken)
        onTaken(taken.set.digest)
      },
    )
  return (
    <>
      {waiting === undefined ? null : (
        <div className="rs-row">
          <Button loading={busy} onClick={() => take(waiting)}>
            {t('appliance.evaluation.take')}
          </Button>
          <span className="rs-muted">{t('appliance.evaluation.takeLead')}</span>
        </div>
      )}
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      {brought === undefined ? null : <Brought brought={brought} />}
    </>
  )
}

/** As many lines as a person reads here; the command line tells more. */
const refusalsShown = 5

function Brought({ brought: { set, refusals } }: { readonly brought: BroughtSet }) {
  const { evaluation: said } = useWords()
  const shown = refusals.slice(0, refusalsShown)
  const more = set.refused - shown.length
  return (
    <div data-testid="evaluation-brought">
      <p>{said.brought(set)}</p>
      {shown.length === 0 ? null : (
        <ul className="rs-points">
          {shown.map((one) => (
            <li key={one.line}>{said.refusal(one)}</li>
          ))}
          {more > 0 ? <li>{said.moreRefused(more)}</li> : null}
        </ul>
      )}
    </div>
  )
}
