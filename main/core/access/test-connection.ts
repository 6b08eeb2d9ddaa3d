// Tries the way to an appliance for somebody who watches: each step as it is done, with what it found. It dials
// anew, trusts nothing by itself, stops at the first failure, and closes what it opened.

import type { Target } from '../../../shared/contract/contract.ts'
import type { ConnectStep } from '../../../shared/domain/connect-step.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readShellLook, type ShellLook, shellLookScript } from '../../../shared/facts/shell-look.ts'
import { openingAnew } from '../appliances.ts'
import { bellOf } from '../bell.ts'
import type { Core } from '../context.ts'
import { refuse } from '../refusal.ts'
import { type ConnectMarks, connectMarks } from './connect-marks.ts'
import type { Opening } from './opening.ts'

/** For a slow sudo (PAM, a directory server) as well. */
const lookDeadlineSeconds = 20

/** Throws a refusal for a target that is not known. A reader that leaves ends the test; its connection is closed. */
export async function* testConnection(core: Core, target: Target, left?: AbortSignal): AsyncGenerator<ConnectStep> {
  const opening = openingAnew(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const steps: ConnectStep[] = []
  const bell = bellOf()
  const marks = connectMarks(opening.value, core.tools.clock, (step) => {
    steps.push(step)
    bell.ring()
  })
  const trying = tryWay(core, opening.value, marks, () => left?.aborted === true)
  let settled = false
  const onSettled = () => {
    settled = true
    bell.ring()
  }
  trying.then(onSettled, onSettled)
  left?.addEventListener('abort', bell.ring)
  try {
    while (left?.aborted !== true && (!settled || steps.length > 0)) {
      const next = steps.shift()
      if (next === undefined) await bell.rung()
      else yield next
    }
    // A bug reaches whoever watches.
    if (left?.aborted !== true) await trying
  } finally {
    left?.removeEventListener('abort', bell.ring)
  }
}

async function tryWay(core: Core, opening: Opening, marks: ConnectMarks, isLeft: () => boolean): Promise<void> {
  const connection = await core.sessions.dialBeside(opening, marks.reached)
  if (!connection.ok) return marks.notConnected(connection.failure)
  try {
    marks.connected()
    if (!isLeft()) await tryShell(connection.value, opening, marks)
  } finally {
    await connection.value.close()
  }
}

async function tryShell(connection: Connection, opening: Opening, marks: ConnectMarks): Promise<void> {
  const isRoot = opening.address.user === 'root'
  const root = opening.watchOnly === true || isRoot ? undefined : await look(connection, 'root', false)
  if (root?.ok === false && root.failure.kind !== 'shell-unusable') return marks.failed('privilege', root.failure)
  const login = await look(connection, 'login', root?.ok === true)
  if (!login.ok) return marks.failed('shell', login.failure)
  // Root's shell is the one that is broken.
  if (root?.ok === false) return marks.failed('privilege', root.failure)
  if (root !== undefined && root.value.userId !== 0) return marks.failed('privilege', notRoot(opening))
  const { shell, found, missing, sudoWithoutPassword, userId } = login.value
  if (userId === 0) marks.passed('privilege', { about: 'root', how: 'is-root' })
  else if (root === undefined) marks.skipped('privilege')
  else
    marks.passed('privilege', {
      about: 'root',
      how: sudoWithoutPassword ? 'sudo-without-password' : 'sudo-with-password',
    })
  marks.passed('shell', { about: 'shell', shell, found: [...found], missing: [...missing] })
}

function notRoot({ address: { user } }: Opening): Failure {
  return { kind: 'sudo-refused', user, reason: 'other', detail: 'sudo ran a command, and not as root' }
}

async function look(connection: Connection, as: 'login' | 'root', asksSudo: boolean): Promise<Result<ShellLook>> {
  const ran = await connection.run(shellLookScript(as, asksSudo), { as, deadlineSeconds: lookDeadlineSeconds })
  if (!ran.ok) return ran
  const seen = readShellLook(ran.value.stdout)
  if (seen.userId === undefined) return fail({ kind: 'shell-unusable', detail: `exit ${ran.value.exitCode}` })
  return ok(seen)
}
