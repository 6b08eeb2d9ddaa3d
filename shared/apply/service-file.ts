// Step kind: a file of a service is there with its secrets in their places, and the service has read it. It is put
// together on the appliance, beside its place, and renamed; a container that reads its files again when it is told to
// is told so before the step counts as done.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import type { Reading } from '../domain/reading.ts'
import { portLabel } from '../domain/remote-layout.ts'
import { secretPath, serviceFolder } from '../domain/service-file.ts'
import type { Asked } from './asked.ts'
import { containerName, isRunningShell } from './container-run.ts'
import { hostAct } from './host-act.ts'
import { answerTo, wordOf } from './host-answer.ts'
import { truthOfWord } from './host-truth.ts'
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
{ render ${partWords(spec).map(quoteWord).join(' ')} 2>/dev/null || echo 'a secret is missing'; } | cmp -s - "$f" || { echo 'is other'; exit 0; }
${spec.reload === undefined ? '' : `[ "$(cat ${quoteWord(readMark)} 2>/dev/null)" = "$(sha256sum <"$f" | cut -c 1-64)" ] || { echo 'is unread'; exit 0; }\n`}echo 'is wanted'`
}

const looks = ['nothing', 'other', 'unread', 'wanted'] as const

function lookAt(spec: Spec, facts: Asked): Reading<(typeof looks)[number]> {
  return wordOf(answerTo(question(spec), facts), looks)
}

// It is told of its new files, and the keys that stand in them show that it has read them: with words of the command a
// key would be seen by everybody on the appliance. Where nothing can ask, it gets a while. One that was made with another
// folder does not read these: its successor does, when it starts.
const tellShell = `${isRunningShell}
status_with() {
  printf 'authorization: Bearer %s' "$(cat -- "$1")" | curl --silent --noproxy '*' --max-time 5 --output /dev/null --write-out '%{http_code}' --header @- "$url"
}
agrees() {
  for one in $keys; do status=$(status_with "$one"); [ "$status" = 200 ] || return 1; done
  for one in $refused; do status=$(status_with "$one"); case $status in 401 | 403) ;; *) return 1 ;; esac; done
}
tell() {
  [ -n "$signal" ] || return 0
  is_running "$container" || return 0
  docker inspect --format '{{range .Mounts}}{{println .Source}}{{end}}' "$container" | grep -qxF -- "\${file%/*}" || return 0
  docker kill --signal "$signal" "$container" >/dev/null || return 1
  [ -n "$url" ] || return 0
  port=$(docker inspect --format '{{index .Config.Labels "${portLabel}"}}' "$container")
  case $url in "http://127.0.0.1:$port/"*) ;; *) sleep 3; return 0 ;; esac
  command -v curl >/dev/null || { sleep 3; return 0; }
  n=0 status=none
  while [ $n -lt 60 ]; do
    ! agrees || return 0
    n=$((n + 1))
    sleep 0.5
  done
  printf 'it was told to read its files again and does not do its work by them: HTTP %s\\n' "$status" >&2
  return 1
}`

/**
 * $1 folder, $2 file, $3 the last one, $4 mark of what was read, $5 container, $6 signal, $7 address, $8 files of keys that
 * it lets in, $9 of keys that it does not.
 */
const namesShell = 'folder=$1 file=$2 last=$3 mark=$4 container=$5 signal=$6 url=$7 keys=$8 refused=$9'

/** Behind those the mode, then the parts. */
const write = `${renderShell}
${tellShell}
${namesShell}
shift 9
mode=$1
shift
umask 077
mkdir -p -- "$folder" "\${file%/*}" || exit 1
[ "\${file%/*}" = "$folder" ] || chmod 0755 -- "\${file%/*}" || exit 1
new=$(mktemp "$folder/.new.XXXXXXXX") || exit 1
trap 'rm -f -- "$new" "$new.last"' EXIT
render "$@" >"$new" && chmod "$mode" -- "$new" || exit 1
[ -n "$signal" ] || rm -f -- "$last"
# One that a run left that was cut off before the service had read its successor is the last that it works by.
[ -z "$signal" ] || [ -f "$last" ] || [ ! -f "$file" ] || { cp -p -- "$file" "$new.last" && mv -f -- "$new.last" "$last"; } || exit 1
{ sync "$new" 2>/dev/null || sync; } && mv -f -- "$new" "$file" || exit 1
[ -n "$signal" ] || exit 0
tell || exit 1
sha256sum <"$file" | cut -c 1-64 >"$mark"
rm -f -- "$last"`

/** What it read before, for whoever does not take the new one. */
const takeBack = `${tellShell}
${namesShell} url=
[ -f "$last" ] || exit 0
mv -f -- "$last" "$file"
tell
:`

function placeWords(spec: Spec): string[] {
  const { folder, file, readMark } = placeOf(spec)
  const { deployment, path, reload = '', opens } = spec
  const url = opens === undefined ? '' : `http://127.0.0.1:${opens.hostPort}${opens.path}`
  const [keys, refused] = [opens?.keys ?? [], opens?.refuses ?? []].map((all) => all.map(secretPath).join(' '))
  const last = `${folder}/last.${path.replaceAll('/', '.')}`
  return [folder, file, last, readMark, containerName(deployment), reload, url, keys ?? '', refused ?? '']
}

export const serviceFileStep: StepKind<'service-file'> = {
  kind: 'service-file',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) => truthOfWord(lookAt(spec, facts), 'wanted'),
  commands: (spec) => [hostAct('service-file', write, ...placeWords(spec), modeOf(spec), ...partWords(spec))],
  // Written whole or not at all; only one that is read at once goes back, what reads another file keeps that one.
  undo: (spec) => (spec.reload === undefined ? [] : [hostAct('service-file-back', takeBack, ...placeWords(spec))]),
}
