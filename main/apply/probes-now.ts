// Probes that a set-up left on the appliance, tried once more when somebody wants it proven: from its own record, in the
// same container and within the same limits as in the set-up. While a run is going on none is tried.
import type { Asked } from '../../shared/apply/asked.ts'
import { taskCommands } from '../../shared/apply/task.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteLock, remoteProver, remoteTasks } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { type ProbeStep, probeStep, type TaskResult } from '../../shared/domain/task-step.ts'
import { actLine } from './act-line.ts'
import { type Holder, holderShell, readHolder } from './lock.ts'
import { taskResultIn } from './task-ended.ts'

const stepLimitBytes = 256 * 1024
const listScript = `${scriptHead({ block: 'kept-probes' })}LC_ALL=C
cd ${remoteTasks} 2>/dev/null || exit 0
for file in */*.step; do
  [ -f "$file" ] && [ ! -L "$file" ] || continue
  printf 'step %s\\n' "$(head -c ${stepLimitBytes} "$file" | base64 | tr -d '\\n')"
done
`

/** Empty where they cannot be read: what they said last is known all the same. */
export async function keptProbes(connection: Connection): Promise<ProbeStep[]> {
  const script = { name: 'kept probes', text: listScript }
  const read = await connection.run(script, { as: 'root', deadlineSeconds: 30, outputLimitBytes: 16 * 1024 * 1024 })
  return read.ok && read.value.exitCode === 0 ? probesIn(read.value.stdout) : []
}

function probesIn(output: string): ProbeStep[] {
  return output.split('\n').flatMap((line) => {
    const [, encoded = ''] = /^step ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    return probeStep.safeParse(jsonIn(Buffer.from(encoded, 'base64').toString('utf8'))).data ?? []
  })
}

/** Longer than what the appliance itself gives it. */
const graceSeconds = 120

/** `heldBy`: a run is going on, and nothing was tried beside it. Neither where it was not tried for another reason: its image is gone. */
export type Tried = { readonly result?: TaskResult; readonly heldBy?: Holder }

const unknownHolder: Holder = { run: 'unknown', who: 'unknown', at: 'unknown' }

// The lock of runs, without a word in it: whoever ends here leaves no run that ended without one. What the probe starts
// does not keep it.
const lockedText = (work: string, holder: Holder) => `exec 9>>${remoteLock} || exit 20
${holderShell}
flock -n 9 || { find_holder; printf 'held %s\n' "$holder"; exit 0; }
trap 'rm -f ${remoteProver}' EXIT
# Not every shell runs that one where a signal ends it.
trap 'exit 143' HUP INT TERM
printf '%s\n' ${quoteWord(JSON.stringify(holder))} >${remoteProver}
{
${work}
} 9>&-
`

export async function probeNow(
  connection: Connection,
  step: ProbeStep,
  /** Whose look it is: `run` is what the results are noted under. */
  { facts, holder }: { readonly facts: Pick<Asked, 'images'>; readonly holder: Holder },
): Promise<Tried> {
  const [command] = taskCommands(step, facts, holder.run)
  if (command === undefined) return {}
  const head = scriptHead({ block: 'probe-now', commands: [[...command.words]] })
  const deadlineSeconds = step.spec.timeoutSeconds + graceSeconds
  const script = { name: `probe.${step.spec.task}`, text: `${head}${lockedText(actLine(command), holder)}` }
  const done = await connection.run(script, { as: 'root', deadlineSeconds })
  if (!done.ok) return {}
  const { stdout, stderr } = done.value
  if (stdout.startsWith('held ')) return { heldBy: readHolder(stdout.slice('held '.length)) ?? unknownHolder }
  const result = taskResultIn(`${stdout}\n${stderr}`)
  return result === undefined ? {} : { result }
}
