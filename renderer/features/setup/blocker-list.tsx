// What stands in the way, each with what to do about it, in words.
import type { Failure } from '../../../shared/domain/failure.ts'
import { useFailureText } from '../../console/failure-text.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

export function BlockerList({ blockers }: { readonly blockers: readonly Failure[] }) {
  return (
    <div className="su-blockers">
      {blockers.map((blocker) => (
        <Blocker key={JSON.stringify(blocker)} blocker={blocker} />
      ))}
    </div>
  )
}

function Blocker({ blocker }: { readonly blocker: Failure }) {
  const { what, next } = useFailureText(blocker)
  return (
    <div className="su-blocker" data-kind={blocker.kind}>
      <VerdictMark state="degraded" word={what} />
      <p>{next}</p>
    </div>
  )
}
