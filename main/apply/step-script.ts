// The scripts that carry out one step on the appliance. The record that a step begins is on disk before
// its first command, the record of how it ended right after its last, whether or not the console lives.
import type { Command, Script } from '../../shared/domain/command.ts'
import { commandLine, quoteWord } from '../../shared/domain/quote.ts'
import { appendShell } from './journal.ts'

export type StepRun = { readonly runId: string; readonly step: string }

function begin({ runId, step }: StepRun): string {
  return appendShell({ record: 'step-begin', run: runId, step })
}

function end({ runId, step }: StepRun, outcome: 'done' | 'already' | 'failed' | 'undone'): string {
  return appendShell({ record: 'step-end', run: runId, step, outcome })
}

/** Commands one after the other; when one fails, the undo commands, and the first failure's exit code. */
export function commandsScript(run: StepRun, commands: readonly Command[], undo: readonly Command[]): Script {
  const text = `${begin(run)}
( set -e
${commands.map(commandLine).join('\n')}
)
code=$?
if [ $code -eq 0 ]; then
${end(run, 'done')}
else
${undo.map((c) => `${commandLine(c)} >/dev/null 2>&1`).join('\n')}
${end(run, undo.length > 0 ? 'undone' : 'failed')}
fi
exit $code
`
  return { name: run.step, text }
}

/** systemd unit names allow little; the key makes one unit per thing done, so a second start finds the first. */
export function unitName(key: string): string {
  return `rackside-${key.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.service`
}

/**
 * Starts the commands as a transient unit, or finds it still running from an earlier console, and waits
 * for its end. Losing the link ends only the waiting. Prints the unit's own log when it failed.
 */
export function unitScript(run: StepRun, key: string, commands: readonly Command[]): Script {
  const unit = quoteWord(unitName(key))
  const work = `( set -e
${commands.map(commandLine).join('\n')}
) && outcome=done || outcome=failed
if [ $outcome = done ]; then
${end(run, 'done')}
else
${end(run, 'failed')}
exit 1
fi`
  const text = `if ! systemctl is-active --quiet ${unit}; then
${begin(run)}
systemctl reset-failed ${unit} 2>/dev/null
systemd-run --quiet --unit ${unit} --property=Type=exec --property=RemainAfterExit=no /bin/sh -c ${quoteWord(work)} || exit 91
fi
while :; do
  case $(systemctl is-active ${unit}) in active|activating|deactivating|reloading) sleep 0.3 ;; *) break ;; esac
done
if systemctl is-failed --quiet ${unit}; then
  journalctl --unit ${unit} --lines 20 --output cat --no-pager >&2
  systemctl reset-failed ${unit}
  exit 1
fi
`
  return { name: run.step, text }
}

export function noteScript(run: StepRun, note: 'begin' | 'done' | 'already' | 'failed'): Script {
  return { name: `journal of ${run.step}`, text: `${note === 'begin' ? begin(run) : end(run, note)}\n` }
}
