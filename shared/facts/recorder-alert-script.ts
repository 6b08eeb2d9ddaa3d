// The part of the recorder that tells somebody while no console runs: of a service that is not running or whose check by the
// engine fails, a disk that is almost full, an accelerator that is gone, an engine that is silent; once, and once that it is
// over. It is a file of its own, beside the one for curl, that the recorder reads for each look in a process beside the
// measuring; what it has told survives a restart.
import {
  alertBodyWord,
  alertTookWord,
  recorderAlertConfig,
  recorderAlertScript,
  recorderAlertStates,
} from '../domain/recorder.ts'
import { remoteDeployments, remoteLock, remoteRoot } from '../domain/remote-layout.ts'
import { vendorReaders } from './accelerators/all.ts'
import type { VendorReader } from './accelerators/vendor.ts'

/** So many looks one after the other: a service that is being replaced is down for a moment. */
const looks = 3
/** Of one trouble: not more often than this, and what did not get out is tried again after a minute. */
const hourSeconds = 3600
const retrySeconds = 60
/** A disk is almost full above the first, and no more at the second. */
const fullPercent = 95
const roomPercent = 93
/** A check that hangs is not waited for by the next ones for ever. */
const longestCheckHundredths = 60_000
/** Of what an answer may take, in blocks of 512 bytes. */
const answerBlocks = 128

const statesShell = `# Rackside: what the recorder tells, and whom. Written by Rackside, which takes it away again.
alert_conf=${recorderAlertConfig} alert_kept=${recorderAlertStates} alerts=$work/alerts
reachable=yes changed=
alert_server=$(uname -n)
case $alert_server in '' | *[!A-Za-z0-9.-]*) alert_server=server ;; esac

# Memory first: a disk that takes nothing is no reason to say the same again and again.
begin_alerts() {
  [ ! -d "$alerts" ] || return 0
  mkdir -p "$alerts"
  rm -f "$alert_kept"/*.new
  [ ! -d "$alert_kept" ] || cp "$alert_kept"/* "$alerts/" 2>/dev/null
  :
}

# What is told must be known after a restart; what only counts up need not. A full disk is no reason to be silent.
put_state() {
  printf '%s\\n' "$2" >"$work/state.new" && mv -f "$work/state.new" "$alerts/$1"
}
keep_state() {
  { [ -d "$alert_kept" ] || mkdir -m 700 "$alert_kept"; } 2>/dev/null
  { cp "$alerts/$1" "$alert_kept/$1.new" && mv -f "$alert_kept/$1.new" "$alert_kept/$1"; } 2>/dev/null || rm -f "$alert_kept/$1.new"
  :
}
drop_state() { rm -f "$alerts/$1" "$alert_kept/$1"; }

# Whether $1 was so many seconds ago. A clock that was set back does not silence anything.
elapsed() {
  past=$((epoch - $1))
  [ "$past" -lt 0 ] || [ "$past" -ge "$2" ]
}
`

