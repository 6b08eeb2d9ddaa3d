// The first line of the page: is it well, and why, and as of when.
import { useTranslation } from 'react-i18next'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { isOfHardware, troublesText, verdictReasonText } from '../../../shared/words/verdict-text.ts'
import { type Condition, isEmpty, whyOf } from '../../console/condition.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { purposeText } from '../../console/purpose-text.ts'
import { endedSentence, sentenceOf } from '../../console/sentence.ts'
import { Lasting, useClockText } from '../../console/verdict-time.tsx'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

export type ConditionLineProps = {
  readonly condition: Condition
  /** When this window last had an answer of the appliance; undefined: never. */
  readonly reachedAtMs: number | undefined
}

export function ConditionLine(props: ConditionLineProps) {
  return (
    <div className="rs-condition" data-testid="condition">
      <Words {...props} />
    </div>
  )
}

function Words({ condition, reachedAtMs }: ConditionLineProps) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const clockText = useClockText()
  switch (condition.is) {
    case 'looking':
      return (
        <VerdictMark state="working" size={20} word={t('appliance.looking')}>
          {t('appliance.lookingReason')}
        </VerdictMark>
      )
    case 'setting-up':
      return (
        <VerdictMark state="working" size={20} word={t('appliance.settingUp')}>
          {t('appliance.settingUpReason', { what: purposeText(t, condition.run.purpose) })}
        </VerdictMark>
      )
    case 'unreachable':
      return (
        <VerdictMark state="unknown" size={20} word={words.verdicts.unknown}>
          {sentenceOf(words.verdictReasons['cannot-look'], language)}{' '}
          {reachedAtMs === undefined ? null : (
            <span className="rs-muted">{t('appliance.lastReached', { time: clockText(reachedAtMs) })}</span>
          )}
        </VerdictMark>
      )
    case 'old':
      return (
        <VerdictMark state="stale" size={20} word={words.verdicts.stale}>
          <span className="rs-muted">
            <AgeIn label={t('appliance.lastKnown', inPlace)} atMs={condition.atMs} />
            {t('appliance.lastKnownState', { state: words.verdicts[condition.verdict.state] })}
            {condition.failure === undefined || reachedAtMs === undefined ? null : (
              <> {t('appliance.lastReached', { time: clockText(reachedAtMs) })}</>
            )}
          </span>
        </VerdictMark>
      )
    case 'seen': {
      const { verdict, atMs } = condition
      const empty = isEmpty(condition)
      return (
        <VerdictMark
          state={empty ? 'unknown' : verdict.state}
          size={20}
          word={empty ? t('appliance.empty') : words.verdicts[verdict.state]}
        >
          <Reason verdict={verdict} />{' '}
          <span className="rs-muted">
            {empty ? null : <Lasting since={verdict.since} say={(span) => `${t('appliance.lasting', { span })} · `} />}
            <span className="rs-whole">
              <AgeIn label={t('appliance.lookedAt', inPlace)} atMs={atMs} />
            </span>
          </span>
        </VerdictMark>
      )
    }
  }
}

/** Of one deployment by name, where one is to blame. */
function Reason({ verdict }: { readonly verdict: ApplianceVerdict }) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const why = whyOf(verdict)
  const hardware = troublesText(verdict.accelerators ?? [], words)
  if (why === undefined) return <WholeReason verdict={verdict} />
  const said = t('appliance.why', { deployment: why.deployment, reason: words.verdictReasons[why.reason] })
  // A deployment's name begins it, and keeps its small letter.
  return (
    <>
      {endedSentence(why.others === 0 ? said : t('appliance.whyMore', { said, count: why.others }), language)}{' '}
      {hardware === undefined ? null : sentenceOf(hardware, language)}
    </>
  )
}

/** Of the appliance itself; what is wrong with its hardware is a sentence of its own beside another reason. */
function WholeReason({ verdict }: { readonly verdict: ApplianceVerdict }) {
  const words = useWords()
  const language = useLanguage()
  if (isOfHardware(verdict)) return <>{sentenceOf(verdictReasonText(verdict, words), language)}</>
  const hardware = troublesText(verdict.accelerators ?? [], words)
  return (
    <>
      {sentenceOf(words.verdictReasons[verdict.reason], language)}{' '}
      {hardware === undefined ? null : sentenceOf(hardware, language)}
    </>
  )
}
