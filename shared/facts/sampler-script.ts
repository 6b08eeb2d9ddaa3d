// The script that measures an appliance once a second for as long as somebody watches. Between two ticks it
// only sleeps: the host costs no process at all (host-script.ts), a vendor tool costs its own call, or nothing where it can
// go on answering by itself. A tool that needs longer than a second answers in a later tick, and is never
// started twice.
import type { Script } from '../domain/command.ts'
import { quoteWord } from '../domain/quote.ts'
import { scriptHead } from '../domain/script-head.ts'
import { hostBody } from './host-script.ts'
import type { Probe } from './probe.ts'
import { checkedIds, type ScriptOptions } from './script.ts'
import { prelude, runProbes, setUp, takePlace } from './script-body.ts'

export type SamplerScriptOptions = Omit<ScriptOptions, 'deadlineSeconds'> & {
  /** Whole seconds from one tick to the next. */
  readonly intervalSeconds: number
}

/** A tool that is not installed is looked for again after this many ticks; the date is asked for as seldom. */
export const rareTicks = 60

/** A stream is begun anew after this long: what its tool learned at its start does not grow old. */
const streamSeconds = 900

/** What is printed of one tick: the host's lines, then the answers that are ready. */
export const tickBody = `${hostBody}
# take_turn ID SECONDS FRAGMENT WHEN STREAM: prints the answer that is ready and asks again; leaves alone what still
# runs. The job file holds the pid of the shell that waits for the tool, "-" without one, "until TICK", or
# "stream PID NUMBER QUIET BEGUN": the answer that was printed last, the ticks since then, and its first tick.
take_turn() {
  job= due= number= quiet= begun=
  { read -r job due number quiet begun <"$work/$1.job"; } 2>/dev/null
  case $job in
    until) [ "$tick" -ge "$due" ] || return 0 ;;
    stream) follow_stream "$@" && return 0 ;;
    ?*)
      [ -s "$work/$1.done" ] || return 0
      # A shell keeps every job that nobody waited for.
      [ "$job" = - ] || wait "$job"
      print_answer "$1"
      if [ "$state" = missing ]; then
        echo "until $((tick + ${rareTicks}))" >"$work/$1.job"
        return 0
      fi
      if [ -n "$5" ] && [ "$state $code" = 'answered 0' ] && may_stream "$1"; then
        start_stream "$1" "$5"
        return 0
      fi
      ;;
  esac
  # Whoever waits for the answers of a tick only collects them the second time.
  [ "$asks" = yes ] || { : >"$work/$1.job"; return 0; }
  : >"$work/$1.pid"
  : >"$work/$1.done"
  launch "$1" "$2" tool "$3" "$4"
  echo "$job" >"$work/$1.job"
}

# Where a stream gave nothing it is tried again as seldom as a tool that is not there.
may_stream() {
  { read -r polled <"$work/$1.polled"; } 2>/dev/null || return 0
  [ $((tick - polled)) -ge ${rareTicks} ]
}

# One process that answers every second instead of one process a second; of its answers the newest is kept. What says
# that it ended is its own: it may end long after it was given up, beside a call.
start_stream() {
  : >"$work/$1.pid"
  : >"$work/$1.newest"
  begun=$tick
  (
    exec </dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    bounded ${streamSeconds} sh -c "$prelude$2" sh "$work/$1.pid" "$work/$1.process" "$date" | keep_newest "$work/$1"
    echo ended >"$work/$1.ended.$begun"
  ) >/dev/null 2>&1 &
  echo "stream $! 0 0 $begun" >"$work/$1.job"
}

# A header line, then rows whose first cell counts the devices up: where it does not, another answer begins. It is
# written when it has as many rows as the one before, or when the next one begins, in turns to two files: the one that
# is being read is not written. Anything else ends the stream, for a call of its own to say what there is to say.
keep_newest() {
  ulimit -v 262144 2>/dev/null
  IFS= read -r header || return 0
  rows= count=0 full=0 last=-1 number=0
  while IFS= read -r row; do
    first=\${row%%,*}
    case $first in '' | *[!0-9]* | ???????*) return 0 ;; esac
    case $row in *[!\\ -~]*) return 0 ;; esac
    if [ "$first" -le "$last" ]; then
      kill -0 $$ 2>/dev/null || return 0
      [ "$count" -eq "$full" ] || write_newest "$1"
      full=$count rows= count=0
    fi
    [ "$count" -lt 256 ] || return 0
    rows="$rows$row
" count=$((count + 1)) last=$first
    [ "$count" -ne "$full" ] || write_newest "$1"
  done
}

write_newest() {
  number=$((number + 1))
  text="$header
$rows"
  printf '%s' "$text" >"$1.newest.$((number % 2))"
  echo "$number \${#text}" >"$1.newest"
}

# Fails when the tool is to be called instead: the stream ended, or nothing came for as long as a call may take. A tool
# that hangs is ended, and recorded as every other where it cannot be; it is called for a while before it may stream.
follow_stream() {
  newest= size=
  { read -r newest size <"$work/$1.newest"; } 2>/dev/null
  if [ -n "$size" ] && [ "$newest" -ne "$number" ]; then
    print_newest "$1" "$newest" "$size"
    number=$newest quiet=0
  elif [ -s "$work/$1.ended.$begun" ]; then
    wait "$due"
    rm -f "$work/$1.ended.$begun"
    [ "$number" -ne 0 ] || echo "$tick" >"$work/$1.polled"
    return 1
  else
    quiet=$((quiet + 1))
    if [ "$quiet" -gt "$2" ]; then
      { read -r pid began since <"$work/$1.process"; } 2>/dev/null && kill -KILL "$pid" 2>/dev/null
      lives "$pid" "$began" && echo "$pid $began $date" >"$records/$1"
      echo "$tick" >"$work/$1.polled"
      return 1
    fi
  fi
  echo "stream $due $number $quiet $begun" >"$work/$1.job"
}

print_newest() {
  printf '\n%s answer %s answered 0 - %s %s 0 0\n' "$nonce" "$1" "$3" "$3" || exit 141
  while IFS= read -r row; do printf '%s\n' "$row"; done <"$work/$1.newest.$(($2 % 2))"
  printf '\n%s stderr\n\n%s end\n' "$nonce" "$nonce"
}

print_answer() {
  id=$1 out=0 err=0
  if [ -s "$work/$id.out" ] || [ -s "$work/$id.err" ]; then
    wc -c "$work/$id.out" "$work/$id.err" >"$work/sizes" 2>/dev/null
    { read -r out rest; read -r err rest; } <"$work/sizes"
  fi
  print_frame
}

# Until the next tick is due. Ticks that a slow machine missed are not made up for.
rest_until_due() {
  due_at=$((due_at + interval * 100))
  clock
  left=$((due_at - now))
  if [ "$left" -le 0 ] || [ "$left" -gt $((interval * 100)) ]; then
    due_at=$now
    sleep "$interval"
  elif [ "$fractions" = no ]; then
    sleep "$interval"
  else
    part=$((left % 100 + 100))
    sleep "$((left / 100)).\${part#1}"
  fi
}
`

