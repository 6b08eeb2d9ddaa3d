// `rackside certificate`: the site's own certificate for what an appliance publishes, from two files; or a new one of the
// appliance's own.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretText } from '../../console-host/secret-file.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { carryOut } from './carry-out.ts'
import { flat, type VerbWork } from './work.ts'

const mostBytes = 100_000

export async function certificate(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  if (invocation.renews) return renew(work, target)
  const { certificate: file = '', key: keyFile = '' } = invocation
  const read = readPlainText(resolve(file), { follow: true, mostBytes })
  if ('problem' in read) {
    const detail = evidence(`${resolve(file)}: ${read.why}`, 300)
    return fail({ kind: 'certificate-unusable', problem: 'no-certificate', detail })
  }
  const key = readSecretText(keyFile)
  if (!key.ok) return key
  const offered = await flat('desk.offerCertificateKey', client.desk.offerCertificateKey({ privateKey: key.value }))
  if (!offered.ok) return offered
  const { credentialId } = offered.value
  const given = await flat(
    'upkeep.giveCertificate',
    client.product.upkeep.giveCertificate({ target, certificate: read.read, credentialId }),
  )
  if (!given.ok) return given
  terminal.say(words.upkeep.certificateGiven(given.value.validUntil))
  terminal.result(given.value)
  return ok(0)
}

async function renew(work: VerbWork, target: Target): Promise<Result<number>> {
  const { deployment } = work.invocation
  const { upkeep } = work.client.product
  const wish = deployment === undefined ? {} : { deployment }
  const made = await flat('upkeep.planRenewal', upkeep.planRenewal({ target, ...wish }))
  return made.ok ? carryOut(work, target, made.value) : made
}
