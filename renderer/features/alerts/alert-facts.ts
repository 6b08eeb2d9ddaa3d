// What one alert says, in words: the fault, how much of it, since when.
import { useTranslation } from 'react-i18next'
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import type { AlertRuleId, AlertUnit } from '../../../shared/domain/alert.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { alertTitle, amountText } from '../../../shared/words/alert-text.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { sentenceOf } from '../../console/sentence.ts'
import { useClockText } from '../../console/verdict-time.tsx'

function unitOf(rule: AlertRuleId): AlertUnit {
  return usualRules.find(({ id }) => id === rule)?.unit ?? 'state'
}

/** A rule in a few words, with a capital letter: "Disk is almost full". */
export function useRuleTitle(): (rule: AlertRuleId) => string {
  const words = useWords()
  return (rule) => capital(alertTitle({ rule, subject: '' }, words))
}

/** "Nov 28, 14:02", also today: one end of a span is often on another day than the other. */
export function useDayText(): (atMs: number) => string {
  const language = useLanguage()
  const form = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return (atMs) => new Date(atMs).toLocaleString(language, form)
}

/** "Nov 28, 2026, 14:02:11": for what is read on another day, or on paper. */
export function useFullTime(): (atMs: number) => string {
  const language = useLanguage()
  const form = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' } as const
  return (atMs) => new Date(atMs).toLocaleString(language, form)
}

export type AlertFacts = {
  readonly title: string
  /** Now and limit, how often it came back; empty where there is nothing to say. */
  readonly amounts: string
  readonly notes: readonly string[]
  readonly fix: string
}

export function useAlertFacts(one: ShownAlert): AlertFacts {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const clockText = useClockText()
  const { alerts, cli } = words
  const unit = unitOf(one.rule)
  const amounts =
    unit === 'state'
      ? []
      : [
          cli.pair(alerts.labels.value, amountText(one.value, unit, words)),
          cli.pair(alerts.labels.limit, amountText(one.limit, unit, words)),
        ]
  const { acknowledged, told } = one
  return {
    // A name keeps its small letter.
    title: one.subject === '' ? capital(alertTitle(one, words)) : alertTitle(one, words),
    amounts: amounts.join(' · '),
    notes: [
      ...(acknowledged === undefined
        ? []
        : [t('alerts.acknowledged', { by: acknowledged.by, time: clockText(acknowledged.atMs) })]),
      ...(told.escalatedMs === undefined ? [] : [t('alerts.escalated', { time: clockText(told.escalatedMs) })]),
      ...(one.isQuiet ? [t('alerts.quietNow')] : []),
      ...(one.clearing === true ? [t('alerts.clearing')] : []),
      ...(one.flaps > 0 ? [alerts.flapping(one.flaps)] : []),
    ],
    fix: sentenceOf(alerts.rules[one.rule].fix, language),
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
