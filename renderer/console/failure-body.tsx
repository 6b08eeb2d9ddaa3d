// What every failure shows, in a dialog or in place: what happened, what to do next, the evidence folded.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { FactList, known } from '../ui/fact-list.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { CopyBlock } from './copy-block.tsx'
import { copyText, useFailureFields, useFailureText } from './failure-text.ts'

export function FailureSaid({ failure }: { readonly failure: Failure }) {
  const { what } = useFailureText(failure)
  return (
    <>
      <VerdictMark state="down" word={what} />
      <FailureNext failure={failure} />
      <FailureEvidence failure={failure} />
    </>
  )
}

export function FailureNext({ failure }: { readonly failure: Failure }) {
  const { next } = useFailureText(failure)
  return <p>{next}</p>
}

export function FailureEvidence({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation()
  const text = useFailureText(failure)
  const fields = useFailureFields(failure)
  return (
    <details className="rs-evidence">
      <summary>{t('failure.evidence')}</summary>
      {fields.length === 0 ? null : (
        <FactList facts={fields.map(({ label, value }) => ({ label, value: known(value) }))} />
      )}
      <CopyBlock text={copyText(failure, text)} />
    </details>
  )
}
