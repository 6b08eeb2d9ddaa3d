// The recorder of an appliance: what is there of it, and its end without an uninstall. It is put there by a set-up that
// was asked for it, as a step of the plan.
import { recorderRemoval } from '../../../shared/apply/recorder.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { commandLine } from '../../../shared/domain/quote.ts'
import type { RecorderState } from '../../../shared/domain/recorder.ts'
import { remoteMade } from '../../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import { type RecorderLook, readRecorderLook, recorderLookScript } from '../../../shared/facts/recorder-look.ts'
import { openingOf, openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { recorderSpec } from './recorder-spec.ts'

const scriptSeconds = 60

/** Null where there is none. */
export async function recorderNow(core: Core, target: Target): Promise<Result<RecorderState | null>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const look = await lookAtRecorder(core, connection)
    return look.ok ? ok(look.value.state ?? null) : look
  })
}

export async function lookAtRecorder(
  { tools }: Pick<Core, 'tools'>,
  connection: Connection,
): Promise<Result<RecorderLook>> {
  const ran = await connection.run(recorderLookScript, { as: 'root', deadlineSeconds: scriptSeconds })
  if (!ran.ok) return ran
  const { scriptSha256 } = recorderSpec(tools)
  const read = readRecorderLook(ran.value.stdout, { nowMs: Date.parse(tools.now()), scriptSha256 })
  if (read.state === 'known') return ok(read.value)
  return fail({ kind: 'facts-unreadable', detail: evidence(ran.value.stderr || 'the recorder: no whole answer', 300) })
}

/** With all that it has measured and nobody fetched. Where there is none nothing happens. */
export async function removeRecorder(core: Core, target: Target): Promise<Result<Record<never, never>>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const commands = recorderRemoval(recorderSpec(core.tools)).map(commandLine)
  const text = `${scriptHead({ block: 'recorder-remove' })}${commands.join(' || exit 1\n')} || exit 1\nrmdir ${remoteMade} 2>/dev/null\n:\n`
  const script = { name: 'recorder remove', text }
  const ran = await core.sessions.withConnection(opening.value, (connection) =>
    connection.run(script, { as: 'root', deadlineSeconds: scriptSeconds }),
  )
  if (!ran.ok) return ran
  const { exitCode, stderr } = ran.value
  if (exitCode === 0) return ok({})
  return fail({ kind: 'step-failed', step: script.name, detail: `exit ${exitCode}: ${evidence(stderr)}` })
}
