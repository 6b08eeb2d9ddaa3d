// What a login may do on an appliance, when that is less than everything: the watch helper shown as it will be, put
// in place by a login that is root, and taken away again.
import type { Target } from '../../../shared/contract/contract.ts'
import type { WatchHelperTexts } from '../../../shared/contract/privilege.ts'
import type { Script } from '../../../shared/domain/command.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { watchInstallScript, watchRemoveScript } from '../../connect/watch-install.ts'
import { isWatchUser, watchHelperPath, watchSudoers, watchSudoersPath } from '../../connect/watch-program.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { sha256, watchHelper } from './known-watch-program.ts'

const scriptSeconds = 60

export function watchHelperTexts(user: string): Result<WatchHelperTexts> {
  if (!isWatchUser(user)) return unusable('privilege.watchHelper', user)
  const { version, text } = watchHelper()
  const line = watchSudoers(user)
  return ok({
    user,
    version,
    script: { path: watchHelperPath, mode: '0755', text, sha256: sha256(text) },
    sudoers: { path: watchSudoersPath, mode: '0440', text: line, sha256: sha256(line) },
  })
}

export async function installWatchHelper(
  core: Core,
  { target, user }: { readonly target: Target; readonly user: string },
): Promise<Result<{ version: string }>> {
  if (!isWatchUser(user)) return unusable('privilege.installWatchHelper', user)
  const done = await asRoot(core, target, watchInstallScript(watchHelper(), user))
  return done.ok ? ok({ version: watchHelper().version }) : done
}

export async function removeWatchHelper(core: Core, target: Target): Promise<Result<Record<never, never>>> {
  const done = await asRoot(core, target, watchRemoveScript())
  return done.ok ? ok({}) : done
}

async function asRoot(core: Core, target: Target, script: Script): Promise<Result<void>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const ran = await core.sessions.withConnection(opening.value, (connection) =>
    connection.run(script, { as: 'root', deadlineSeconds: scriptSeconds }),
  )
  if (!ran.ok) return ran
  const { exitCode, stderr, stdout } = ran.value
  if (exitCode === 0) return ok(undefined)
  return fail({ kind: 'step-failed', step: script.name, detail: `exit ${exitCode}: ${evidence(stderr || stdout)}` })
}

function unusable(call: string, user: string): Result<never> {
  return fail({ kind: 'input-invalid', call, problem: `"${evidence(user, 40)}" is no login name for the watch helper` })
}
