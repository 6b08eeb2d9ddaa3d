// The upper rungs of a gateway: nobody is let in without a key, the console's own key opens it, every model is listed and
// answers through it.
import type { Connection } from '../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../shared/domain/deployment.ts'
import { consumerKeyPrefix } from '../../shared/domain/entry/configuration.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteSecrets } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import type { RungName } from '../../shared/domain/verdict.ts'
import { fetchText } from './fetch-text.ts'
import { type Look, type Looking, modelIds, withBody } from './look.ts'
import { streamCompletion } from './stream-completion.ts'

export type GatewayProof = Extract<DeploymentProof, { serves: 'openai-gateway' }>
type Headers = Readonly<Record<string, string>>

const modelsPath = '/v1/models'

export async function lookAtGateway(
  name: RungName,
  connection: Connection,
  proof: GatewayProof,
  looking: Looking,
): Promise<Look> {
  if (name === 'keys') return lookAtKeys(connection, proof, looking)
  const opened = await gatewayHeaders(connection, proof)
  if (!opened.ok) return { passed: false, detail: JSON.stringify(opened.failure) }
  const headers = opened.value
  if (name === 'model-listed') return listsAll(connection, proof, { ...looking, headers })
  return answersWithAll(connection, proof, { ...looking, headers })
}

/** What is refused comes first: a gateway that lets everybody in opens with the right key too. Then each key opens. */
async function lookAtKeys(connection: Connection, proof: GatewayProof, { clock }: Looking): Promise<Look> {
  const page = { port: proof.hostPort, path: modelsPath, clock }
  for (const [who, headers] of strangers) {
    const fetched = await fetchText(connection, { ...page, headers })
    if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
    if (!refuses(fetched.value.status))
      return { passed: false, detail: `${who} it answers HTTP ${fetched.value.status}` }
    const [modelName = ''] = proof.models
    const opened = await streamCompletion(
      connection,
      { hostPort: proof.hostPort, modelName, headers },
      { clock, onText: () => undefined },
    )
    if (opened.passed) return { passed: false, detail: `${who} a model answers` }
  }
  const keys = await newestKeys(connection, proof)
  if (!keys.ok) return { passed: false, detail: JSON.stringify(keys.failure) }
  if (!keys.value.has(proof.keyName)) return { passed: false, detail: `no key ${proof.keyName} is there` }
  for (const [name, key] of keys.value) {
    const look = await withBody(connection, { ...page, headers: bearer(key) }, () => undefined)
    if (!look.passed) return { ...look, detail: `the key ${name}: ${look.detail}` }
  }
  return { passed: true, detail: `${keys.value.size} keys` }
}

const strangers: readonly [who: string, headers: Headers][] = [
  ['without a key', {}],
  ['with a wrong key', bearer('0'.repeat(64))],
]

function refuses(status: number): boolean {
  return status === 401 || status === 403
}

type WithKey = Looking & { readonly headers: Headers }

function listsAll(connection: Connection, proof: GatewayProof, { clock, headers }: WithKey): Promise<Look> {
  return withBody(connection, { port: proof.hostPort, path: modelsPath, clock, headers }, (body) => {
    const listed = modelIds(body)
    const missing = proof.models.filter((one) => !listed.includes(one))
    return missing.length === 0 ? undefined : `${missing.join(', ')} not in the model list`
  })
}

/** The figures are those of the first. */
async function answersWithAll(connection: Connection, proof: GatewayProof, looking: WithKey): Promise<Look> {
  const { headers, onText, ...rest } = looking
  let first: Look | undefined
  for (const modelName of proof.models) {
    const hear = first === undefined ? onText : () => undefined
    const look = await streamCompletion(
      connection,
      { hostPort: proof.hostPort, modelName, headers },
      { ...rest, onText: hear },
    )
    if (!look.passed) return { ...look, detail: `${modelName}: ${look.detail}` }
    first ??= look
  }
  return first ?? { passed: false, detail: 'it serves no model' }
}

function bearer(key: string): Headers {
  return { authorization: `Bearer ${key}` }
}

/** What opens it for this console. */
export async function gatewayHeaders(connection: Connection, proof: GatewayProof): Promise<Result<Headers>> {
  const keys = await newestKeys(connection, proof)
  if (!keys.ok) return keys
  const key = keys.value.get(proof.keyName)
  return key === undefined
    ? fail({ kind: 'facts-unreadable', detail: `no key ${proof.keyName} is there` })
    : ok(bearer(key))
}

/** Of each who asks the gateway; they stay in this process's memory, and in no message. */
async function newestKeys(connection: Connection, { deployment }: GatewayProof): Promise<Result<Map<string, string>>> {
  const text = `${scriptHead({ block: 'gateway-key' })}cd ${quoteWord(`${remoteSecrets}/${deployment}`)} || exit 1
for f in ${consumerKeyPrefix}*.*; do [ ! -f "$f" ] || printf '%s %s\\n' "$f" "$(cat -- "$f")"; done`
  const run = await connection.run({ name: 'gateway-key', text }, { as: 'root', deadlineSeconds: 15 })
  if (!run.ok) return run
  const { exitCode, stdout, stderr } = run.value
  if (exitCode !== 0)
    return fail({ kind: 'facts-unreadable', detail: evidence(`keys of ${deployment}: ${stderr}`, 300) })
  const newest = new Map<string, { readonly generation: number; readonly key: string }>()
  for (const line of stdout.split('\n')) {
    const [, name, generation, key] = /^([a-z0-9-]+)\.([0-9]{1,6}) ([0-9a-f]{64})$/.exec(line) ?? []
    if (name === undefined || key === undefined) continue
    const one = { generation: Number(generation), key }
    if (one.generation > (newest.get(name)?.generation ?? 0)) newest.set(name, one)
  }
  return ok(new Map([...newest].map(([name, { key }]) => [name, key])))
}