const observeShell = `# observe RULE KEY wrong|well|gone SUBJECT: what lasts for ${looks} looks is told, and its end is.
observe() {
  key=$1.$2 saw=$3 alert_subject=$4
  bad=0 good=0 since=0 told=no sent=0 tried=0 named=
  { read -r bad good since told sent tried named <"$alerts/$key"; } 2>/dev/null
  case .$bad.$good.$since.$sent.$tried. in *[!0-9.]* | *..*) bad=0 good=0 since=0 told=no sent=0 tried=0 ;; esac
  if [ "$saw" = wrong ]; then
    good=0 bad=$((bad + 1))
    [ "$bad" -gt 1 ] || [ "$told" = yes ] || since=$epoch
    if [ "$told" = no ] && [ "$bad" -ge ${looks} ] && elapsed "$sent" ${hourSeconds} && elapsed "$tried" ${retrySeconds}; then
      tried=$epoch named=$alert_subject
      tell "$1" wrong && told=yes sent=$epoch
      changed=yes
    fi
  else
    bad=0 good=$((good + 1))
    if [ "$told" = yes ] && [ "$good" -ge ${looks} ] && elapsed "$tried" ${retrySeconds}; then
      tried=$epoch alert_subject=$named
      # What nobody could be told for an hour is not told any more.
      if tell "$1" "$saw" || elapsed "$sent" $((${hourSeconds} * 2)); then told=no; fi
      changed=yes
    fi
    if [ "$told" = no ] && elapsed "$sent" ${hourSeconds}; then
      drop_state "$key"
      return 0
    fi
  fi
  put_state "$key" "$bad $good $since $told $sent $tried $named"
  [ -z "$changed" ] || keep_state "$key"
  changed=
}

local_time() { date -d "@$1" '+%Y-%m-%d %H:%M:%S (UTC%z)' 2>/dev/null || echo "$1"; }

# One that was not taken: nothing else is tried in this look.
tell() {
  [ "$reachable" = yes ] || return 1
  alert_since=$(local_time "$since") alert_now=$(local_time "$epoch") alert_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  alert_id=$alert_server-$key-$since-$2
  ${alertBodyWord} "$1" "$2" >"$work/body" || return 1
  : >"$work/reply"
  status=
  (
    ulimit -f ${answerBlocks} 2>/dev/null
    exec 2>/dev/null </dev/null
    bounded 30 curl --disable --config "$alert_conf" --header "idempotency-key: $alert_id" --data-binary "@$work/body" --output "$work/reply" --write-out '%{http_code}'
  ) >"$work/status"
  code=$?
  { read -r status <"$work/status"; } 2>/dev/null
  if [ "$code" -eq 0 ] && ${alertTookWord} "$work/reply" "$status"; then
    drop_state untold
    return 0
  fi
  reachable=no
  put_state untold "$epoch $code"
  keep_state untold
  return 1
}
`

const looksShell = `# While a run of ours is at work services come and go. The lock is only looked at: who takes it to see would be in its way.
# Its second line is the process that holds it, or held it.
run_at_work() {
  holder=
  { read -r line; read -r holder; } <${remoteLock} 2>/dev/null
  case $holder in '' | *[!0-9]*) return 1 ;; esac
  ls -l "/proc/$holder/fd" 2>/dev/null | grep -q -- "-> $(readlink -f ${remoteLock})$"
}

look_at_services() {
  set -- ${remoteDeployments}/*.json
  if [ -e "$1" ] && has docker && ! run_at_work; then
    if bounded 20 docker ps --all --filter label=rackside.deployment --format '{{.Names}} {{.Status}}' </dev/null >"$work/containers" 2>/dev/null; then
      observe engine-silent docker well Docker
      for record; do
        name=\${record##*/}
        name=\${name%.json}
        case $name in '' | *[!a-z0-9-]*) continue ;; esac
        state=wrong
        while read -r called is; do
          case "$called $is" in
            "rackside-$name Up"*'(Paused)'* | "rackside-$name Up"*'(unhealthy)'*) ;;
            "rackside-$name Up"*'(health: starting)'*) state=starting ;;
            "rackside-$name Up"*) state=well ;;
          esac
        done <"$work/containers"
        # What only starts is not well yet: whoever crashes at every start is up most of the time.
        [ "$state" = starting ] || observe runtime-down "$name" "$state" "$name"
      done
    else
      observe engine-silent docker wrong Docker
    fi
  fi
  # What was taken away is not missed.
  for file in "$alerts"/runtime-down.*; do
    name=\${file##*/runtime-down.}
    [ ! -e "$file" ] || [ -e "${remoteDeployments}/$name.json" ] || observe runtime-down "$name" gone "$name"
  done
}

look_at_disk() {
  bounded 10 df -Pk ${remoteRoot} >"$work/space" 2>/dev/null || return 0
  share=
  while read -r device blocks used left percent rest; do share=\${percent%\\%}; done <"$work/space"
  case $share in '' | *[!0-9]*) return 0 ;; esac
  if [ "$share" -gt ${fullPercent} ]; then observe disk-full root wrong "${remoteRoot} $share %"
  elif [ "$share" -le ${roomPercent} ]; then observe disk-full root well "${remoteRoot} $share %"
  fi
}

# Against the most that were ever seen: by each tool, and on the bus.
look_at_devices() {
  verdict=well missing=
  for file in "$alerts"/was.*; do
    [ -e "$file" ] || continue
    tool=\${file##*/was.}
    grep -q "^$tool " "$work/devices" || verdict=unknown
  done
  while read -r tool count; do
    was=0
    { read -r was <"$alerts/was.$tool"; } 2>/dev/null
    case $was in '' | *[!0-9]*) was=0 ;; esac
    if [ "$count" -gt "$was" ]; then
      put_state "was.$tool" "$count"
      keep_state "was.$tool"
    elif [ "$count" -lt "$was" ]; then
      missing="$tool $count/$was"
    fi
  done <"$work/devices"
  if [ -n "$missing" ]; then observe device-lost all wrong "$missing"
  elif [ $verdict = well ]; then observe device-lost all well ''
  fi
}
`

