// What a plan takes over from somebody else, or from nobody who is known, and what runs on although it was taken back.
import type { PlanTakeover } from '../../shared/domain/ownership.ts'
import type { TakenBack } from '../../shared/domain/taken-back.ts'
import { takenBackParts, takeoverText } from '../../shared/words/whose-text.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { useWords } from './console-context.tsx'

/** `names`: the appliances that it is about, where there are several. */
type Of<T> = T & { readonly names?: readonly string[] }
type WhoseProps = {
  readonly takeovers?: readonly Of<PlanTakeover>[] | undefined
  readonly takenBack?: readonly Of<TakenBack>[] | undefined
}

export function WhoseNotes({ takeovers = [], takenBack = [] }: WhoseProps) {
  const words = useWords()
  const of = (names: readonly string[] | undefined, what: string) =>
    names === undefined ? what : words.cli.pair(words.cli.list(names), what)
  const said = [
    ...takeovers.map((one) => ({ what: of(one.names, takeoverText(one, words)), why: '' })),
    ...takenBack.map((one) => {
      const { what, why } = takenBackParts(one, words)
      return { what: of(one.names, words.cli.pair(one.deployment, what)), why }
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
