// What of a bundle runs on an appliance as root in its own words, shown word for word: whoever approves a plan
// approves exactly these.
import { useTranslation } from 'react-i18next'
import type { PlanStep } from '../../shared/domain/plan.ts'
import { rootActOf } from '../../shared/domain/root-act.ts'
import { stepText } from '../../shared/words/language.ts'
import { CodeText } from '../ui/code-text.tsx'
import { useLanguage, useWords } from './console-context.tsx'
import { endedSentence } from './sentence.ts'

export type RootWordsProps = {
  readonly steps: readonly PlanStep[]
  /** Where the words of a step run, of a plan for several appliances. */
  readonly where?: (step: PlanStep) => string
  /** The look of this part on its page. */
  readonly className?: string
}

export function RootWords({ steps, where, className }: RootWordsProps) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const shown = steps.flatMap((step) => {
    const act = rootActOf(step)
    return act === undefined ? [] : [{ step, act }]
  })
  if (shown.length === 0) return null
  return (
    <section className={className} data-testid="root-words">
      <h2>{t('setup.review.rootWords')}</h2>
      <p>{t('setup.review.rootWordsNote')}</p>
      {shown.map(({ step, act }) => (
        <div className="rs-copy" key={`${step.id} ${act.words}`}>
          <p>{endedSentence(words.cli.pair(stepText(step, words), words.cli.runsAsRoot[act.kind]), language)}</p>
          {where === undefined ? null : <p className="rs-muted">{where(step)}</p>}
          <CodeText>{act.words.trimEnd()}</CodeText>
        </div>
      ))}
    </section>
  )
}
