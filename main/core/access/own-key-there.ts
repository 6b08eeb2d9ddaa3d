// Rackside's own key on the appliance: its line put among the keys that log in there and taken out again, over
// whatever login works, and what a refusal of the key says about why.
import { evidence, type Failure, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { loginKeysExit } from '../../../shared/domain/script-exits.ts'
import { samePlace } from '../../connect/known-hosts.ts'
import { addLoginKeyScript, type LoginKey, removeLoginKeyScript } from '../../connect/login-keys.ts'
import type { Core } from '../context.ts'
import type { Opening } from './opening.ts'

const scriptSeconds = 30

/** Resolves with the folders there because of which a strict sshd trusts no key in them. */
export async function addKeyThere(core: Core, opening: Opening, key: LoginKey): Promise<Result<string[]>> {
  const said = await runThere(core, opening, addLoginKeyScript(key))
  if (!said.ok) return said
  return ok(said.value.split('\n').flatMap((line) => /^open (.+)$/.exec(line)?.[1] ?? []))
}

export async function removeKeyThere(core: Core, opening: Opening, key: string): Promise<Result<void>> {
  const said = await runThere(core, opening, removeLoginKeyScript(key))
  return said.ok ? ok(undefined) : said
}

async function runThere(
  core: Core,
  opening: Opening,
  script: ReturnType<typeof removeLoginKeyScript>,
): Promise<Result<string>> {
  const ran = await core.sessions.withConnection(opening, (connection) =>
    connection.run(script, { as: 'login', deadlineSeconds: scriptSeconds }),
  )
  if (!ran.ok) return ran
  const { exitCode, stdout, stderr } = ran.value
  if (exitCode === 0) return ok(stdout)
  return fail(unwritable(opening, exitCode, stderr))
}

const reasons = new Map<number, FailureOf<'login-keys-unwritable'>['reason']>([
  [loginKeysExit.home, 'no-home'],
  [loginKeysExit.link, 'symlink'],
  [loginKeysExit.kind, 'not-a-file'],
  [loginKeysExit.owner, 'not-owned'],
  [loginKeysExit.readOnly, 'read-only'],
  [loginKeysExit.locked, 'locked'],
])

/** The last line names the path; what tools said stands before it. */
function unwritable({ address }: Opening, exitCode: number, stderr: string): Failure {
  const lines = stderr.trim().split('\n')
  const known = reasons.get(exitCode)
  const path = known === undefined && exitCode !== loginKeysExit.write ? '' : (lines.pop() ?? '')
  const detail = evidence(lines.join(' ')) || (known === undefined ? `exit ${exitCode}` : '')
  return { kind: 'login-keys-unwritable', ...address, reason: known ?? 'other', path: evidence(path, 300), detail }
}

/** Why a login with the key alone does not work, where that is about the key; any other failure is itself. */
export function whyNotAccepted(
  failure: Failure,
  { address }: Opening,
  { open, lineLeft }: { readonly open: readonly string[]; readonly lineLeft: boolean },
): Failure {
  if (failure.kind !== 'login-refused' && failure.kind !== 'login-questions') return failure
  if (!samePlace(failure, address)) return failure
  const refusal = { kind: 'key-not-accepted', ...address, path: '', lineLeft } as const
  if (failure.kind === 'login-questions') return { ...refusal, reason: 'more-asked' }
  if (!failure.methodsOffered.includes('publickey')) return { ...refusal, reason: 'no-key-logins' }
  const [path] = open
  return path === undefined ? { ...refusal, reason: 'refused' } : { ...refusal, reason: 'folder-open', path }
}
