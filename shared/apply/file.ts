// Step kind: a file of the system has exactly this content, owner and mode. It is written beside its place and
// renamed; what somebody changed after it was read stays, and so does, later, what is not as Rackside wrote it.
import type { StepSpecOf } from '../domain/plan.ts'
import { keepShell } from '../domain/put-text.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, type PathLook, pathLookOf, pathQuestion, unusablePath } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'file'>

const notes = notesBy<'file'>(({ path }) => path)

/** $1 path, $2 content, $3 owner, $4 group, $5 mode, $6 sha256 of what was read or "none", $7 where its last copy goes. */
const write = `umask 077
${keepShell}
folder=\${1%/*}
now=none
[ ! -L "$1" ] || { printf '%s is a link now\\n' "$1" >&2; exit 1; }
[ ! -e "$1" ] || now=$(sha256sum <"$1" | cut -c 1-64)
[ "$now" = "$6" ] || { printf '%s was changed meanwhile: it stays as it is\\n' "$1" >&2; exit 1; }
rm -f -- "$7"
[ "$now" = none ] || keep "$1" "$7" || exit 1
new=$(mktemp "$folder/.rackside.XXXXXXXX") || exit 1
trap 'rm -f -- "$new"' EXIT
printf '%s' "$2" >"$new" && chown "$3:$4" -- "$new" && chmod "$5" -- "$new" || exit 1
{ sync "$new" 2>/dev/null || sync; } && mv -f -- "$new" "$1"`

/** Only where it is still as it was written; then what was there before ($4: what that was), or nothing. */
const takeBack = `${keepShell}
[ ! -L "$1" ] && [ -f "$1" ] || exit 0
printf '%s' "$2" | cmp -s - "$1" || { printf '%s is not as Rackside wrote it: it stays\\n' "$1"; exit 0; }
if [ -e "$3" ]; then keep "$3" "$1"
elif [ "$4" = file ]; then printf '%s: what was there before is not kept: it stays\\n' "$1"
else rm -f -- "$1"; fi`

/** The command that writes it, for every kind that has a file: `look` is what was read of it. */
export function writeFile(
  spec: Pick<Spec, 'path' | 'content' | 'owner' | 'group' | 'mode'>,
  look: PathLook,
  copy: string,
) {
  const { path, content, owner, group, mode } = spec
  const read = look.is === 'file' ? look.sha256 : 'none'
  return hostAct('file-write', write, path, content, owner, group, mode, read, lastCopy(copy))
}

/** The copy of what was there before this run's write; the copy itself is of what was there before Rackside. */
export function lastCopy(copy: string): string {
  return `${copy}.last`
}

export function takeFileBack({ path, content }: Pick<Spec, 'path' | 'content'>, copy: string, was: string) {
  return hostAct('file-back', takeBack, path, content, copy, was)
}

const nothing: PathLook = { is: 'nothing', owner: '', group: '', mode: '', sha256: '', content: '' }

function lookOf(spec: Spec, facts: Asked) {
  return pathLookOf(answerTo(pathQuestion(spec.path), facts))
}

function lookOrNothing(spec: Spec, facts: Asked): PathLook {
  const look = lookOf(spec, facts)
  return look.state === 'known' ? look.value : nothing
}

function before(spec: Spec, facts: Asked): Before {
  const { is, owner, group, mode } = lookOrNothing(spec, facts)
  return { is, owner, group, mode }
}

export const fileStep: StepKind<'file'> = {
  kind: 'file',
  asks: ['host'],
  by: 'commands',
  look: (spec) => pathQuestion(spec.path),
  isTrue: (spec, facts) =>
    truthOf(
      lookOf(spec, facts),
      (l) => l.is !== 'nothing',
      (l) => l.content === spec.content && l.owner === spec.owner && l.group === spec.group && l.mode === spec.mode,
    ),
  problem: (spec, facts) => unusablePath(spec.path, lookOf(spec, facts), 'file'),
  commands: (spec, facts) => [
    notes.write(spec, before(spec, facts), spec.path),
    writeFile(spec, lookOrNothing(spec, facts), notes.copy(spec)),
  ],
  // Writing either puts the whole file in place or changes nothing.
  undo: (spec) => [notes.takeBack(spec)],
  made: {
    layer: 'files',
    stepName: ({ path }) => path.slice(1),
    remove: (spec, was) => [takeFileBack(spec, notes.copy(spec), was['is'] ?? ''), notes.forget(spec)],
  },
}
