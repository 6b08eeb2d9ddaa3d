// The certificate of a way in, made anew before it ends: which one is meant, and the plan of it. One that the site gave is
// not made here, and whoever asks is told who brings it.
import type { Target } from '../../../shared/contract/contract.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { type ServedCertificate, servedCertificates } from '../../../shared/domain/served-certificate.ts'
import { renewalOf } from '../../../shared/plan/renew-certificate.ts'
import type { Core } from '../context.ts'
import { unusable } from './check-certificate.ts'
import { renewalFrom } from './plan-now.ts'
import { withLook } from './with-look.ts'

type Asked = { readonly target: Target; readonly deployment?: string | undefined }

export function planRenewal(core: Core, { target, deployment }: Asked): Promise<Result<Plan>> {
  return withLook(core, target, async ({ facts, address }, connection) => {
    const { certificates } = facts
    if (certificates?.state === 'unreadable') {
      return fail({ kind: 'facts-unreadable', detail: evidence(certificates.why, 300) })
    }
    const meant = certificateMeant(servedCertificates(facts), deployment)
    if (!meant.ok) return meant
    const plan = await renewalFrom(core, { connection, facts }, renewalOf(meant.value), { address })
    if (!plan.ok) return plan
    const saved = core.state.savePlan(plan.value)
    return saved.ok ? plan : saved
  })
}

/** Where none is named the one that ends first, of those that can be made here. */
function certificateMeant(
  served: readonly ServedCertificate[],
  deployment: string | undefined,
): Result<ServedCertificate> {
  const asked = served.filter((one) => deployment === undefined || one.deployment === deployment)
  const found = asked.find(({ by }) => by === 'appliance')
  if (found !== undefined) return ok(found)
  const [given] = asked
  return given === undefined ? unusable('nothing-published', deployment) : unusable('of-the-site', given.until)
}
