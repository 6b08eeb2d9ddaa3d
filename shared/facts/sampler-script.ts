// The script that measures an appliance once a second for as long as somebody watches. Between two ticks it
// only sleeps: the host costs no process at all (two files of /proc), a vendor tool costs its own call. A tool
// that needs longer than a second answers in a later tick, and is never started twice.
import type { Script } from '../domain/command.ts'
import { quoteWord } from '../domain/quote.ts'
import { scriptHead } from '../domain/script-head.ts'
import type { Probe } from './probe.ts'
import { checkedIds, type ScriptOptions } from './script.ts'
import { prelude, runProbes, setUp, takePlace } from './script-body.ts'

export type SamplerScriptOptions = Omit<ScriptOptions, 'deadlineSeconds'> & {
  /** Whole seconds from one tick to the next. */
  readonly intervalSeconds: number
}

/** A tool that is not installed is looked for again after this many ticks; the date is asked for as seldom. */
const rareTicks = 60

const body = `# Two small files, read by the shell itself.
print_host() {
  cpu= total= available=
  { IFS= read -r cpu </proc/stat; } 2>/dev/null
  { while read -r name amount unit; do
    case $name in MemTotal:) total=$amount ;; MemAvailable:) available=$amount; break ;; esac
  done </proc/meminfo; } 2>/dev/null
  printf '%s\\nMemTotal: %s kB\\nMemAvailable: %s kB\\n' "$cpu" "$total" "$available" || exit 141
}

# take_turn ID SECONDS FRAGMENT WHEN: prints the answer that is ready and asks again; leaves alone what still runs.
# The job file holds the pid of the shell that waits for the tool, "-" without one, or "until TICK".
take_turn() {
  job= due=
  { read -r job due <"$work/$1.job"; } 2>/dev/null
  case $job in
    until) [ "$tick" -ge "$due" ] || return 0 ;;
    ?*)
      [ -s "$work/$1.done" ] || return 0
      # A shell keeps every job that nobody waited for.
      [ "$job" = - ] || wait "$job"
      print_answer "$1"
      if [ "$state" = missing ]; then
        echo "until $((tick + ${rareTicks}))" >"$work/$1.job"
        return 0
      fi
      ;;
  esac
  : >"$work/$1.pid"
  : >"$work/$1.done"
  launch "$1" "$2" tool "$3" "$4"
  echo "$job" >"$work/$1.job"
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
  elif [ "$pause" = 1 ]; then
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
    body,
    takePlace,
    // Without a folder that outlives the script a hung tool is remembered at least as long as the script runs.
    '[ -n "$records" ] || records=$work',
    `todo='${ids}' tools='${ids}' tick=0 due_at=$now`,
    'while :; do',
    'printf \'\\n%s tick %s\\n\' "$nonce" "$tick" || exit 141',
    'print_host',
    ...probes.map(
      (probe) =>
        `take_turn ${probe.id} ${probe.deadlineSeconds} ${quoteWord(probe.shell)} ${quoteWord(probe.when ?? '')}`,
    ),
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
