// What of a bundle runs on the appliance as root in its own words, shown word for word: whoever approves the plan
// approves exactly these.
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../../shared/domain/plan.ts'
import { rootActOf } from '../../../shared/domain/root-act.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { endedSentence } from '../../console/sentence.ts'

export function RootWords({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const acts = plan.steps.flatMap((step) => {
    const act = rootActOf(step)
    return act === undefined ? [] : [{ ...act, what: stepText(step, words) }]
  })
  if (acts.length === 0) return null
  return (
    <section className="su-part" data-testid="root-words">
      <h2>{t('setup.review.rootWords')}</h2>
      <p className="su-note">{t('setup.review.rootWordsNote')}</p>
      {acts.map((act) => (
        <div className="rs-copy" key={act.step}>
          <p>{endedSentence(words.cli.pair(act.what, words.cli.runsAsRoot[act.kind]), language)}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long texts are scrolled with the keyboard too */}
          <pre className="rs-code" tabIndex={0}>
            {act.words.trimEnd()}
          </pre>
        </div>
      ))}
    </section>
  )
}
