// What a plan takes over from somebody else, or from nobody who is known, and what runs on although it was taken back.
import type { Plan } from '../../../shared/domain/plan.ts'
import { takenBackParts, takeoverText } from '../../../shared/words/whose-text.ts'
import { useWords } from '../../console/console-context.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

export function WhoseNotes({ plan: { takeovers = [], takenBack = [] } }: { readonly plan: Plan }) {
  const words = useWords()
  const said = [
    ...takeovers.map((one) => ({ what: takeoverText(one, words), why: '' })),
    ...takenBack.map((one) => {
      const { what, why } = takenBackParts(one, words)
      return { what: words.cli.pair(one.deployment, what), why }
    }),
  ]
  return said.map(({ what, why }) => (
    <div className="su-said" key={what} data-testid="whose">
      <VerdictMark state="degraded" word={what}>
        {why}
      </VerdictMark>
    </div>
  ))
}
