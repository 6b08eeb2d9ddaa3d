// What was begun at the identity provider and has not come back: in memory alone, a few at once, each good once and for
// five minutes. The word that finishes one is known to the window that began it, and here only by its digest.
import type { Secret } from '../../../shared/domain/command.ts'
import type { Begun } from '../../oidc/provider.ts'
import type { KeptProvider } from '../../store/operators.ts'
import type { CoreTools } from '../core-tools.ts'

const attemptMilliseconds = 5 * 60_000
/** At once; the oldest goes. */
const mostAttempts = 16

export type Attempt = {
  readonly begun: Begun
  readonly provider: KeptProvider
  readonly untilMs: number
  /** Of the session that steps up; undefined: somebody signs in. */
  readonly session: string | undefined
}

export type ProviderSignIns = {
  readonly attempts: Map<string, Attempt>
  /** When somebody unknown was told so, on a clock that only runs forward. */
  readonly unknownAt: number[]
  readonly secret: { held: Secret | undefined }
  /** What was begun is over, and the secret is read anew. */
  forget(): void
}

export function providerSignIns(): ProviderSignIns {
  const attempts = new Map<string, Attempt>()
  const secret: ProviderSignIns['secret'] = { held: undefined }
  return {
    ...{ attempts, unknownAt: [], secret },
    forget() {
      attempts.clear()
      secret.held = undefined
    },
  }
}

type Keeping = { readonly providerSignIns: ProviderSignIns; readonly tools: Pick<CoreTools, 'clock' | 'sha256'> }

export function keepAttempt(
  { providerSignIns: { attempts }, tools }: Keeping,
  attempt: string,
  one: Omit<Attempt, 'untilMs'>,
): void {
  attempts.set(tools.sha256(attempt), { ...one, untilMs: tools.clock() + attemptMilliseconds })
  const [oldest] = attempts.keys()
  if (attempts.size > mostAttempts && oldest !== undefined) attempts.delete(oldest)
}

/** It is gone then. Undefined: there was none, or it is too late. */
export function takeAttempt({ providerSignIns: { attempts }, tools }: Keeping, attempt: string): Attempt | undefined {
  const digest = tools.sha256(attempt)
  const one = attempts.get(digest)
  attempts.delete(digest)
  return one !== undefined && tools.clock() < one.untilMs ? one : undefined
}
