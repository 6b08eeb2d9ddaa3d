// The commands of steps that change the system: an sh text with its words behind it, and the note of what is made,
// written before the act. What was there before is noted once, and stays true for whoever takes it all away later.
import { type Command, command } from '../domain/command.ts'
import type { StepSpec } from '../domain/plan.ts'
import { keepShell, putShell } from '../domain/put-text.ts'
import { remoteMade } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import type { Before } from './step-kind.ts'

/** `text` finds its words as $1, $2 and so on. */
export function hostAct(act: string, text: string, ...words: string[]): Command {
  return command('sh', '-c', `${scriptHead({ block: 'host-act', act })}${text}`, 'sh', ...words)
}

/** Paths, units and the like as a file name; no two of one kind have the same. */
function noteName(kind: string, subject: string): string {
  return `${remoteMade}/${kind}.${subject.replaceAll('/', ',')}`
}

/** The name of what a step makes, within its kind. */
function subjectOf(spec: StepSpec): string {
  if (spec.kind === 'directory' || spec.kind === 'file') return spec.path
  if (spec.kind === 'volume' || spec.kind === 'systemd-unit') return spec.name
  if (spec.kind === 'host-package' || spec.kind === 'reboot') return spec.package
  if (spec.kind === 'kernel-parameter') return spec.key
  if (spec.kind === 'account') return spec.user
  return spec.kind === 'runtime-registration' ? spec.runtime : ''
}

/** There once Rackside has begun to make it, until that is taken away. */
export function noteOf(spec: StepSpec): string {
  return `${noteName(spec.kind, subjectOf(spec))}.json`
}

/** A copy of what a file had before lies beside the note. */
export function copyBefore(spec: StepSpec): string {
  return `${noteName(spec.kind, subjectOf(spec))}.copy`
}

// A file is copied before there is a note of it: a power cut between the two leaves no note without its copy.
const noteText = `umask 077
${putShell}
${keepShell}
mkdir -p ${remoteMade} || exit 1
rm -f "$1.old"
[ -z "$4" ] || [ -e "$1.json" ] || [ ! -f "$4" ] || [ -L "$4" ] || keep "$4" "$1.copy" || exit 1
[ ! -e "$1.json" ] || put "$1.old" "$(cat "$1.json")" || exit 1
[ -e "$1.before.json" ] || put "$1.before.json" "$3" || exit 1
put "$1.json" "$2"`

/** The first command of every such step. `path`: of a file that it changes. */
export function noteMade(spec: StepSpec, before: Before, path = ''): Command {
  const name = noteName(spec.kind, subjectOf(spec))
  return hostAct('note', noteText, name, JSON.stringify(spec), JSON.stringify(before), path)
}

/** The last of what undoes a step: the note is what it was before this run. */
export function unnoteMade(spec: StepSpec): Command {
  const text = `if [ -e "$1.old" ]; then mv -f "$1.old" "$1.json"; else rm -f "$1.json" "$1.before.json" "$1.copy"; fi
rm -f "$1.copy.last"`
  return hostAct('unnote', text, noteName(spec.kind, subjectOf(spec)))
}

/** The last of what takes it away for good. */
export function forgetMade(spec: StepSpec): Command {
  const text = `rm -f "$1.json" "$1.before.json" "$1.old" "$1.copy" "$1.copy.last"`
  return hostAct('forget', text, noteName(spec.kind, subjectOf(spec)))
}
