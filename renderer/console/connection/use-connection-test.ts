// A test of the way to an appliance, as this window hears it: each step once, when it is done.
import { useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { ConnectStep } from '../../../shared/domain/connect-step.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole } from '../console-context.tsx'
import { useStream } from '../use-stream.ts'

export type ConnectionTest = {
  readonly steps: readonly ConnectStep[]
  readonly going: boolean
  /** The test itself broke, or could not begin. */
  readonly failure: Failure | undefined
  readonly again: () => void
}

type State = { readonly round: number; readonly steps: readonly ConnectStep[]; readonly going: boolean }

const atFirst: State = { round: 0, steps: [], going: true }

/** `onFailed`: of the step that failed, where one did. */
export function useConnectionTest(target: Target, onFailed?: (failure: Failure) => void): ConnectionTest {
  const { product } = useConsole()
  const [state, setState] = useState(atFirst)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  useStream({
    name: state.going ? `connect.test ${state.round}` : undefined,
    open: (signal) => {
      // Opened again after a lost link it begins anew.
      setState((now) => ({ ...now, steps: [] }))
      return product.connect.test({ target }, { signal })
    },
    onItem: (step) => {
      setState((now) => ({ ...now, steps: [...now.steps, step] }))
      if (step.state === 'failed') onFailed?.(step.failure)
    },
    onEnd: (broken) => {
      setState((now) => ({ ...now, going: false }))
      setFailure(broken)
    },
  })
  const again = () => {
    setFailure(undefined)
    setState(({ round }) => ({ round: round + 1, steps: [], going: true }))
  }
  return { steps: state.steps, going: state.going, failure, again }
}
