// A step of the setup that failed: in place of its question. A host key that changed also opens its dialog,
// since nothing else may be done on that screen before it was read.
import { useState } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import { FailureDialog } from '../../console/failure-dialog.tsx'
import { type FailureAct, FailureNote } from '../../console/failure-note.tsx'
import { isKeyFailure } from '../../console/host-key-body.tsx'

export type StepFailureProps = {
  readonly failure: Failure
  readonly onRetry?: () => void
  readonly onLogIn?: () => void
  readonly acts?: readonly FailureAct[]
}

export function StepFailure({ failure, ...acts }: StepFailureProps) {
  const [read, setRead] = useState(false)
  const keyFailure = isKeyFailure(failure)
  return (
    <>
      <FailureNote failure={failure} {...acts} />
      {keyFailure ? (
        <FailureDialog failure={read ? undefined : failure} onClose={() => setRead(true)} onRetry={acts.onRetry} />
      ) : null}
    </>
  )
}
