// Times and lengths of the past as short as they can be: a year only where the time shown is that long.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../console/console-context.tsx'
import { dayMs, type Span } from './time-range.ts'

export function useAxisText({ fromMs, toMs }: Span): (atMs: number) => string {
  const language = useLanguage()
  const isLong = toMs - fromMs > 180 * dayMs
  return useMemo(() => {
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    const day = { month: 'short', day: 'numeric' } as const
    const format = new Intl.DateTimeFormat(language, isLong ? { ...day, year: 'numeric' } : { ...day, ...time })
    return (atMs) => format.format(atMs)
  }, [language, isLong])
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Lengths of buckets are whole in one unit. */
export function useStepText(): (stepMs: number) => string {
  const { t } = useTranslation()
  return (stepMs) => {
    const seconds = Math.max(1, Math.round(stepMs / 1000))
    const [unit, length] = units.find(([, one]) => seconds % one === 0) ?? (['s', 1] as const)
    return t(`history.lengths.${unit}`, { count: seconds / length })
  }
}
