// The upper rungs of a gateway: nobody is let in without a key, the console's own key opens it, every model is listed and
// answers through it.
import type { Connection } from '../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../shared/domain/deployment.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteSecrets } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import type { RungName } from '../../shared/domain/verdict.ts'
import { fetchText } from './fetch-text.ts'
import { type Look, type Looking, modelIds, withBody } from './look.ts'
import { streamCompletion } from './stream-completion.ts'

type GatewayProof = Extract<DeploymentProof, { serves: 'openai-gateway' }>
type Headers = Readonly<Record<string, string>>

const modelsPath = '/v1/models'

export async function lookAtGateway(
  name: RungName,
  connection: Connection,
  proof: GatewayProof,
  looking: Looking,
): Promise<Look> {
  if (name === 'keys') return lookAtKeys(connection, proof, looking)
  const key = await consoleKey(connection, proof)
  if (!key.ok) return { passed: false, detail: JSON.stringify(key.failure) }
  const headers = bearer(key.value)
  if (name === 'model-listed') return listsAll(connection, proof, { ...looking, headers })
  return answersWithAll(connection, proof, { ...looking, headers })
}

/** What is refused comes first: a gateway that lets everybody in opens with the right key too. */
async function lookAtKeys(connection: Connection, proof: GatewayProof, { clock }: Looking): Promise<Look> {
  const page = { port: proof.hostPort, path: modelsPath, clock }
  const strangers: readonly [who: string, headers: Headers][] = [
    ['without a key', {}],
    ['with a wrong key', bearer('0'.repeat(64))],
  ]
  for (const [who, headers] of strangers) {
    const fetched = await fetchText(connection, { ...page, headers })
    if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
    const { status } = fetched.value
    if (status !== 401 && status !== 403) return { passed: false, detail: `${who} it answers HTTP ${status}` }
  }
  const key = await consoleKey(connection, proof)
  if (!key.ok) return { passed: false, detail: JSON.stringify(key.failure) }
  return withBody(connection, { ...page, headers: bearer(key.value) }, () => undefined)
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
  const { headers, clock, onText } = looking
  let first: Look | undefined
  for (const modelName of proof.models) {
    const hear = first === undefined ? onText : () => undefined
    const look = await streamCompletion(
      connection,
      { hostPort: proof.hostPort, modelName, headers },
      { clock, onText: hear },
    )
    if (!look.passed) return { ...look, detail: `${modelName}: ${look.detail}` }
    first ??= look
  }
  return first ?? { passed: false, detail: 'it serves no model' }
}

function bearer(key: string): Headers {
  return { authorization: `Bearer ${key}` }
}

/** The newest that the appliance has; it stays in this process's memory, and in no message. */
async function consoleKey(connection: Connection, { deployment, keyName }: GatewayProof): Promise<Result<string>> {
  const folder = `${remoteSecrets}/${deployment}`
  const text = `${scriptHead({ block: 'gateway-key' })}cd ${quoteWord(folder)} || exit 1
newest=$(for f in ${quoteWord(keyName)}.*; do printf '%s\\n' "\${f##*.}"; done | sort -n | tail -n 1)
cat -- ${quoteWord(keyName)}."$newest"`
  const run = await connection.run({ name: 'gateway-key', text }, { as: 'root', deadlineSeconds: 15 })
  if (!run.ok) return run
  const { exitCode, stdout, stderr } = run.value
  if (exitCode === 0 && /^[0-9a-f]{64}$/.test(stdout)) return ok(stdout)
  return fail({ kind: 'step-failed', step: 'gateway-key', detail: evidence(stderr, 300) })
}
