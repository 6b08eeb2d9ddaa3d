// The scripts that carry out one step on the appliance. The record that a step begins is on disk before
// its first command, the record of how it ended right after its last, whether or not the console lives.
import type { Command, Script } from '../../shared/domain/command.ts'
import { commandLine, quoteWord } from '../../shared/domain/quote.ts'
import { remoteLock, remoteUnits } from '../../shared/domain/remote-layout.ts'
import { lostLockExitCode } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { appendShell, type Entry, journalScript } from './journal.ts'

export type StepRun = { readonly runId: string; readonly step: string }

function begin({ runId, step }: StepRun): Entry {
  return { record: 'step-begin', run: runId, step }
}

function end({ runId, step }: StepRun, outcome: 'done' | 'already' | 'failed' | 'undone'): Entry {
  return { record: 'step-end', run: runId, step, outcome }
}

function head({ runId, step }: StepRun, { commands, undo }: Act, unit?: string): string {
  const words = (list: readonly Command[]) => list.map((one) => [...one.words])
  return scriptHead({
    block: 'step',
    run: runId,
    step,
    ...(unit === undefined ? {} : { unit }),
    commands: words(commands),
    undo: commands.map((_, at) => words(undo(at))),
  })
}

export type Act = {
  readonly commands: readonly Command[]
  /** What brings back the state before, when the command at this index failed. */
  readonly undo: (failedAt: number) => readonly Command[]
}

/**
 * The commands, then the record of how it went. When one fails: what undoes as far as it got, the record,
 * and the failed command's exit code.
 */
function workText(run: StepRun, { commands, undo }: Act): string {
  const attempts = commands.map((c, at) => `reached=${at}\n${commandLine(c)} || fail $?`)
  const undone = commands.map((_, at) => `${at})\n${undoText(run, undo(at))}\n;;`)
  return `fail() {
case $reached in
${undone.join('\n')}
esac
exit "$1"
}
${attempts.join('\n')}
${appendShell(end(run, 'done'))}
`
}

/** Every undo command is tried; "undone" is written only when all of them worked. */
function undoText(run: StepRun, undo: readonly Command[]): string {
  if (undo.length === 0) return appendShell(end(run, 'failed'))
  const lines = undo.map((c) => `${commandLine(c)} >/dev/null 2>&1 || undone=no`)
  return [
    'undone=yes',
    ...lines,
    'if [ $undone = yes ]; then',
    appendShell(end(run, 'undone')),
    'else',
    appendShell(end(run, 'failed')),
    'fi',
  ].join('\n')
}

/** Whoever took the appliance over has written its run into the lock. */
function guardText({ runId }: StepRun): string {
  return `read -r holder <${remoteLock}
case $holder in ${quoteWord(`{"run":"${runId}",`)}*) ;; *) exit ${lostLockExitCode} ;; esac\n`
}

/** For what is short and can be done again: runs under the console's lease. */
export function commandsScript(run: StepRun, act: Act): Script {
  return { name: run.step, text: `${head(run, act)}${guardText(run)}${appendShell(begin(run))}\n${workText(run, act)}` }
}

/** systemd unit names allow little; the key makes one unit per thing done, so a second start finds the first. */
function unitName(key: string): string {
  return `rackside-${key.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.service`
}

/**
 * For what is long, or must not stop half-way: starts the commands as a transient unit, or finds it still
 * running from an earlier console, and waits for its end. Losing the link ends only the waiting. The unit
 * reads its work from a file, because systemd would expand variables in an argument. Prints the unit's own
 * log when it failed.
 */
export function unitScript(run: StepRun, key: string, act: Act): Script {
  const unit = quoteWord(unitName(key))
  const file = quoteWord(`${remoteUnits}/${unitName(key)}.sh`)
  const text = `${head(run, act, key)}if ! systemctl is-active --quiet ${unit}; then
${guardText(run)}${appendShell(begin(run))}
( umask 077; mkdir -p ${remoteUnits} && printf '%s' ${quoteWord(`rm -f "$0"\n${workText(run, act)}`)} >${file} ) || exit 92
systemctl reset-failed ${unit} 2>/dev/null
systemd-run --quiet --unit ${unit} --property=Type=exec /bin/sh ${file} || exit 91
fi
while :; do
  case $(systemctl is-active ${unit}) in active|activating|deactivating|reloading) sleep 0.1 ;; *) break ;; esac
done
if systemctl is-failed --quiet ${unit}; then
  # What the commands said this time: not an earlier unit of this name, nor systemd, whose lines would come behind it.
  this=$(systemctl show --property=InvocationID --value ${unit} 2>/dev/null)
  journalctl --sync >/dev/null 2>&1
  journalctl --unit ${unit} --identifier sh \${this:+"_SYSTEMD_INVOCATION_ID=$this"} --lines 20 --output cat --no-pager >&2
  systemctl reset-failed ${unit}
  exit 1
fi
`
  return { name: run.step, text }
}

export function noteScript(run: StepRun, note: 'begin' | 'done' | 'already' | 'failed'): Script {
  return journalScript(`journal of ${run.step}`, note === 'begin' ? begin(run) : end(run, note))
}
