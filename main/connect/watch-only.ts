// A connection of a login that only watches: the two scripts that the watch helper carries out go through it,
// everything else that needs root is refused before anything is dialled for it.
import type { Command, Script } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { runOver } from './run.ts'
import type { Sessions } from './sessions.ts'
import { streamOver } from './stream.ts'
import {
  installedVersion,
  type WatchHelper,
  watchHelperPath,
  watchLine,
  watchOpening,
  watchRefusedExitCode,
  watchVerb,
} from './watch-program.ts'

/** `sessions` gives no root; `plain` is the connection over them. */
export function watchOnlyOver(sessions: Sessions, plain: Connection, helper: WatchHelper): Connection {
  const { user } = sessions.link.address
  let version = helper.version
  const throughHelper = (what: Command | Script): Sessions | undefined => {
    const asked = 'text' in what ? watchVerb(helper, what.text) : undefined
    if (asked === undefined) return undefined
    return {
      ...sessions,
      open: async (call) => {
        const opened = await sessions.openLine(call, watchLine(asked.verb, user))
        if (!opened.ok) return opened
        return ok({ ...opened.value, opening: (lease) => watchOpening(version, lease, asked.nonce) })
      },
    }
  }
  const told = async <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> => {
    let result = await ask()
    const refusal = result.ok || result.failure.kind !== 'shell-unusable' ? undefined : result.failure.detail
    const installed = refusal === undefined ? undefined : installedVersion(helper, refusal)
    if (installed !== undefined && installed !== version) {
      version = installed
      result = await ask()
    }
    return result.ok ? result : fail(withoutHelper(result.failure, user))
  }
  return {
    ...plain,
    watchOnly: true,
    run: (what, options) => {
      const helped = options.as === 'root' ? throughHelper(what) : undefined
      return helped === undefined ? plain.run(what, options) : told(() => runOver(helped, what, options))
    },
    stream: (what, options) => {
      const helped = options.as === 'root' ? throughHelper(what) : undefined
      return helped === undefined ? plain.stream(what, options) : told(() => streamOver(helped, what, options))
    },
    put: async () => fail({ kind: 'watch-only' }),
  }
}

/** sudo that knows no such command for this user, or asks for a password; a helper that is gone, or not this one. */
function withoutHelper(failure: Failure, user: string): Failure {
  if (failure.kind === 'sudo-refused') {
    const ofSudo = failure.reason === 'tty-needed' || failure.reason === 'not-installed'
    if (ofSudo && !failure.detail.includes(watchHelperPath)) return failure
    return { kind: 'watch-helper-missing', user, detail: failure.detail }
  }
  if (failure.kind === 'shell-unusable' && isOfHelper(failure.detail))
    return { kind: 'watch-helper-missing', user, detail: failure.detail }
  return failure
}

function isOfHelper(detail: string): boolean {
  return detail.startsWith(`exit ${watchRefusedExitCode}:`) || detail.includes(watchHelperPath)
}
