// What a deployment's container says of its own devices, for the proof that it computes on them: its vendor's tool asked
// inside it, the host's numbers of its processes, and what its engine wrote about devices when it started. Of a log only
// lines of an engine's start leave the appliance: what else is in it may be a patient's.
import { quoteWord } from '../domain/quote.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import { vendorReaders } from './accelerators/all.ts'
import { needs, type Probe } from './probe.ts'

export const lookLimit = 16
export const pidLimit = 512
export const logLineLimit = 60
/** A tool wakes every device up where persistence mode is off. */
const askSeconds = 9
const logBytes = 4 * 1024 * 1024
const logSeconds = 6
const lineLength = 300
const saidBytes = 16_000

/**
 * Tools that are given into a container. What is read without one from the host's own files says nothing of a container:
 * those show every device of the host in it.
 */
export const toolsInside = vendorReaders.filter(
  ({ sampleProbe: { tool, shell: text } }) => tool === true && !text.includes('/sys/class/drm'),
)

/**
 * Of lines about devices; extended, for `grep -E`. They are the engines' own words (shared/verify/device), and not words that
 * a prompt may have.
 */
export const startLines = [
  'offloaded [0-9]+/[0-9]+ layers to GPU',
  'no usable GPU found',
  'compiled without GPU support',
  'failed to initialize (CUDA|ROCm)',
  ' model buffer size +=',
  'using device [A-Za-z0-9]+ \\(',
  'Automatically detected platform',
  'Platform plugin [a-z_]+ is activated',
  'device_config=',
  'GPU KV cache size:',
  'Maximum concurrency for ',
  'server_args=ServerArgs\\(',
  'max_total_num_tokens=',
  'Could not find a compatible CUDA device',
  'Starting [A-Za-z0-9]+ model on ',
]

/** Of long lines what is wanted alone: arguments may hold a key, and what is wanted stands far behind. */
const shortened = [
  "s/.*server_args=ServerArgs(.*[ (,]device=.\\([a-z]*\\).*/server_args=ServerArgs(device='\\1')/",
  "/^server_args=ServerArgs(device='[a-z]*')$/!s/.*server_args=ServerArgs(.*/server_args=ServerArgs()/",
  "s/.*\\(device_config=[A-Za-z(=']*\\).*/\\1/",
]

// In the container there is no more than a shell. `pci` reads the bus of the host, as a reader's own does.
const inside = `PATH=$1:$PATH
export LC_ALL=C
has() { command -v "$1" >/dev/null 2>&1; }
pci() {
  for file in /sys/bus/pci/devices/*/vendor; do
    { read -r vendor <"$file"; } 2>/dev/null && [ "$vendor" = "0x$1" ] && return 0
  done
  return 1
}
watched() { "$@"; }
answers=/nowhere
${toolsInside
  .map(
    ({ vendor, sampleProbe: { when = 'true', shell: text } }) =>
      `if ${when}; then\necho "tool ${vendor}"\n(\n${text}\n) 2>&1\ncode=$?\n[ $code -eq 127 ] || exit $code\nfi`,
  )
  .join('\n')}
echo none`

const template = `{{.ID}} {"Name":{{json .Name}},"StartedAt":{{json .State.StartedAt}}}`

// Programs that an earlier look left there hang in their driver: they are not joined by another.
const shell = `${needs('docker')}
mine=$answers/device-look
ids=$(docker ps -q --no-trunc --filter label=${deploymentLabel}) || exit 1
[ -n "$ids" ] || { echo end; exit 0; }
docker container inspect --format ${quoteWord(template)} $ids >"$mine.list" 2>/dev/null
bounded() { limit=$1; shift; if [ "$has_timeout" = yes ]; then timeout -k 1 "$limit" "$@"; else "$@"; fi; }
has_timeout=no; timeout -k 1 5 true >/dev/null 2>&1 && has_timeout=yes

ask() {
  bounded ${askSeconds} docker exec "$1" sh -c ${quoteWord(inside)} sh "$PATH" >"$2.said" 2>&1
  echo "said $?"
  head -c ${saidBytes} "$2.said" | sed 's/^/> /'
  echo
}

hears() {
  bounded ${logSeconds} docker logs --since "$2" "$1" 2>&1 | head -c ${logBytes} >"$3.log"
  grep -aE ${quoteWord(startLines.join('|'))} "$3.log" | head -n ${logLineLimit} |
    sed ${shortened.map((one) => `-e ${quoteWord(one)}`).join(' ')} | cut -c1-${lineLength} | sed 's/^/= /'
  echo heard
}

# look ID ABOUT FILE
look() {
  printf 'container %s\\n' "$2"
  hangs=no
  if bounded 5 docker top "$1" -eo pid,comm >"$3.top" 2>/dev/null; then
    while read -r pid name rest; do
      case $pid in '' | *[!0-9]*) continue ;; esac
      echo "pid $pid"
      case $name in ${toolNames().join(' | ')}) hangs=yes ;; esac
    done <"$3.top"
    echo pids
  fi
  if [ $hangs = yes ]; then echo lingers; else ask "$1" "$3"; fi
  since=\${2#*'"StartedAt":"'}
  since=\${since%%'"'*}
  case $since in *[!0-9TZ:.+-]* | '') ;; *) hears "$1" "$since" "$3" ;; esac
}
count=0
set --
while read -r id about; do
  count=$((count + 1))
  [ $count -le ${lookLimit} ] || { echo more; break; }
  file=$mine.$count
  set -- "$@" "$file"
  look "$id" "$about" "$file" >"$file" 2>/dev/null &
done <"$mine.list"
wait
[ $# -eq 0 ] || cat "$@"
echo end`

function toolNames(): string[] {
  const named = toolsInside.flatMap(
    ({ sampleProbe: { shell: text } }) => /command -v ([a-z_-]{2,30})/.exec(text)?.[1] ?? [],
  )
  return [...new Set(named)]
}

export const deviceLookProbe: Probe = { id: 'device-look', shell, deadlineSeconds: 15, when: 'has docker' }
