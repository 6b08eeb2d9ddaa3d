// A certificate of the site's own authority for what an appliance publishes: checked here, put there in the place of the
// one that the appliance made, and read by the service that uses it. Its key goes by standard input and into one file.
import { giveCertificate } from '../../../shared/apply/certificate.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../shared/domain/deployment.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import { ingressesIn } from '../../../shared/domain/served-certificate.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'
import { type CheckedCertificate, checkCertificate, unusable } from './check-certificate.ts'

type Given = { readonly target: Target; readonly certificate: string; readonly credentialId: string }
type Ingress = Extract<DeploymentProof, { serves: 'ingress' }>

/** `validUntil`: of the certificate that is served now. */
export function giveOwnCertificate(core: Core, given: Given): Promise<Result<{ validUntil: string }>> {
  const opening = openingToChange(core, given.target)
  if (!opening.ok) return Promise.resolve(opening)
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const [ingress] = ingressesIn(facts.value)
    if (ingress === undefined) return unusable('nothing-published')
    const key = core.privateKeys.get(given.credentialId)
    if (key === undefined) return unusable('no-key')
    const checked = checkCertificate(
      { certificate: given.certificate, key: key.reveal() },
      ingress.at,
      core.tools.now(),
    )
    if (!checked.ok) return checked
    const put = await putInPlace(connection, ingress, checked.value)
    if (put.ok) core.privateKeys.delete(given.credentialId)
    return put
  })
}

async function putInPlace(
  connection: Connection,
  { deployment, at }: Ingress,
  { chain, key, validUntil }: CheckedCertificate,
): Promise<Result<{ validUntil: string }>> {
  const text = `${scriptHead({ block: 'give-certificate' })}${giveCertificate(deployment, at, chain)}`
  const run = await connection.run({ name: 'give-certificate', text }, { as: 'root', deadlineSeconds: 120, stdin: key })
  if (!run.ok) return run
  const { exitCode, stderr } = run.value
  return exitCode === 0 ? ok({ validUntil }) : unusable('not-taken', stderr)
}
