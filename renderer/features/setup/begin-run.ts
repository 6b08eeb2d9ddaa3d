// The one press that changes an appliance: hands the approved plan to the console and waits until its run has
// begun. The run then belongs to the console; whoever wants to see it follows it, and nobody begins it twice.
import type { Target } from '../../../shared/contract/contract.ts'
import { termsName } from '../../../shared/domain/licence-terms.ts'
import { isSetUp, type Plan } from '../../../shared/domain/plan.ts'
import { newPrivileges } from '../../../shared/domain/privilege.ts'
import { localAddressText } from '../../../shared/domain/service-address.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Begin, useBegin } from '../../console/use-begin.ts'
import type { Approval } from './approve-act.tsx'

type ToBegin = { readonly target: Target; readonly plan: Plan; readonly onBegun: (planId: string) => void }

export function useBeginRun({ target, plan, onBegun }: ToBegin): Begin<[Approval]> {
  const planId = plan.id
  const { product } = useConsole()
  return useBegin(
    'setup.apply',
    ({ typedHost, evenIfBusy, takesOver }: Approval) =>
      plan.purpose.act === 'uninstall'
        ? product.upkeep.uninstall({ planId, target, typedHost, takesOver })
        : product.setup.apply({
            planId,
            target,
            evenIfBusy,
            takesOver,
            accepts: plan.licences?.map(termsName),
            opens: plan.openings?.map(localAddressText),
            ...(isSetUp(plan) && plan.purpose.expired && { acceptsExpired: true as const }),
            privileges: plan.privileges && newPrivileges(plan.privileges),
          }),
    () => onBegun(planId),
  )
}
