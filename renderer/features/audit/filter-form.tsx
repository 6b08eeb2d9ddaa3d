// What is looked for in the audit. Dates are days of the reader's own zone.
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditFilter } from '../../../shared/domain/audit-search.ts'
import { Field } from '../../ui/field.tsx'

const fields = ['who', 'appliance', 'act', 'since', 'until'] as const
type FieldName = (typeof fields)[number]
type Typed = { readonly [F in FieldName]: string }

const nothing: Typed = { who: '', appliance: '', act: '', since: '', until: '' }

export function FilterForm({ onFind }: { readonly onFind: (filter: AuditFilter) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(nothing)
  const find = (event: FormEvent) => {
    event.preventDefault()
    onFind(filterOf(typed))
  }
  return (
    <form onSubmit={find} className="rs-stack">
      <div className="rs-audit-form">
        {fields.map((name) => (
          <Field
            key={name}
            label={t(`audit.${name}`)}
            {...(name === 'appliance' && { hint: t('audit.applianceHint') })}
          >
            {(control) => (
              <Input
                {...control}
                type={name === 'since' || name === 'until' ? 'date' : 'search'}
                maxLength={200}
                value={typed[name]}
                onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="rs-row">
        <Button type="primary" htmlType="submit">
          {t('audit.find')}
        </Button>
      </div>
    </form>
  )
}

function filterOf({ since, until, ...texts }: Typed): AuditFilter {
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
  const from = dayAt(since, 'T00:00:00')
  const to = dayAt(until, 'T23:59:59.999')
  return { ...said, ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) }
}

function dayAt(day: string, clock: string): string | undefined {
  const atMs = Date.parse(`${day}${clock}`)
  return day === '' || Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString()
}
