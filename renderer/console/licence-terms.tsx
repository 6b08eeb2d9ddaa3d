// Terms of licences that ask more than a common open one: read and accepted by a tick of their own before a run begins.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { type LicenceTerms, termsName } from '../../shared/domain/licence-terms.ts'
import { CodeText } from '../ui/code-text.tsx'
import { useLanguage } from './console-context.tsx'

export type LicenceSectionProps = {
  readonly licences: readonly LicenceTerms[]
  readonly accepted: boolean
  readonly onAccepted: (accepted: boolean) => void
  /** The look of this part on its page. */
  readonly className?: string
}

export function LicenceSection({ licences, accepted, onAccepted, className }: LicenceSectionProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (licences.length === 0) return null
  return (
    <section className={className} data-testid="licences">
      <h2>{t('setup.review.licences')}</h2>
      {licences.map((one) => (
        <div className="rs-copy" key={termsName(one)}>
          <p>
            <strong>{termsName(one)}</strong> <span className="rs-muted">{one.spdx}</span>
          </p>
          <CodeText>{[one.terms[language], one.url].join('\n').trimEnd()}</CodeText>
        </div>
      ))}
      <p>
        <Checkbox checked={accepted} onChange={({ target }) => onAccepted(target.checked)}>
          {t('setup.review.acceptLicences')}
        </Checkbox>
      </p>
    </section>
  )
}
