// "Test connection" beside a page: the steps as they are done, what each found and how long it took, and a failure
// at the step that has it. Nothing is trusted or changed by it.
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { ConnectStep } from '../../../shared/domain/connect-step.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { connectFactText } from '../../../shared/words/connect-text.ts'
import { durationText } from '../../../shared/words/durations.ts'
import type { Words } from '../../../shared/words/words.ts'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useLanguage, useWords } from '../console-context.tsx'
import { FailureEvidence } from '../failure-body.tsx'
import { FailureNote } from '../failure-note.tsx'
import { useFailureText } from '../failure-text.ts'
import { sentenceOf } from '../sentence.ts'
import { useConnectionTest } from './use-connection-test.ts'

export type ConnectionDrawerProps = {
  /** What a person calls the place. */
  readonly name: string
  /** Undefined: closed. */
  readonly target: Target | undefined
  readonly onClose: () => void
  readonly onFailed?: ((failure: Failure) => void) | undefined
}

export function ConnectionDrawer({ target, ...rest }: ConnectionDrawerProps) {
  return target === undefined ? null : <OpenDrawer target={target} {...rest} />
}

function OpenDrawer({ name, target, onClose, onFailed }: ConnectionDrawerProps & { readonly target: Target }) {
  const { t } = useTranslation()
  const { steps, going, failure, again } = useConnectionTest(target, onFailed)
  const failed = steps.find((one) => one.state === 'failed')
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={t('connection.title', { name })}
      closable={{ 'aria-label': t('common.close') }}
      extra={
        <Button disabled={going} onClick={again}>
          {t('connection.again')}
        </Button>
      }
    >
      <div className="rs-form" data-testid="connection-test" data-going={going}>
        <div aria-live="polite">
          <Verdict going={going} failed={failed !== undefined || failure !== undefined} />
        </div>
        <Steps steps={steps} going={going} />
        {failed === undefined ? null : <FailureEvidence failure={failed.failure} />}
        {failure === undefined ? null : <FailureNote failure={failure} />}
        <p className="rs-muted">{t('connection.lead')}</p>
      </div>
    </Drawer>
  )
}

function Verdict({ going, failed }: { readonly going: boolean; readonly failed: boolean }) {
  const { t } = useTranslation()
  if (failed) return <VerdictMark state="down" word={t('connection.failed')} />
  if (going) return <VerdictMark state="working" word={t('connection.going')} />
  return <VerdictMark state="healthy" word={t('connection.passed')} />
}

function Steps({ steps, going }: { readonly steps: readonly ConnectStep[]; readonly going: boolean }) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const rows = steps.map((step, place): LedgerRow => {
    const row = { id: `${place} ${step.step}`, text: stepText(step, words) }
    if (step.state === 'skipped')
      return { ...row, state: 'next', stateWord: words.connect.notTried, note: words.connect.notTried }
    const figures = [durationText(step.milliseconds, language)]
    if (step.state === 'failed') {
      return {
        ...row,
        figures,
        state: 'failed',
        stateWord: t('connection.failed'),
        note: <Why failure={step.failure} />,
      }
    }
    const note = sentenceOf(connectFactText(step.fact, words), language)
    return { ...row, figures, state: 'done', stateWord: t('connection.done'), note }
  })
  const next: readonly LedgerRow[] = going
    ? [{ id: 'next', state: 'current', stateWord: t('connection.going'), text: t('connection.next') }]
    : []
  return <Ledger label={t('connection.steps')} rows={[...rows, ...next]} />
}

function stepText(step: ConnectStep, { connect }: Words): string {
  return step.step === 'jump' ? `${connect.steps.jump} ${step.at}` : connect.steps[step.step]
}

function Why({ failure }: { readonly failure: Failure }) {
  const { what, next } = useFailureText(failure)
  return (
    <>
      {what} {next}
    </>
  )
}
