// A bundle that nobody vouches for any more is used only where somebody says so, by a tick of its own.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SetUp } from '../../../shared/domain/plan.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

type ExpiredSectionProps = {
  readonly expired: SetUp['expired']
  readonly agreed: boolean
  readonly onAgreed: (agreed: boolean) => void
}

export function ExpiredSection({ expired, agreed, onAgreed }: ExpiredSectionProps) {
  const { t, i18n } = useTranslation()
  if (expired === undefined) return null
  const day = new Date(expired.until).toLocaleDateString(i18n.language, { dateStyle: 'medium' })
  return (
    <section className="su-part" data-testid="expired">
      <VerdictMark state="degraded" word={t('setup.review.expired', { publisher: expired.publisher, day })} />
      <p>
        <Checkbox checked={agreed} onChange={({ target }) => onAgreed(target.checked)}>
          {t('setup.review.acceptExpired')}
        </Checkbox>
      </p>
    </section>
  )
}
