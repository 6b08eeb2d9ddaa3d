// The script of the recorder: the sampler's ticks, at a slow pace, into a ring of files. It is the sampler's own text, so
// whoever reads a watch reads what was recorded. A file is begun with a line that says how to read it; a tick is written
// to it whole or, when the power goes, torn, and a torn one is skipped. Nothing of it grows: the ring has a size, and on
// a disk that is nearly full it only shrinks. Whom it tells of trouble is in recorder-alert-script.ts.
import { quoteWord } from '../domain/quote.ts'
import { recorderRing } from '../domain/recorder.ts'
import type { Probe } from './probe.ts'
import { recorderCheckShell } from './recorder-alert-script.ts'
import { rareTicks, tickBody, turnOf } from './sampler-script.ts'
import { checkedIds } from './script.ts'
import { prelude, runProbes, setUp, takePlace } from './script-body.ts'

export type RecorderOptions = { readonly intervalSeconds: number; readonly limitBytes: number }

/** A file is closed at this size; closed files are packed where gzip is there, to about a tenth. */
export const segmentBytes = 1024 * 1024
/** A tick that is longer is not kept: tools that flood would push everything else out. */
const frameBytes = 256 * 1024
const mostFiles = 2000
/** Less free space than this and the ring only shrinks. */
const reserveKilobytes = 512 * 1024
/** So long the answers of a tick are waited for; what comes later is of the next one. */
const patienceSeconds = 5

/** The first line of a file: `rackside-recorder 1 NONCE BOOT INTERVAL`. */
export const recorderMark = 'rackside-recorder 1 '
/** Behind the number of a tick: `at SECONDS HUNDREDTHS`, since 1970 and since the machine was started. */
export const recorderTimeWord = 'at '

const ringBody = `# Thirty-two digits that no tool can guess, new at every start.
make_nonce() {
  uuid=
  { IFS= read -r uuid </proc/sys/kernel/random/uuid; } 2>/dev/null
  nonce=
  while [ -n "$uuid" ]; do
    nonce=$nonce\${uuid%%-*}
    case $uuid in *-*) uuid=\${uuid#*-} ;; *) uuid= ;; esac
  done
  [ \${#nonce} -eq 32 ] || { echo 'no random uuid' >&2; exit 69; }
}

# What an earlier start left open is closed; what it was packing is packed again.
take_over_ring() {
  mkdir -p "$ring" || exit 73
  rm -f "$ring"/packing
  serial=0
  for old in "$ring"/[0-9]*; do
    [ -e "$old" ] || continue
    name=\${old##*/}
    name=\${name%%-*}
    name=\${name#"\${name%%[!0]*}"}
    [ "\${name:-0}" -le "$serial" ] || serial=$name
    case $old in *.gz) ;; *) pack "$old" ;; esac
  done
}

pack() {
  has gzip || return 0
  if [ ! -e "$1.gz" ]; then
    gzip -c "$1" >"$ring/packing" && { sync "$ring/packing" 2>/dev/null || sync; } && mv -f "$ring/packing" "$1.gz" || { rm -f "$ring/packing"; return 0; }
  fi
  rm -f "$1"
}

# Sets total to the bytes of the files named.
sum_up() {
  total=0
  [ $# -gt 0 ] || return 0
  wc -c "$@" >"$work/sizes" 2>/dev/null
  while read -r count rest; do total=$count; done <"$work/sizes"
}

# The oldest files go until there is room for one more.
make_room() {
  free=
  df -Pk "$ring" >"$work/free" 2>/dev/null
  while read -r device blocks used left rest; do free=$left; done <"$work/free"
  case $free in '' | *[!0-9]*) free=$reserve ;; esac
  most=$((limit - ${segmentBytes}))
  set -- "$ring"/[0-9]*
  [ -e "$1" ] || return 0
  sum_up "$@"
  [ "$free" -ge "$reserve" ] || most=$((total - ${segmentBytes}))
  while [ $# -gt 0 ] && { [ "$total" -gt "$most" ] || [ $# -gt ${mostFiles} ]; }; do
    rm -f "$1"
    shift
    sum_up "$@"
  done
}

# Fails on a disk that takes nothing.
begin_file() {
  [ -z "$segment" ] || pack "$segment"
  make_room
  serial=$((serial + 1))
  padded=0000000000$serial
  while [ \${#padded} -gt 10 ]; do padded=\${padded#?}; done
  segment=$ring/$padded-$epoch.frames filled=0
  printf '${recorderMark}%s %s %s\\n' "$nonce" "$boot" "$interval" >"$segment" || { rm -f "$segment"; segment=; return 1; }
}

keep_frame() {
  sum_up "$work/frame"
  size=$total
  [ "$size" -le ${frameBytes} ] || return 0
  [ -n "$segment" ] && [ -e "$segment" ] && [ $((filled + size)) -le ${segmentBytes} ] || begin_file || return 0
  # Torn, and the reader skips it: the next one begins another file.
  cat "$work/frame" >>"$segment" || { segment=; return 0; }
  filled=$((filled + size))
}

# Until every tool that was asked has answered.
await_answers() {
  waited=0
  while [ "$waited" -lt ${patienceSeconds} ]; do
    pending=no
    for id in $todo; do
      job=
      { read -r job rest <"$work/$id.job"; } 2>/dev/null
      case $job in '' | until | -) ;; *) [ -s "$work/$id.done" ] || pending=yes ;; esac
    done
    [ $pending = yes ] || return 0
    sleep 1
    waited=$((waited + 1))
  done
}
`

/** Throws on a probe id that is not plain. It ends only when somebody ends it. */
export function recorderScript(probes: readonly Probe[], { intervalSeconds, limitBytes }: RecorderOptions): string {
  const ids = checkedIds(probes, 'nonceOfTheRecorder').join(' ')
  // One call a tick costs less than a tool that goes on answering every second.
  const turns = probes.map(({ stream: _, ...probe }) => turnOf(probe)).join('\n')
  return [
    '# Rackside recorder: measures this server while no console watches it. Written by Rackside, which takes it away again.',
    'recorder() {',
    `privilege=root interval=${intervalSeconds} limit=${limitBytes} reserve=${reserveKilobytes} ring=${recorderRing}`,
    `prelude=${quoteWord(prelude)}`,
    setUp,
    runProbes,
    tickBody,
    ringBody,
    recorderCheckShell,
    `take_turns() {\n${turns}\n}`,
    takePlace,
    'fractions=no; sleep 0.01 2>/dev/null && fractions=yes',
    '[ -n "$records" ] || records=$work',
    'boot=unknown segment= filled=0',
    '{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null',
    'make_nonce',
    'take_over_ring',
    'clock',
    `todo='${ids}' tools='${ids}' tick=0 due_at=$now`,
    'while :; do',
    'epoch=$(date +%s)',
    'clock',
    '{',
    `printf '\\n%s tick %s\\n${recorderTimeWord}%s %s\\n' "$nonce" "$tick" "$epoch" "$now" || exit 141`,
    'print_host',
    'asks=yes',
    'take_turns',
    'await_answers',
    'asks=no',
    'take_turns',
    'printf \'\\n%s over\\n\' "$nonce" || exit 141',
    '} >"$work/frame"',
    'keep_frame',
    'check_alerts',
    'tick=$((tick + 1))',
    `[ $((tick % ${rareTicks})) -ne 0 ] || date=$(date -u +%Y-%m-%dT%H:%M:%SZ)`,
    'rest_until_due',
    'done',
    '}',
    'recorder </dev/null',
    '',
  ].join('\n')
}
