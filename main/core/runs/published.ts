// What the local network reaches of an appliance: its running ingresses, and their certificates as they lie there.
import { X509Certificate } from 'node:crypto'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Published } from '../../../shared/domain/published.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import { ingressesIn } from '../../../shared/domain/served-certificate.ts'
import { certificateFolder } from '../../../shared/domain/service-file.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

export async function listPublished(core: Core, target: Target): Promise<Result<Published[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    return facts.ok ? publishedOn(connection, facts.value) : facts
  })
}

async function publishedOn(connection: Connection, facts: Facts): Promise<Result<Published[]>> {
  const all: Published[] = []
  for (const proof of ingressesIn(facts)) {
    const { deployment, at, sites } = proof
    const read = await readCertificates(connection, proof)
    if (!read.ok) return read
    all.push({ deployment, at, sites: [...sites], ...read.value })
  }
  return ok(all)
}

type Certificates = Pick<Published, 'authority' | 'fingerprint' | 'validUntil'>

type Ingress = Pick<Published, 'deployment' | 'at'>

async function readCertificates(connection: Connection, { deployment, at }: Ingress): Promise<Result<Certificates>> {
  const folder = quoteWord(certificateFolder(deployment, at))
  const text = `${scriptHead({ block: 'certificates' })}cd ${folder} && cat ca.crt server.crt &&
[ "$(cat given 2>/dev/null)" != "$(sha256sum <server.crt | cut -c 1-64)" ] || echo given`
  const run = await connection.run({ name: 'certificates', text }, { as: 'root', deadlineSeconds: 15 })
  if (!run.ok) return run
  const { stdout, stderr } = run.value
  const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,8000}-----END CERTIFICATE-----/g
  const [authority, own] = stdout.match(pem) ?? []
  try {
    if (authority === undefined || own === undefined) throw new Error(stderr === '' ? stdout : stderr)
    const validUntil = new Date(new X509Certificate(own).validTo).toISOString()
    if (stdout.trimEnd().endsWith('given')) {
      return ok({ fingerprint: new X509Certificate(own).fingerprint256, validUntil })
    }
    const { fingerprint256 } = new X509Certificate(authority)
    return ok({ authority: `${authority}\n`, fingerprint: fingerprint256, validUntil })
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    return fail({ kind: 'facts-unreadable', detail: evidence(`certificates of ${deployment}: ${why}`, 300) })
  }
}
