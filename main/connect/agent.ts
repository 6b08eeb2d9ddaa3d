// The keys of the SSH agent of this computer: listed, and one of them used for signing. The agent is asked for
// nothing else, and is never offered to a server. Whatever it does not answer ends by a deadline.
import type { Duplex } from 'node:stream'
import type { IdentityCallback, OpenSSHAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2'
import ssh2 from 'ssh2'
import { evidence, type FailureOf, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { fingerprintOf } from './known-hosts.ts'

export type AgentKey = {
  readonly fingerprint: string
  /** The comment it was added with, as a rule its file or owner. */
  readonly label: string
  readonly key: ParsedKey
  /** `hash` of an RSA signature: "sha256", "sha512" or "sha1". */
  sign(data: Buffer, hash: string | undefined): Promise<Result<Buffer>>
}

type Unusable = FailureOf<'agent-unusable'>

const listSeconds = 5
/** A person may have to confirm it at the agent. */
const signSeconds = 15

/** What `location` is: a socket, a pipe of Windows, or "pageant". */
export async function agentKeys(location: string | undefined, patience = listSeconds): Promise<Result<AgentKey[]>> {
  if (location === undefined || location === '') return unusable('no-agent', '')
  const { agent, hangUp } = overheard(location)
  const keys = await answerOf<ParsedKey[]>(patience, hangUp, (answer) => {
    agent.getIdentities((error, found) => answer(error ?? undefined, found as ParsedKey[] | undefined))
  })
  if (keys === 'silent') return unusable('silent', '')
  if (keys instanceof Error) return unusable('no-agent', evidence(keys.message, 200))
  return ok(keys.map((key) => agentKey(location, key)))
}

/** The one that was chosen, or the only one there is: a login tries no second key. */
export function chooseAgentKey(keys: readonly AgentKey[], fingerprint: string | undefined): Result<AgentKey> {
  const [only, ...more] = keys
  if (only === undefined) return unusable('no-keys', '')
  const listed = keys.map((one) => `${one.fingerprint} ${one.label}`.trim()).join(', ')
  if (fingerprint === undefined) return more.length === 0 ? ok(only) : unusable('no-keys', listed)
  const chosen = keys.find((one) => one.fingerprint === fingerprint)
  return chosen === undefined ? unusable('no-keys', listed) : ok(chosen)
}

function agentKey(location: string, key: ParsedKey): AgentKey {
  return {
    fingerprint: fingerprintOf(key.getPublicSSH()),
    label: evidence(key.comment ?? '', 200),
    key,
    sign: async (data, hash) => {
      const { agent, hangUp } = overheard(location)
      const options = (hash === undefined ? {} : { hash }) as SigningRequestOptions
      const signature = await answerOf<Buffer>(signSeconds, hangUp, (answer) => {
        agent.sign(key, data, options, (error, signed) => answer(error ?? undefined, signed))
      })
      if (signature === 'silent') return unusable('silent', '')
      return signature instanceof Error ? unusable('no-keys', 'the agent does not sign with it') : ok(signature)
    },
  }
}

function unusable(reason: Unusable['reason'], detail: string): Result<never> {
  return fail({ kind: 'agent-unusable', reason, detail })
}

function overheard(location: string): { agent: OpenSSHAgent; hangUp: () => void } {
  const agent = ssh2.createAgent(location) as OpenSSHAgent
  const streams = new Set<Duplex>()
  let hungUp = false
  const getStream = agent.getStream.bind(agent)
  agent.getStream = (given) =>
    getStream((error, stream) => {
      // Nobody waits any more for what it would answer.
      if (hungUp) return void stream?.destroy()
      if (stream) streams.add(stream)
      given(error, stream)
    })
  const hangUp = (): void => {
    hungUp = true
    for (const stream of streams) stream.destroy()
  }
  return { agent, hangUp }
}

function answerOf<T>(
  seconds: number,
  hangUp: () => void,
  ask: (answer: (error: Error | undefined, value: T | undefined) => void) => void,
): Promise<T | Error | 'silent'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve('silent')
      hangUp()
    }, seconds * 1000)
    ask((error, value) => {
      clearTimeout(timer)
      resolve(error ?? value ?? new Error('an empty answer'))
    })
  })
}

/** Shows ssh2 one key, and signs with no other. A class because ssh2 takes nothing else for an agent. */
export class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: AgentKey
  readonly #failed: (failure: FailureOf<'agent-unusable'>) => void
  /** Why a signature with this hash is not made, where it is not. */
  readonly #refuse: (hash: string | undefined) => string | undefined

  constructor(
    key: AgentKey,
    failed: (failure: FailureOf<'agent-unusable'>) => void,
    refuse: (hash: string | undefined) => string | undefined,
  ) {
    super()
    this.#key = key
    this.#failed = failed
    this.#refuse = refuse
  }

  override getIdentities(answer: IdentityCallback<ParsedKey>): void {
    answer(undefined, [this.#key.key])
  }

  override sign(
    _key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    answer?: SignCallback,
  ): void {
    const given = typeof options === 'function' ? options : answer
    const hash = typeof options === 'function' ? undefined : options.hash
    const refusal = this.#refuse(hash)
    if (refusal !== undefined) return void given?.(new Error(refusal))
    void this.#key.sign(data, hash).then((signed) => {
      if (signed.ok) return given?.(undefined, signed.value)
      if (signed.failure.kind === 'agent-unusable') this.#failed(signed.failure)
      given?.(new Error('the agent does not sign'))
    })
  }
}
