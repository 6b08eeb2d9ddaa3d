// Roles, one tick each with what it means, and of a vendor what it may touch.
import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../../shared/domain/operator.ts'
import { type Role, roles } from '../../../shared/domain/role.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { Field } from '../../ui/field.tsx'

export type Duties = { readonly roles: readonly Role[]; readonly grant: Grant }

export const noDuties: Duties = { roles: [], grant: { publishers: [], appliances: [] } }

export function areWhole({ roles: held, grant }: Duties): boolean {
  if (held.length === 0) return false
  return !held.includes('vendor') || (grant.publishers.length > 0 && grant.appliances.length > 0)
}

/** As the contract takes them: a grant is a vendor's alone. */
export function toldDuties({ roles: held, grant }: Duties): { roles: Role[]; grant?: Grant } {
  return { roles: [...held], ...(held.includes('vendor') && { grant }) }
}

export type DutiesFieldsProps = { readonly duties: Duties; readonly onDuties: (duties: Duties) => void }

export function DutiesFields({ duties, onDuties }: DutiesFieldsProps) {
  const { t } = useTranslation()
  const { operators } = useWords()
  const tick = (one: Role, on: boolean) => {
    const others = duties.roles.filter((role) => role !== one)
    onDuties({ ...duties, roles: on ? [...others, one] : others })
  }
  return (
    <>
      <fieldset className="rs-duties">
        <legend>{t('operators.roles')}</legend>
        {roles.map((one) => (
          <Checkbox
            key={one}
            checked={duties.roles.includes(one)}
            onChange={(event) => tick(one, event.target.checked)}
          >
            <strong>{operators.roles[one]}</strong> <span className="rs-muted">{t(`operators.does.${one}`)}</span>
          </Checkbox>
        ))}
      </fieldset>
      {duties.roles.includes('vendor') ? <GrantFields duties={duties} onDuties={onDuties} /> : null}
    </>
  )
}

function GrantFields({ duties, onDuties }: DutiesFieldsProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const publishers = useAnswer({ key: ['publishers.list'], ask: () => product.publishers.list({}) }).answer
  const appliances = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) }).answer
  const { grant } = duties
  const change = (part: Partial<Grant>) => onDuties({ ...duties, grant: { ...grant, ...part } })
  const known = publishers.state === 'answered' ? publishers.value.publishers : []
  const saved = appliances.state === 'answered' ? appliances.value : []
  return (
    <>
      <Field label={t('operators.ofPublishers')} hint={t('operators.ofPublishersHint')}>
        {(control) => (
          <Select
            {...control}
            mode="multiple"
            value={grant.publishers}
            options={known.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(chosen) => change({ publishers: chosen })}
          />
        )}
      </Field>
      <Field label={t('operators.onAppliances')} hint={t('operators.onAppliancesHint')}>
        {(control) => (
          <Select
            {...control}
            mode="multiple"
            value={grant.appliances}
            options={saved.map(({ name }) => ({ value: name, label: name }))}
            onChange={(chosen) => change({ appliances: chosen })}
          />
        )}
      </Field>
    </>
  )
}
