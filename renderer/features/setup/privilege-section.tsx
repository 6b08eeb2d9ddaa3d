// What containers of a plan get beyond the limits of every one, with what it means and why; what is new is agreed to by a
// tick of its own.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { newPrivileges, type PlanPrivileges, privilegeName } from '../../../shared/domain/privilege.ts'
import { privilegeText } from '../../../shared/words/privilege-words.ts'
import { useWords } from '../../console/console-context.tsx'

type PrivilegeSectionProps = {
  readonly privileges: readonly PlanPrivileges[]
  readonly agreed: boolean
  readonly onAgreed: (agreed: boolean) => void
}

export function PrivilegeSection({ privileges, agreed, onAgreed }: PrivilegeSectionProps) {
  const { t } = useTranslation()
  if (privileges.length === 0) return null
  const names = newPrivileges(privileges)
  return (
    <section className="su-part" data-testid="privileges">
      <h2>{t('setup.privileges.title')}</h2>
      <p className="su-note">{t('setup.privileges.lead')}</p>
      {privileges.map((one) => (
        <ServicePrivileges key={one.service} {...one} />
      ))}
      {names.length === 0 ? null : (
        <p>
          <Checkbox checked={agreed} onChange={({ target }) => onAgreed(target.checked)}>
            {t('setup.privileges.agree', { names: names.join(', ') })}
          </Checkbox>
        </p>
      )}
    </section>
  )
}

function ServicePrivileges({ service, wants, noMore }: PlanPrivileges) {
  const { t } = useTranslation()
  const { privileges: words, cli, language } = useWords()
  return (
    <>
      <ul className="su-notes">
        {wants.map(({ privilege, why, isNew }) => (
          <li key={privilegeName(privilege)}>
            <strong>{cli.pair(service, privilegeText(privilege, words))}</strong>{' '}
            {isNew ? t('setup.privileges.new') : t('setup.privileges.before')}
            <div className="rs-muted">{words.why(why[language])}</div>
          </li>
        ))}
      </ul>
      {noMore.length === 0 ? null : <p className="su-note">{words.noMore(service, cli.list(noMore))}</p>}
    </>
  )
}