/** `readers` with a row that tells a device; the bus answers for the others. */
function countShell(readers: readonly VendorReader[]): string {
  const rows = readers.flatMap(({ sampleProbe, deviceRow }) =>
    deviceRow === undefined ? [] : [`${sampleProbe.id}) case $line in ${deviceRow}) count=$((count + 1)) ;; esac ;;`],
  )
  const tools = readers.flatMap(({ sampleProbe, deviceRow }) => (deviceRow === undefined ? [] : [sampleProbe.id]))
  const vendors = [...new Set(readers.flatMap(({ bus }) => bus.vendorIds))].map((id) => `0x${id}`)
  return `# Writes "TOOL COUNT" for each tool that has answered, and "PCI COUNT", without a process.
count_devices() {
  {
    tool= count=0
    while IFS= read -r line; do
      case $line in
        "$nonce answer "*)
          [ -z "$tool" ] || echo "$tool $count"
          tool= count=0
          rest=\${line#"$nonce answer "}
          case "\${rest%% *}" in ${tools.join(' | ')}) case $rest in *' answered '*) tool=\${rest%% *} ;; esac ;; esac
          ;;
        *) case $tool in ${rows.join(' ')} esac ;;
      esac
    done <"$work/seen"
    [ -z "$tool" ] || echo "$tool $count"
    count=0
    for device in /sys/bus/pci/devices/*; do
      { read -r class <"$device/class" && read -r vendor <"$device/vendor"; } 2>/dev/null || continue
      case "$class $vendor " in 0x03* | 0x12*) ;; *) continue ;; esac
      case ' ${vendors.join(' ')} ' in *" $vendor "*) [ -e "$device/physfn" ] || count=$((count + 1)) ;; esac
    done
    [ "$count" -eq 0 ] && [ ! -e "$alerts/was.PCI" ] || echo "PCI $count"
  } >"$work/devices"
}
`
}

/** Of what the recorder itself has: it looks in a process beside it, and a look that hangs is not waited for for ever. */
export const recorderCheckShell = `checker= checker_began=
check_alerts() {
  [ -r ${recorderAlertConfig} ] && [ -r ${recorderAlertScript} ] || return 0
  if lives "$checker" "$checker_began"; then
    [ "$age" -ge ${longestCheckHundredths} ] || return 0
    kill -KILL "$checker" 2>/dev/null
  fi
  [ -z "$checker" ] || wait "$checker" 2>/dev/null
  mv -f "$work/frame" "$work/seen"
  (
    trap - EXIT HUP INT PIPE TERM
    exec </dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    . ${recorderAlertScript}
  ) >/dev/null 2>&1 &
  checker=$! stat=
  { read -r stat <"/proc/$checker/stat"; } 2>/dev/null
  set -- \${stat##*") "}
  checker_began=\${20}
}
`

/** `words`: what defines the message and reads its answer. */
export function recorderAlertText(words: string): string {
  const looks = 'begin_alerts\ncount_devices\nlook_at_services\nlook_at_disk\nlook_at_devices\n'
  return [statesShell, observeShell, looksShell, countShell(vendorReaders), words, looks].join('\n')
}