/** Throws on a probe id or nonce that is not plain: bugs, not input. It ends only with its lease. */
export function samplerScript(probes: readonly Probe[], options: SamplerScriptOptions): Script {
  const { nonce, privilege } = options
  const asked = checkedIds(probes, nonce)
  const ids = asked.join(' ')
  const intervalSeconds = Math.max(1, Math.ceil(options.intervalSeconds))
  const text = [
    `${scriptHead({ block: 'sampler', nonce, ids: asked, privilege, intervalSeconds })}sampler() {`,
    `nonce=${nonce} privilege=${privilege} interval=${intervalSeconds}`,
    `prelude=${quoteWord(prelude)}`,
    setUp,
    runProbes,
    tickBody,
    takePlace,
    'fractions=no; sleep 0.01 2>/dev/null && fractions=yes',
    // Without a folder that outlives the script a hung tool is remembered at least as long as the script runs.
    '[ -n "$records" ] || records=$work',
    'clock',
    `todo='${ids}' tools='${ids}' tick=0 due_at=$now asks=yes`,
    'while :; do',
    'printf \'\\n%s tick %s\\n\' "$nonce" "$tick" || exit 141',
    'print_host',
    ...probes.map(turnOf),
    'printf \'\\n%s over\\n\' "$nonce" || exit 141',
    'tick=$((tick + 1))',
    `[ $((tick % ${rareTicks})) -ne 0 ] || date=$(date -u +%Y-%m-%dT%H:%M:%SZ)`,
    'rest_until_due',
    'done',
    '}',
    'sampler </dev/null',
    '',
  ]
  return { name: 'sampler', text: text.join('\n') }
}

/** One probe's line of a tick. */
export function turnOf({ id, deadlineSeconds, shell, when, stream }: Probe): string {
  return `take_turn ${id} ${deadlineSeconds} ${[shell, when, stream].map((text = '') => quoteWord(text)).join(' ')}`
}
