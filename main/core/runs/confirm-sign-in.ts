// Somebody has changed the password that a maker publishes: noted on the appliance, so that every console knows it. What
// the app itself thinks cannot be asked; the audit says who has said so.
import type { Target } from '../../../shared/contract/contract.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { putShell } from '../../../shared/domain/put-text.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import type { WayIn } from '../../../shared/domain/sign-in.ts'
import { type SignInNote, signInNotePath } from '../../../shared/domain/sign-in-note.ts'
import type { CallContext } from '../context.ts'
import { waysInto } from './sign-ins.ts'
import { withLook } from './with-look.ts'

type Confirmed = { readonly target: Target; readonly deployment: string }

/** How people and apps come in then. */
export function confirmSignIn(
  { core, operator }: CallContext,
  { target, deployment }: Confirmed,
): Promise<Result<WayIn[]>> {
  return withLook(core, target, async (look, connection) => {
    const ways = await waysInto(look, connection)
    if (!ways.ok) return ways
    const way = ways.value.find((one) => one.for === 'people' && one.deployment === deployment)
    if (way?.for !== 'people' || way.signIn.by !== 'published') {
      return fail({ kind: 'facts-unreadable', detail: `no published password of ${deployment} is there` })
    }
    const note: SignInNote = {
      note: 'sign-in-changed',
      ...{ of: deployment, user: way.signIn.user, by: evidence(operator, 200) },
    }
    const text = noteText(deployment, JSON.stringify(note))
    const run = await connection.run({ name: 'sign-in-changed', text }, { as: 'root', deadlineSeconds: 15 })
    if (!run.ok) return run
    if (run.value.exitCode !== 0) return fail({ kind: 'facts-unreadable', detail: evidence(run.value.stderr, 300) })
    return ok(ways.value.map((one) => (one === way ? { ...way, isChanged: true as const } : one)))
  })
}

function noteText(of: string, note: string): string {
  const path = signInNotePath(of)
  const folder = path.slice(0, path.lastIndexOf('/'))
  return `${scriptHead({ block: 'sign-in-changed', of, note })}${putShell}
umask 077
mkdir -p -- ${quoteWord(folder)} && put ${quoteWord(path)} ${quoteWord(note)}`
}
