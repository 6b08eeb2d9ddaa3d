// What an appliance says of its recorder, and the files of its ring as they are sent: two scripts that only read, and the
// reader of the first. What comes back is hostile, and bounded.
import type { Script } from '../domain/command.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import {
  alertHostMark,
  type RecorderState,
  recorderAlertConfig,
  recorderAlertStates,
  recorderIntervalSeconds,
  recorderLimitBytes,
  recorderRing,
  recorderScriptPath,
  recorderUnitName,
  recorderUnitPath,
} from '../domain/recorder.ts'
import { scriptHead } from '../domain/script-head.ts'
import { boundedLines } from './lines.ts'

/** `clock SECONDS HUNDREDTHS BOOT`: since 1970, since the machine was started, and the name of that start. */
const clockShell = `boot=unknown up=0.00
{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
{ read -r up rest </proc/uptime; } 2>/dev/null
case $up in *.??) up=$((\${up%.*} * 100 + 1\${up#*.} - 100)) ;; *) up=0 ;; esac
clock="clock $(date +%s) $up $boot"`

export const recorderLookScript: Script = {
  name: 'recorder look',
  text: `${scriptHead({ block: 'recorder-look' })}LC_ALL=C
export LC_ALL
${clockShell}
echo "$clock"
[ -e ${recorderScriptPath} ] || [ -e ${recorderUnitPath} ] || { echo none; echo end; exit 0; }
since=$(timeout -k 1 10 systemctl show --property=ActiveEnterTimestampMonotonic ${recorderUnitName} 2>/dev/null)
echo "active $(timeout -k 1 10 systemctl is-active ${recorderUnitName} 2>/dev/null) \${since#*=}"
[ ! -f ${recorderScriptPath} ] || echo "script $(sha256sum <${recorderScriptPath} | cut -c 1-64)"
if [ -f ${recorderAlertConfig} ] && [ ! -L ${recorderAlertConfig} ]; then
  host=
  { read -r first; read -r host; } <${recorderAlertConfig}
  echo "tells \${host#'${alertHostMark}'}"
  [ ! -f ${recorderAlertStates}/untold ] || echo "untold $(head -c 60 ${recorderAlertStates}/untold)"
fi
cd ${recorderRing} 2>/dev/null && {
  set -- [0-9]*
  [ -e "$1" ] || shift
  echo "files $#"
  if [ $# -gt 0 ]; then
    echo "bytes $(cat "$@" | wc -c)"
    echo "oldest $1"
    shift $(($# - 1))
    echo "newest $(stat -c %Y "$1")"
  fi
}
echo end
`,
}

export type RecorderClock = { readonly seconds: number; readonly hundredths: number; readonly boot: string }
export type RecorderLook = { readonly clock: RecorderClock; readonly state: RecorderState | undefined }

type Known = { readonly nowMs: number; readonly scriptSha256: string }

/** `output`: all of it; the state is undefined where there is no recorder. Total. */
export function readRecorderLook(output: string, { nowMs, scriptSha256 }: Known): Reading<RecorderLook> {
  const lines = boundedLines(output).filter((line) => line !== '')
  const word = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1)
  const clock = readClock(word('clock') ?? '')
  if (lines.at(-1) !== 'end' || clock === undefined) return unreadable('the recorder: the answer broke off')
  if (lines.includes('none')) return known({ clock, state: undefined })
  const [active, microseconds = ''] = (word('active') ?? '').split(' ')
  const script = word('script')
  const ahead = clock.seconds * 1000 - nowMs
  const at = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000 - ahead)
  const sinceMs = active === 'active' ? startedAt(microseconds, clock, nowMs) : undefined
  const oldestMs = at(wholeIn(/^[0-9]+-([0-9]{1,12})\.frames(?:\.gz)?$/.exec(word('oldest') ?? '')?.[1]))
  const newestMs = at(wholeIn(word('newest')))
  return known({
    clock,
    state: {
      running: active === 'active',
      ...(sinceMs !== undefined && { sinceMs }),
      script: script === undefined ? 'missing' : script === scriptSha256 ? 'as-wanted' : 'other',
      files: wholeIn(word('files')) ?? 0,
      bytes: wholeIn(word('bytes')) ?? 0,
      ...{ limitBytes: recorderLimitBytes, intervalSeconds: recorderIntervalSeconds },
      ...(oldestMs !== undefined && { oldestMs }),
      ...(newestMs !== undefined && { newestMs }),
      ...toldIn(word, at),
    },
  })
}

/** Only a host is shown, whatever stands there. */
function toldIn(
  word: (name: string) => string | undefined,
  at: (seconds: number | undefined) => number | undefined,
): Pick<RecorderState, 'alert'> {
  const host = /^[A-Za-z0-9.:[\]-]{1,300}$/.exec(word('tells') ?? '')?.[0]
  if (host === undefined) return {}
  const [seconds, code] = (word('untold') ?? '').split(' ').map(wholeIn)
  const atMs = at(seconds)
  return { alert: { host, ...(atMs !== undefined && code !== undefined && { untold: { atMs, exitCode: code } }) } }
}

export function readClock(text: string): RecorderClock | undefined {
  const [, seconds, hundredths, boot] = /^([0-9]{1,12}) ([0-9]{1,12}) ([0-9a-f-]{1,40}|unknown)$/.exec(text) ?? []
  if (seconds === undefined || hundredths === undefined || boot === undefined) return undefined
  return { seconds: Number(seconds), hundredths: Number(hundredths), boot }
}

/** systemd counts from the start of the machine, which no clock that is set later changes. */
function startedAt(microseconds: string, { hundredths }: RecorderClock, nowMs: number): number | undefined {
  const started = wholeIn(microseconds)
  return started === undefined ? undefined : Math.round(nowMs - Math.max(0, hundredths * 10 - started / 1000))
}

function wholeIn(text: string | undefined): number | undefined {
  const digits = text?.trim() ?? ''
  return /^[0-9]{1,15}$/.test(digits) ? Number(digits) : undefined
}

type ReadOptions = {
  readonly nonce: string
  /** By the appliance's clock: nothing that was written before is needed. */
  readonly fromSeconds: number
}

/** Every file that may hold something newer, whole, each behind a line of the nonce. */
export function recorderReadScript({ nonce, fromSeconds }: ReadOptions): Script {
  const from = Math.max(0, Math.floor(fromSeconds))
  const text = `${scriptHead({ block: 'recorder-read', nonce, fromSeconds: from })}LC_ALL=C
export LC_ALL
nonce=${nonce} from=${from}
${clockShell}
printf '\\n%s %s\\n' "$nonce" "$clock"
send() {
  printf '\\n%s file %s\\n' "$nonce" "\${1##*/}" || exit 141
  case $1 in *.gz) gzip -dc "$1" 2>/dev/null ;; *) cat "$1" ;; esac
}
before=
for file in ${recorderRing}/[0-9]*; do
  [ -f "$file" ] && [ ! -L "$file" ] && [ ! -e "$file.gz" ] || continue
  begun=\${file##*-}
  begun=\${begun%%.*}
  case $begun in '' | *[!0-9]*) continue ;; esac
  [ -z "$before" ] || [ "$begun" -le "$from" ] || send "$before"
  before=$file
done
[ -z "$before" ] || send "$before"
printf '\\n%s end\\n' "$nonce"
`
  return { name: 'recorded samples', text }
}
