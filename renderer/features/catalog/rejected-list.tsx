// What was tried and does not fit, folded: each with everything that stands against it.
import { useTranslation } from 'react-i18next'
import type { RejectedVariant } from '../../../shared/domain/choice.ts'
import { rejectedName } from '../../../shared/words/rejection-words.ts'
import { useRefusal } from './fit-words.ts'

export function RejectedList({ rejected }: { readonly rejected: readonly RejectedVariant[] }) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  if (rejected.length === 0) return null
  return (
    <details>
      <summary>{t('catalog.rejected', { count: rejected.length })}</summary>
      <ul className="ct-list">
        {rejected.map((one) => (
          <li key={`${one.entry} ${rejectedName(one)}`} className="rs-muted">
            {refusal(one)}
          </li>
        ))}
      </ul>
    </details>
  )
}
