// The last rung of an ingress: each of its apps is reached by TLS at the address where people reach it, with the
// certificate that they are given. One that is guarded lets nobody in without the password, and whoever has it.
import type { Connection } from '../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../shared/domain/deployment.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteSecrets } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { localAddressText, publishedUrl } from '../../shared/domain/service-address.ts'
import { certificateFolder } from '../../shared/domain/service-file.ts'
import type { Look } from './look.ts'

type IngressProof = Extract<DeploymentProof, { serves: 'ingress' }>

const secondsEach = 10

/** An app may ask for a login, or lead elsewhere: it is reached all the same. */
export async function lookAtPublished(connection: Connection, proof: IngressProof): Promise<Look> {
  const { at, sites } = proof
  const text = `${scriptHead({ block: 'published' })}command -v curl >/dev/null || { echo 'curl is not installed'; exit 1; }
${asking(proof)}
${sites.flatMap((site) => questionsOf(site, proof)).join('\n')}
`
  const deadlineSeconds = 15 + sites.length * 2 * secondsEach
  const run = await connection.run({ name: 'published', text }, { as: 'root', deadlineSeconds })
  if (!run.ok) return { passed: false, detail: JSON.stringify(run.failure) }
  const { exitCode, stdout } = run.value
  const passed = exitCode === 0
  return { passed, detail: passed ? `${sites.length} of ${sites.length} at ${localAddressText(at)}` : stdout }
}

/** The name of the address may be known to the site's own name server only. */
function asking({ deployment, at }: IngressProof): string {
  const resolve =
    at.name === undefined ? '' : `--resolve ${quoteWord(`${at.name}:${at.port}:${bracketed(at.address)}`)} `
  return `cd ${quoteWord(certificateFolder(deployment, at))} || exit 1
trusted=$PWD/ca.crt
# Whose authority is not here is trusted as it is.
[ "$(cat given 2>/dev/null)" != "$(sha256sum <server.crt | cut -c 1-64)" ] || trusted=$PWD/server.crt
ask() {
  status=$(curl --silent --show-error --noproxy '*' --max-time ${secondsEach} ${resolve}--cacert "$trusted" --output /dev/null --write-out '%{http_code}' "$@" 2>&1)
}
complain() { printf '%s answers %s%s\\n' "$1" "$status" "$2"; exit 1; }`
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

function questionsOf({ at: path, guarded }: IngressProof['sites'][number], proof: IngressProof): string[] {
  const url = quoteWord(publishedUrl(proof.at, path))
  const { guard, deployment } = proof
  if (guarded !== true || guard === undefined) {
    return [`ask ${url}; case $status in 2?? | 3?? | 401 | 403) ;; *) complain ${url} '' ;; esac`]
  }
  // The password goes by standard input: words of a process are seen by everybody.
  const folder = quoteWord(`${remoteSecrets}/${deployment}`)
  return [
    `ask ${url}; [ "$status" = 401 ] || complain ${url} ' without the password'`,
    `cd ${folder} && newest=$(ls ${quoteWord(guard.secret)}.* | sort -t . -k 2 -n | tail -n 1) || exit 1`,
    `ask --config - ${url} <<GUARD
user = "${guard.user}:$(cat "$newest")"
GUARD
case $status in 2?? | 3??) ;; *) complain ${url} ' with the password' ;; esac`,
  ]
}
