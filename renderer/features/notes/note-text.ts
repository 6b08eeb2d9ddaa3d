// What a notification says: its shape, one word, one line. Whatever an appliance or a publisher calls itself is text here.
import type { TFunction } from 'i18next'
import type { AlertUnit } from '../../../shared/domain/alert.ts'
import type { Notification, NotificationAbout } from '../../../shared/domain/notification.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { alertTitle, amountText } from '../../../shared/words/alert-text.ts'
import { failureText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'
import { severityMarks } from '../../console/alerts-now.ts'
import { purposeText } from '../../console/purpose-text.ts'
import type { MarkState } from '../../ui/verdict-mark.tsx'

export type NoteText = { readonly mark: MarkState; readonly word: string; readonly text: string }
export type NoteWords = { readonly t: TFunction; readonly words: Words }
type About<K extends NotificationAbout['kind']> = Extract<NotificationAbout, { kind: K }>

export function noteText({ about }: Notification, said: NoteWords): NoteText {
  const { t, words } = said
  switch (about.kind) {
    case 'alert':
      return alertText(about, said)
    case 'alert-over': {
      const text = words.cli.pair(capital(alertTitle(about.alert, words)), words.alerts.over[about.how])
      return { mark: about.how === 'cleared' ? 'healthy' : 'unknown', word: t('notes.over'), text }
    }
    case 'run':
      return runText(about, said)
    case 'run-waits': {
      const mark = about.waits === 'lock' ? 'degraded' : 'note'
      const what = purposeText(t, about.subject)
      return { mark, word: t(`notes.waits.${about.waits}.word`), text: t(`notes.waits.${about.waits}.text`, { what }) }
    }
    case 'acceptance':
      return {
        mark: { accepted: 'healthy', open: 'degraded', refused: 'down' }[about.verdict] as MarkState,
        word: t(`notes.acceptance.${about.verdict}.word`),
        text: t(`notes.acceptance.${about.verdict}.text`),
      }
    case 'canary':
      return canaryText(about, said)
    default:
      return elsewhereText(about, said)
  }
}

function alertText({ alert }: About<'alert'>, { t, words }: NoteWords): NoteText {
  const unit: AlertUnit = usualRules.find(({ id }) => id === alert.rule)?.unit ?? 'state'
  const title = capital(alertTitle(alert, words))
  return {
    mark: severityMarks[alert.severity],
    word: t(`alerts.severity.${alert.severity}`),
    text: unit === 'state' ? title : words.cli.pair(title, amountText(alert.value, unit, words)),
  }
}

function runText({ run, needsPerson }: About<'run'>, { t, words }: NoteWords): NoteText {
  const what = purposeText(t, run.subject)
  if (run.state === 'done') {
    const { verdict = 'healthy' } = run
    const isWell = verdict === 'healthy' || run.subject.act === 'uninstall'
    return {
      mark: isWell ? 'healthy' : verdict,
      word: t('runs.state.done'),
      text: isWell ? what : words.cli.pair(what, words.verdicts[verdict]),
    }
  }
  const why = run.failure === undefined ? what : words.cli.pair(what, failureText(run.failure, words).what)
  if (run.state === 'cancelled') return { mark: 'unknown', word: t('runs.state.cancelled'), text: what }
  return { mark: 'down', word: needsPerson ? t('notes.needsPerson') : t('runs.state.failed'), text: why }
}

function canaryText({ end, verdict, deployment, failed, asked }: About<'canary'>, { t }: NoteWords): NoteText {
  const how = end === 'done' ? verdict : verdict === 'failed' && failed > 0 ? 'failed' : 'unended'
  const mark: MarkState = how === 'passed' ? 'healthy' : how === 'failed' ? 'down' : 'unknown'
  const text = t(`notes.canary.${how}.text`, { deployment, failed, asked })
  return { mark, word: t(`notes.canary.${how}.word`), text }
}

function elsewhereText(about: About<'new-version' | 'taken-back' | 'channel'>, { t, words }: NoteWords): NoteText {
  if (about.kind === 'channel') {
    const problem = words.alerts.problems[about.problem]
    return { mark: 'degraded', word: t('notes.channel.word'), text: t('notes.channel.text', { ...about, problem }) }
  }
  const publisher = about.publisher.name
  if (about.kind === 'new-version') {
    const { line, version } = about
    return {
      mark: 'note',
      word: t('notes.newVersion.word'),
      text: t('notes.newVersion.text', { publisher, line, version }),
    }
  }
  const { entry, reason } = about.blocked
  return {
    mark: 'degraded',
    word: t('notes.takenBack.word'),
    text: t('notes.takenBack.text', { publisher, entry, reason: reason[words.language] }),
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
