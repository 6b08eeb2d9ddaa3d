// The commands of steps that change the system: an sh text with its words behind it, and the note of what is made,
// written before the act. What was there before is noted once, and stays true for whoever takes it all away later.
import { type Command, command } from '../domain/command.ts'
import type { StepKindName, StepSpecOf } from '../domain/plan.ts'
import { keepShell, putShell } from '../domain/put-text.ts'
import { remoteMade } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import type { Before } from './made-kind.ts'

/** `text` finds its words as $1, $2 and so on. */
export function hostAct(act: string, text: string, ...words: string[]): Command {
  return command('sh', '-c', `${scriptHead({ block: 'host-act', act })}${text}`, 'sh', ...words)
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

const unnoteText = `if [ -e "$1.old" ]; then mv -f "$1.old" "$1.json"; else rm -f "$1.json" "$1.before.json" "$1.copy"; fi
rm -f "$1.copy.last"`
const forgetText = `rm -f "$1.json" "$1.before.json" "$1.old" "$1.copy" "$1.copy.last"`

/** The notes of what one kind makes; `subjectOf`: the name of it, which no two of that kind share. */
export function notesBy<K extends StepKindName>(subjectOf: (spec: StepSpecOf<K>) => string) {
  /** Paths, units and the like as a file name. */
  const nameOf = (spec: StepSpecOf<K>) => `${remoteMade}/${spec.kind}.${subjectOf(spec).replaceAll('/', ',')}`
  return {
    /** There once Rackside has begun to make it, until that is taken away. */
    file: (spec: StepSpecOf<K>): string => `${nameOf(spec)}.json`,
    /** A copy of what a file had before lies beside the note. */
    copy: (spec: StepSpecOf<K>): string => `${nameOf(spec)}.copy`,
    /** The first command of every such step. `path`: of a file that it changes. */
    write: (spec: StepSpecOf<K>, before: Before, path = ''): Command =>
      hostAct('note', noteText, nameOf(spec), JSON.stringify(spec), JSON.stringify(before), path),
    /** The last of what undoes a step: the note is what it was before this run. */
    takeBack: (spec: StepSpecOf<K>): Command => hostAct('unnote', unnoteText, nameOf(spec)),
    /** The last of what takes it away for good. */
    forget: (spec: StepSpecOf<K>): Command => hostAct('forget', forgetText, nameOf(spec)),
  }
}
