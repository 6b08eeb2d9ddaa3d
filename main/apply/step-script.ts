// The scripts that carry out one step on the appliance. The record that a step begins is on disk before
// its first command, the record of how it ended right after its last, whether or not the console lives.
import type { Command, Script } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteLock, remoteRuntime, remoteStep, remoteUnits } from '../../shared/domain/remote-layout.ts'
import { lostLockExitCode, undoneExitCode } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { actLine } from './act-line.ts'
import { appendShell, type Entry, journalFile, journalScript } from './journal.ts'
import { unitFile, unitFunctions } from './unit-shell.ts'

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
 * and the failed command's exit code, or that it was undone.
 */
function workText(run: StepRun, { commands, undo }: Act): string {
  const attempts = commands.map((c, at) => `reached=${at}\n${actLine(c)} || fail $?`)
  const undone = commands.map((_, at) => `${at})\n${undoText(run, undo(at))}\n;;`)
  return `exec 8>&2
fail() {
case $reached in
${undone.join('\n')}
esac
exit "\${back:-$1}"
}
${attempts.join('\n')}
${appendShell(end(run, 'done'))}
`
}

/** Every undo command is tried; "undone" is written only when all of them worked. What must be heard is said to 8. */
function undoText(run: StepRun, undo: readonly Command[]): string {
  if (undo.length === 0) return appendShell(end(run, 'failed'))
  const lines = undo.map((c) => `${actLine(c)} >/dev/null 2>&1 || undone=no`)
  return [
    'undone=yes',
    ...lines,
    'if [ $undone = yes ]; then',
    `back=${undoneExitCode}`,
    appendShell(end(run, 'undone')),
    'else',
    appendShell(end(run, 'failed')),
    'fi',
  ].join('\n')
}

/** Whoever took the appliance over has written its run into the lock: nothing is begun for another one. */
export function guardText(runId: string): string {
  return `read -r holder <${remoteLock}
case $holder in ${quoteWord(`{"run":"${runId}",`)}*) ;; *) exit ${lostLockExitCode} ;; esac\n`
}

/**
 * Whoever takes the appliance over waits for what this shell is at, but not for what it started and left. Held before
 * the guard is asked: so either that one sees it at work, or the guard sees that one.
 */
function holdText({ runId, step }: StepRun): string {
  return `( umask 077; mkdir -p ${remoteRuntime} ) && exec 7>>${remoteStep} && flock -s 7 || exit 92
printf '%s\\n' ${quoteWord(`${step} (${runId})`)} >${remoteStep}
`
}

/** For what is short and can be done again: runs under the console's lease. */
export function commandsScript(run: StepRun, act: Act): Script {
  return {
    name: run.step,
    text: [
      `${head(run, act)}${holdText(run)}${guardText(run.runId)}${appendShell(begin(run))}`,
      `{\n${workText(run, act)}} 7>&-\n`,
    ].join('\n'),
  }
}

/** systemd unit names allow little; the key makes one unit per thing done, so a second start finds the first. */
function unitName(key: string): string {
  return `rackside-${key.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.service`
}

/**
 * For what is long, or must not stop half-way: starts the commands as a unit and waits for its end; one that still runs
 * (a run waits for those of earlier ones before it begins) is not started twice. Losing the link ends only the waiting.
 * The unit reads its work from a file, because systemd would expand variables in an argument; what the work starts does
 * not keep the unit's lock. Prints the unit's own log when it failed.
 */
export function unitScript(run: StepRun, key: string, act: Act): Script {
  const unit = unitName(key)
  const work = `rm -f "$0"\n{\n${workText(run, act)}} 9>&-\n`
  const text = `${head(run, act, key)}${unitFunctions(unit)}
if ! unit_runs; then
${holdText(run)}${guardText(run.runId)}${appendShell(begin(run))}
( umask 077; mkdir -p ${remoteUnits} && printf '%s' ${quoteWord(work)} >${quoteWord(unitFile(unit))} ) || exit 92
unit_start 7>&- || exit 91
exec 7>&-
fi
unit_wait || {
  unit_says | grep -vxE '${idsAndNames}' >&2
  tail -n 1 ${quoteWord(journalFile(run.runId))} | grep -q '"outcome":"undone"' && exit ${undoneExitCode}
  exit 1
}
`
  return { name: run.step, text }
}

/** What docker says of commands that worked. */
const idsAndNames = '[0-9a-f]{64}|rackside-[a-z0-9-]+'

export function noteScript(run: StepRun, note: 'begin' | 'done' | 'already' | 'failed'): Script {
  return journalScript(`journal of ${run.step}`, note === 'begin' ? begin(run) : end(run, note))
}
