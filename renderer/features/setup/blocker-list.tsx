// What stands in the way, each with what to do about it, in words.
import type { ReactNode } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useFailureText } from '../../console/failure-text.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

type BlockersProps = {
  readonly blockers: readonly Failure[]
  /** What can be done about one right there. */
  readonly actOf?: (blocker: Failure) => ReactNode
}

export function BlockerList({ blockers, actOf }: BlockersProps) {
  return (
    <div className="su-blockers">
      {blockers.map((blocker) => (
        <Blocker key={JSON.stringify(blocker)} blocker={blocker} act={actOf?.(blocker)} />
      ))}
    </div>
  )
}

function Blocker({ blocker, act }: { readonly blocker: Failure; readonly act: ReactNode }) {
  const { what, next } = useFailureText(blocker)
  return (
    <div className="su-blocker" data-kind={blocker.kind}>
      <VerdictMark state="degraded" word={what} />
      <p>{next}</p>
      {act}
    </div>
  )
}
