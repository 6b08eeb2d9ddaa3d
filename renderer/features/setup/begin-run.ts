// The one press that changes an appliance: hands the approved plan to the console and waits until its run has
// begun. The run then belongs to the console; whoever wants to see it follows it, and nobody begins it twice.
import { useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { useConsole } from '../../console/console-context.tsx'
import { failureOfError } from '../../console/received.ts'
import type { Approval } from './approve-act.tsx'

export type Beginning = {
  readonly beginning: boolean
  readonly failure: Failure | undefined
  readonly begin: (approval: Approval) => void
}

type ToBegin = { readonly target: Target; readonly plan: Plan; readonly onBegun: (planId: string) => void }

export function useBeginRun({ target, plan, onBegun }: ToBegin): Beginning {
  const planId = plan.id
  const { product } = useConsole()
  const [state, setState] = useState<{ readonly beginning: boolean; readonly failure?: Failure }>({ beginning: false })
  const begin = async ({ typedHost, evenIfBusy, takesOver }: Approval) => {
    if (state.beginning) return
    setState({ beginning: true })
    try {
      // Its first event is the sign that the run exists; leaving the stream stops nothing.
      const events =
        plan.purpose.act === 'uninstall'
          ? product.upkeep.uninstall({ planId, target, typedHost, takesOver })
          : product.setup.apply({ planId, target, evenIfBusy, takesOver })
      for await (const _ of await events) {
        onBegun(planId)
        return
      }
      setState({ beginning: false, failure: { kind: 'console-lost' } })
    } catch (error) {
      setState({ beginning: false, failure: failureOfError('setup.apply', error) })
    }
  }
  return { beginning: state.beginning, failure: state.failure, begin: (approval) => void begin(approval) }
}
