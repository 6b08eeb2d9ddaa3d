// Step kind: a file of a service is there with its secrets in their places, and the service has read it. It is put
// together on the appliance, beside its place, and renamed; a container that reads its files again when it is told to
// is told so before the step counts as done.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import { secretPath, serviceFolder } from '../domain/service-file.ts'
import type { Asked } from './asked.ts'
import { containerName } from './container-run.ts'
import { hostAct } from './host-act.ts'
import { answerTo, firstOf, linesOf, notUnderstood } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'service-file'>

/** Its words are pairs: t and a text, or s and the file of a secret. */
const renderShell = `render() {
  while [ $# -gt 0 ]; do
    case $1 in
      t) printf '%s' "$2" ;;
      *) cat -- "$2" || return 1 ;;
    esac
    shift 2
  done
}`

function partWords({ parts }: Spec): string[] {
  return parts.flatMap((part) => ('text' in part ? ['t', part.text] : ['s', secretPath(part.secret)]))
}

/** Who may read it: a container's user sees it only through the folder that is mounted, below one of root's own. */
function modeOf({ path }: Spec): '444' | '400' {
  return path.startsWith('files-') ? '444' : '400'
}

function placeOf({ deployment, path }: Spec) {
  const folder = serviceFolder(deployment)
  return { folder, file: `${folder}/${path}`, readMark: `${folder}/read.${path.replaceAll('/', '.')}` }
}

/** Answers what the file is, and whether the service has read it as it is. */
function question(spec: Spec): string {
  const { file, readMark } = placeOf(spec)
  return `${renderShell}
f=${quoteWord(file)}
if [ ! -e "$f" ] && [ ! -L "$f" ]; then echo 'is nothing'; exit 0; fi
if [ ! -f "$f" ] || [ -L "$f" ] || [ "$(stat -c '%U %a' "$f")" != ${quoteWord(`root ${modeOf(spec)}`)} ]; then echo 'is other'; exit 0; fi
render ${partWords(spec).map(quoteWord).join(' ')} 2>/dev/null | cmp -s - "$f" || { echo 'is other'; exit 0; }
${spec.reload === undefined ? '' : `[ "$(cat ${quoteWord(readMark)} 2>/dev/null)" = "$(sha256sum <"$f" | cut -c 1-64)" ] || { echo 'is unread'; exit 0; }\n`}echo 'is wanted'`
}

const looks = ['nothing', 'other', 'unread', 'wanted'] as const

function lookAt(spec: Spec, facts: Asked): Reading<(typeof looks)[number]> {
  const answer = answerTo(question(spec), facts)
  if (answer.state !== 'known') return answer
  const is = firstOf(linesOf(answer.value), 'is')
  const value = looks.find((one) => one === is)
  return value === undefined ? notUnderstood(answer.value) : known(value)
}

/** $1 folder, $2 file, $3 mode, $4 container, $5 signal or nothing, $6 mark of what was read, then the parts. */
const write = `${renderShell}
folder=$1 file=$2 mode=$3 container=$4 signal=$5 mark=$6
shift 6
umask 077
mkdir -p -- "$folder" "\${file%/*}" || exit 1
[ "\${file%/*}" = "$folder" ] || chmod 0755 -- "\${file%/*}" || exit 1
new=$(mktemp "$folder/.new.XXXXXXXX") || exit 1
trap 'rm -f -- "$new"' EXIT
render "$@" >"$new" && chmod "$mode" -- "$new" || exit 1
{ sync "$new" 2>/dev/null || sync; } && mv -f -- "$new" "$file" || exit 1
[ -n "$signal" ] || exit 0
sum=$(sha256sum <"$file" | cut -c 1-64)
# One that does not run reads it when it starts.
if [ "$(docker inspect --format '{{.State.Running}}' "$container" 2>/dev/null)" = true ]; then
  docker kill --signal "$signal" "$container" >/dev/null || exit 1
fi
printf '%s' "$sum" >"$mark"`

export const serviceFileStep: StepKind<'service-file'> = {
  kind: 'service-file',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) =>
    truthOf(
      lookAt(spec, facts),
      (is) => is !== 'nothing',
      (is) => is === 'wanted',
    ),
  commands(spec) {
    const { folder, file, readMark } = placeOf(spec)
    const { deployment, reload = '' } = spec
    const words = [folder, file, modeOf(spec), containerName(deployment), reload, readMark]
    return [hostAct('service-file', write, ...words, ...partWords(spec))]
  },
  // Writing either puts the whole file in place or changes nothing; what reads another file keeps that one.
  undo: () => [],
}
