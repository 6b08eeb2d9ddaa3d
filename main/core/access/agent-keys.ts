// The keys of the SSH agent as logins of this console. The id says which key it is, so that it means the same
// after a restart; what signs stays in the agent.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { agentKeys, chooseAgentKey } from '../../connect/agent.ts'
import type { Core } from '../context.ts'

type ListedKey = { readonly credentialId: string; readonly fingerprint: string; readonly label: string }

const beginning = 'agent-'

/** Which key of the agent is meant, where it is one of the agent's. */
export function agentFingerprint(credentialId: string): string | undefined {
  if (!credentialId.startsWith(beginning)) return undefined
  const read = fingerprint.safeParse(credentialId.slice(beginning.length))
  return read.success ? read.data : undefined
}

export async function listAgentKeys(core: Core): Promise<Result<ListedKey[]>> {
  const keys = await agentKeys(core.tools.agentLocation)
  if (!keys.ok) return keys
  return ok(keys.value.slice(0, 100).map((key) => ({ ...listed(key.fingerprint), label: key.label })))
}

/** The only key there is, where none is named. */
export async function takeAgentKey(core: Core, named: string | undefined): Promise<Result<Omit<ListedKey, 'label'>>> {
  const keys = await agentKeys(core.tools.agentLocation)
  if (!keys.ok) return keys
  const key = chooseAgentKey(keys.value, named)
  return key.ok ? ok(listed(key.value.fingerprint)) : fail(key.failure)
}

function listed(found: string): Omit<ListedKey, 'label'> {
  return { credentialId: `${beginning}${found}`, fingerprint: found }
}
