// The verdict line of a card: mark, word, since when, reason.
import { useTranslation } from 'react-i18next'
import type { AcceleratorTrouble } from '../../../shared/domain/accelerator-trouble.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { troublesText, verdictReasonText } from '../../../shared/words/verdict-text.ts'
import type { Language, Words } from '../../../shared/words/words.ts'
import { type Condition, isEmpty, whyOf } from '../../console/condition.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { purposeText } from '../../console/purpose-text.ts'
import { sentenceOf } from '../../console/sentence.ts'
import { Lasting, useClockText } from '../../console/verdict-time.tsx'
import { Age } from '../../ui/age.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { markOf } from './card-kind.ts'

export type CardVerdictProps = {
  readonly condition: Condition
  /** When this window last had an answer of the appliance; undefined: never. */
  readonly reachedAtMs: number | undefined
}

export function CardVerdict({ condition, reachedAtMs }: CardVerdictProps) {
  const { t } = useTranslation()
  const state = markOf(condition)
  switch (condition.is) {
    case 'looking':
      return (
        <VerdictMark state={state} word={t('fleet.lookingWord')}>
          {t('fleet.lookingReason')}
        </VerdictMark>
      )
    case 'setting-up':
      return (
        <VerdictMark state={state} word={t('fleet.settingUpWord')}>
          {t('fleet.settingUpReason', { what: purposeText(t, condition.run.purpose) })}
        </VerdictMark>
      )
    case 'unreachable':
      return <FailedLook failure={condition.failure} reachedAtMs={reachedAtMs} />
    case 'old':
      return <StaleLook look={condition} />
    case 'seen':
      return isEmpty(condition) ? (
        <VerdictMark state={state} word={t('fleet.emptyWord')}>
          {t('fleet.emptyReason')} <Hardware troubles={condition.verdict.accelerators} />
        </VerdictMark>
      ) : (
        <>
          <Seen verdict={condition.verdict} />
          <TakenBack verdict={condition.verdict} />
        </>
      )
  }
}

function Seen({ verdict }: { readonly verdict: ApplianceVerdict }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <VerdictMark state={verdict.state} word={words.verdicts[verdict.state]}>
      <Reason verdict={verdict} />{' '}
      <span className="rs-muted">
        <Lasting since={verdict.since} say={(span) => t('fleet.lasting', { span })} />
      </span>
    </VerdictMark>
  )
}

/** Names alone: the page of the appliance says why, and what to do. */
function TakenBack({ verdict }: { readonly verdict: ApplianceVerdict }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const names = verdict.deployments.flatMap(({ deployment, takenBack }) =>
    takenBack === undefined ? [] : [deployment],
  )
  if (names.length === 0) return null
  return (
    <VerdictMark state="degraded" word={t('fleet.takenBackWord')}>
      {cli.list(names)}
    </VerdictMark>
  )
}

function Reason({ verdict }: { readonly verdict: ApplianceVerdict }) {
  const words = useWords()
  const language = useLanguage()
  const unwell = unwellText(verdict, words, language)
  if (unwell === undefined) return <>{sentenceOf(verdictReasonText(verdict, words), language)}</>
  return (
    <>
      {unwell} <Hardware troubles={verdict.accelerators} />
    </>
  )
}

/** Where one of several deployments is not well, that one is named. */
function unwellText(verdict: ApplianceVerdict, words: Words, language: Language): string | undefined {
  const why = whyOf(verdict)
  return why && words.cli.pair(why.deployment, sentenceOf(words.verdictReasons[why.reason], language))
}

function Hardware({ troubles = [] }: { readonly troubles: readonly AcceleratorTrouble[] | undefined }) {
  const words = useWords()
  const language = useLanguage()
  const said = troublesText(troubles, words)
  return said === undefined ? null : sentenceOf(said, language)
}

type FailedProps = { readonly failure: Failure; readonly reachedAtMs: number | undefined }

function FailedLook({ failure, reachedAtMs }: FailedProps) {
  const { t } = useTranslation()
  const words = useWords()
  const clockText = useClockText()
  const { what } = useFailureText(failure)
  return (
    <VerdictMark state="unknown" word={words.verdicts.unknown}>
      {what}{' '}
      {reachedAtMs === undefined ? null : (
        <span className="rs-muted">{t('fleet.lastReached', { time: clockText(reachedAtMs) })}</span>
      )}
    </VerdictMark>
  )
}

function StaleLook({ look }: { readonly look: Extract<Condition, { is: 'old' }> }) {
  const { t } = useTranslation()
  const words = useWords()
  const clockText = useClockText()
  const { what } = useFailureText(look.failure ?? { kind: 'console-lost' })
  const was = words.verdicts[look.verdict.state]
  return (
    <VerdictMark state="stale" word={words.verdicts.stale}>
      {what}{' '}
      <span className="rs-muted">
        {look.failure === undefined ? (
          <>
            {words.cli.pair(t('fleet.lastSeen'), was)} <Age atMs={look.atMs} />
          </>
        ) : (
          words.cli.pair(t('fleet.lastReached', { time: clockText(look.atMs) }), was)
        )}
      </span>
    </VerdictMark>
  )
}
