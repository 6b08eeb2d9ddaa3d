// The verdict line of a card: mark, word, since when, reason.
import { useTranslation } from 'react-i18next'
import type { AcceleratorTrouble } from '../../../shared/domain/accelerator-trouble.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { troublesText, verdictReasonText } from '../../../shared/words/verdict-text.ts'
import type { Language, Words } from '../../../shared/words/words.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { purposeText } from '../../console/purpose-text.ts'
import { sentenceOf } from '../../console/sentence.ts'
import { Lasting, useClockText } from '../../console/verdict-time.tsx'
import { Age } from '../../ui/age.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { type CardState, markOf } from './card-state.ts'

export type CardVerdictProps = {
  readonly card: CardState
  /** When this window last had an answer of the appliance; undefined: never. */
  readonly reachedAtMs: number | undefined
}

export function CardVerdict({ card, reachedAtMs }: CardVerdictProps) {
  const { t } = useTranslation()
  const words = useWords()
  const state = markOf(card)
  if (card.says === 'looking') {
    return (
      <VerdictMark state={state} word={t('fleet.lookingWord')}>
        {t('fleet.lookingReason')}
      </VerdictMark>
    )
  }
  if (card.says === 'setting-up') {
    return (
      <VerdictMark state={state} word={t('fleet.settingUpWord')}>
        {t('fleet.settingUpReason', { what: purposeText(t, card.run.purpose) })}
      </VerdictMark>
    )
  }
  if (card.says === 'empty') {
    return (
      <VerdictMark state={state} word={t('fleet.emptyWord')}>
        {t('fleet.emptyReason')} <Hardware troubles={card.troubles} />
      </VerdictMark>
    )
  }
  if (card.says === 'failure') return <FailedLook card={card} reachedAtMs={reachedAtMs} />
  if (card.says === 'stale') return <StaleLook card={card} />
  return (
    <VerdictMark state={state} word={words.verdicts[card.verdict.state]}>
      <Reason verdict={card.verdict} />{' '}
      <span className="rs-muted">
        <Lasting since={card.verdict.since} say={(span) => t('fleet.lasting', { span })} />
      </span>
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
  const unwell = verdict.deployments.find(({ state }) => state !== 'healthy')
  if (verdict.reason !== 'a-deployment-is-not-healthy' || unwell === undefined) return undefined
  return words.cli.pair(unwell.deployment, sentenceOf(words.verdictReasons[unwell.reason], language))
}

function Hardware({ troubles = [] }: { readonly troubles: readonly AcceleratorTrouble[] | undefined }) {
  const words = useWords()
  const language = useLanguage()
  const said = troublesText(troubles, words)
  return said === undefined ? null : sentenceOf(said, language)
}

type FailedProps = { readonly card: CardState & { says: 'failure' }; readonly reachedAtMs: number | undefined }

function FailedLook({ card, reachedAtMs }: FailedProps) {
  const { t } = useTranslation()
  const words = useWords()
  const clockText = useClockText()
  const { what } = useFailureText(card.failure)
  return (
    <VerdictMark state="unknown" word={words.verdicts.unknown}>
      {what}{' '}
      {reachedAtMs === undefined ? null : (
        <span className="rs-muted">{t('fleet.lastReached', { time: clockText(reachedAtMs) })}</span>
      )}
    </VerdictMark>
  )
}

function StaleLook({ card }: { readonly card: CardState & { says: 'stale' } }) {
  const { t } = useTranslation()
  const words = useWords()
  const clockText = useClockText()
  const { what } = useFailureText(card.failure ?? { kind: 'console-lost' })
  const was = words.verdicts[card.verdict.state]
  return (
    <VerdictMark state="stale" word={words.verdicts.stale}>
      {what}{' '}
      <span className="rs-muted">
        {card.failure === undefined ? (
          <>
            {words.cli.pair(t('fleet.lastSeen'), was)} <Age atMs={card.atMs} />
          </>
        ) : (
          words.cli.pair(t('fleet.lastReached', { time: clockText(card.atMs) }), was)
        )}
      </span>
    </VerdictMark>
  )
}
