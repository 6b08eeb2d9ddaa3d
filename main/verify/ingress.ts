// The last rung of an ingress: each of its apps is reached by TLS at the address where people reach it, with the
// certificate that they are given.
import type { Connection } from '../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../shared/domain/deployment.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { localAddressText } from '../../shared/domain/service-address.ts'
import { certificateFolder } from '../../shared/domain/service-file.ts'
import type { Look } from './look.ts'

type IngressProof = Extract<DeploymentProof, { serves: 'ingress' }>

const secondsEach = 10

/** An app may ask for a login, or lead elsewhere: it is reached all the same. */
export async function lookAtPublished(connection: Connection, { deployment, at, sites }: IngressProof): Promise<Look> {
  const paths = sites.map((one) => one.at)
  const asked = paths.map((path) => `ask ${quoteWord(`https://${localAddressText(at)}${path}`)}`)
  const authority = quoteWord(`${certificateFolder(deployment, at.address)}/ca.crt`)
  const text = `${scriptHead({ block: 'published' })}command -v curl >/dev/null || { echo 'curl is not installed'; exit 1; }
ask() {
  status=$(curl --silent --show-error --noproxy '*' --max-time ${secondsEach} --cacert ${authority} --output /dev/null --write-out '%{http_code}' "$1" 2>&1)
  case $status in 2?? | 3?? | 401 | 403) return 0 ;; esac
  printf '%s answers %s\\n' "$1" "$status"
  exit 1
}
${asked.join('\n')}
`
  const deadlineSeconds = 15 + paths.length * secondsEach
  const run = await connection.run({ name: 'published', text }, { as: 'root', deadlineSeconds })
  if (!run.ok) return { passed: false, detail: JSON.stringify(run.failure) }
  const { exitCode, stdout } = run.value
  const passed = exitCode === 0
  return { passed, detail: passed ? `${paths.length} of ${paths.length} at ${localAddressText(at)}` : stdout }
}
