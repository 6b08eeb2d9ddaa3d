// A verdict with whose its deployments are, what of them was taken back, which terms were accepted for them, and who still
// comes in with a password that everybody knows. It says how they are as before: nothing stops because of it.
import { containerName } from '../../../shared/apply/container-run.ts'
import { heldParts } from '../../../shared/apply/held-parts.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { takenBackIn } from '../../../shared/plan/taken-back.ts'
import { publisherOf } from '../../../shared/plan/whose.ts'
import { stillPublished } from '../../../shared/verify/published-sign-in.ts'
import type { Core } from '../context.ts'

export function withOrigins(core: Core, facts: Facts, proven: Result<ApplianceVerdict>): Result<ApplianceVerdict> {
  if (!proven.ok) return proven
  const trust = core.state.trust.read()
  if (!trust.ok) return trust
  const back = takenBackIn(facts, trust.value.publishers)
  const published = stillPublished(facts)
  const held = heldParts(facts)
  const deployments = proven.value.deployments.map((one) => {
    const user = published.find(({ deployment }) => deployment === one.deployment)?.user
    const own = back.filter(({ deployment }) => deployment === one.deployment)
    const waiting = held.flatMap(({ part, of }) => (of === one.deployment ? [part] : []))
    return {
      ...{ ...one, ...originIn(facts, one) },
      ...(own.length > 0 && { takenBack: own.map(withoutDeployment) }),
      ...(waiting.length > 0 && { held: waiting }),
      ...(user !== undefined && { publishedUser: user }),
    }
  })
  return ok({ ...proven.value, deployments })
}

type Origin = Pick<DeploymentVerdict, 'publisher' | 'accepted'>

/** A record of another version says nothing of this one, and a part nothing that its service does not say. */
function originIn(facts: Facts, { deployment, entry, version, partOf }: DeploymentVerdict): Origin {
  const container = valueOr(facts.containers, []).find(({ name }) => name === containerName(deployment))
  const publisher = container && publisherOf(container)
  const record = valueOr(facts.deployments, []).find((one) => one.deployment === deployment)
  const accepted =
    partOf === undefined && record?.entry === entry && record.version === version ? record.origin?.accepted : undefined
  return { ...(publisher !== undefined && { publisher }), ...(accepted !== undefined && { accepted }) }
}

function withoutDeployment({ deployment: _, ...rest }: ReturnType<typeof takenBackIn>[number]) {
  return rest
}
