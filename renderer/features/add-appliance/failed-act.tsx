// Why the last attempt failed. Where a password for sudo is gone, that is what is said, not that a login is.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { type AddForm, isSudoGone } from './add-form.ts'

export function FailedAct({ form, failure }: { readonly form: AddForm; readonly failure: Failure }) {
  const { t } = useTranslation()
  if (!isSudoGone(form, failure)) return <FailureNote failure={failure} />
  return (
    <div className="rs-failure" role="alert">
      <VerdictMark state="down" word={t('access.sudoGone')} />
    </div>
  )
}
