// Which time is shown; a time of one's own is typed below.
import { Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui/field.tsx'
import { type RangeName, ranges, type Shown } from './time-range.ts'

export type RangeBarProps = { readonly shown: Shown; readonly onShown: (shown: Shown) => void }

export function RangeBar({ shown, onShown }: RangeBarProps) {
  const { t } = useTranslation()
  return (
    <Segmented<RangeName>
      aria-label={t('history.range')}
      value={shown.range}
      onChange={(range) => onShown({ ...shown, range })}
      options={ranges.map((value) => ({ value, label: t(`history.ranges.${value}`) }))}
    />
  )
}

/** "2026-11-28T09:30", in the time of this computer. */
function fieldText(atMs: number): string {
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

export function CustomSpan({ shown, onShown }: RangeBarProps) {
  const { t } = useTranslation()
  const { fromMs, toMs } = shown.custom
  const [typed, setTyped] = useState({ from: fieldText(fromMs), until: fieldText(toMs) })
  const [from, until] = [Date.parse(typed.from), Date.parse(typed.until)]
  const wrong = !(from < until)
  const take = (next: typeof typed) => {
    setTyped(next)
    const [begin, end] = [Date.parse(next.from), Date.parse(next.until)]
    if (begin >= 0 && begin < end) onShown({ ...shown, custom: { fromMs: begin, toMs: end } })
  }
  return (
    <div className="rs-history-custom">
      {(['from', 'until'] as const).map((end) => (
        <Field
          key={end}
          label={t(`history.${end}`)}
          problem={wrong && end === 'until' ? t('history.spanProblem') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={typed[end]}
              onChange={(event) => take({ ...typed, [end]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
