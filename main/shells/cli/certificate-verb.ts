// `rackside certificate`: the site's own certificate for what an appliance publishes, from two files.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretText } from '../../console-host/secret-file.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { flat, type VerbWork } from './work.ts'

const mostBytes = 100_000

export async function certificate(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
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
