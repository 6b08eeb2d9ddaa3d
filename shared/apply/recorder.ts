// Step kind: the recorder measures this appliance while no console watches it: its script and its unit are as wanted, and
// it runs. All of it is Rackside's own, so what takes it away leaves nothing.
import type { Command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { known, type Reading } from '../domain/reading.ts'
import {
  alertMark,
  recorderAlertAuthority,
  recorderAlertConfig,
  recorderAlertScript,
  recorderAlertStates,
  recorderRing,
  recorderScriptPath,
  recorderUnit,
  recorderUnitName,
  recorderUnitPath,
} from '../domain/recorder.ts'
import { remoteRecorder } from '../domain/remote-layout.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, firstOf, linesOf, notUnderstood } from './host-answer.ts'
import { notRead } from './host-truth.ts'
import type { StepKind, Truth } from './step-kind.ts'

type Spec = StepSpecOf<'recorder'>

const notes = notesBy<'recorder'>(() => 'recorder')
const unitMark = '\nunit-text\n'

/** The text of the unit comes last, whatever is in it. */
const question = `if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then echo 'systemd there'; else echo 'systemd missing'; fi
enabled=$(timeout -k 1 10 systemctl is-enabled ${recorderUnitName} 2>/dev/null)
[ $? -lt 124 ] || exit 1
active=$(timeout -k 1 10 systemctl is-active ${recorderUnitName} 2>/dev/null)
[ $? -lt 124 ] || exit 1
printf 'enabled %s\\nactive %s\\n' "\${enabled:-none}" "\${active:-none}"
script=none
if [ -L ${recorderScriptPath} ] || [ -L ${remoteRecorder} ]; then script=link
elif [ -f ${recorderScriptPath} ]; then script=$(sha256sum <${recorderScriptPath} | cut -c 1-64); fi
echo "script $script"
alert=none
if [ -e ${recorderAlertConfig} ] || [ -L ${recorderAlertConfig} ] || [ -e ${recorderAlertScript} ]; then
  alert=other
  if [ -f ${recorderAlertConfig} ] && [ ! -L ${recorderAlertConfig} ] && [ -f ${recorderAlertScript} ]; then
    case $(stat -c '%U %a' ${recorderAlertConfig}) in
      'root 600') { read -r line <${recorderAlertConfig}; } 2>/dev/null && alert="\${line#'${alertMark}'} $(sha256sum <${recorderAlertScript} | cut -c 1-64)" ;;
    esac
  fi
fi
echo "alert $alert"
if command -v curl >/dev/null 2>&1; then echo 'curl there'; else echo 'curl missing'; fi
if [ -L ${recorderUnitPath} ]; then echo 'unit link'
elif [ -f ${recorderUnitPath} ]; then
  echo 'unit file'
  echo unit-text
  head -c 65536 ${recorderUnitPath}
else echo 'unit none'
fi`

type Look = {
  readonly systemd: boolean
  readonly runs: boolean
  readonly script: string
  /** The mark of whom it tells and the digest of what it says, or "none". */
  readonly alert: string
  readonly curl: boolean
  readonly unit: string
  readonly unitText: string
}

function lookOf(facts: Asked): Reading<Look> {
  const answer = answerTo(question, facts)
  if (answer.state !== 'known') return answer
  const at = answer.value.indexOf(unitMark)
  const lines = linesOf(at < 0 ? answer.value : answer.value.slice(0, at))
  const [systemd, script, unit] = ['systemd', 'script', 'unit'].map((word) => firstOf(lines, word))
  if (systemd === undefined || script === undefined || unit === undefined) return notUnderstood(answer.value)
  return known({
    ...{ systemd: systemd === 'there', script, unit },
    ...{ alert: firstOf(lines, 'alert') ?? 'none', curl: firstOf(lines, 'curl') !== 'missing' },
    runs: firstOf(lines, 'enabled') === 'enabled' && firstOf(lines, 'active') === 'active',
    unitText: at < 0 ? '' : answer.value.slice(at + unitMark.length),
  })
}

function truth({ scriptSha256, alert: wanted }: Spec, facts: Asked): Truth {
  const look = lookOf(facts)
  if (look.state !== 'known') return notRead
  const { script, unit, unitText, runs, alert } = look.value
  if (script === 'none' || unit === 'none') return { holds: false, reason: 'not-there' }
  const isAsWanted =
    script === scriptSha256 &&
    unitText === recorderUnit &&
    alert === (wanted === undefined ? 'none' : `${wanted.mark} ${wanted.scriptSha256}`)
  if (!isAsWanted) return { holds: false, reason: 'other-than-wanted' }
  return runs ? { holds: true, reason: 'there-as-wanted' } : { holds: false, reason: 'unit-stopped' }
}

/**
 * $1 the script, $2 the unit; where somebody is told, $3 what it looks for and says, $4 an authority, $5 and $6 what is shown of it, and on standard input what curl gets.
 * What was there before stays beside it until this one runs; what it has told is forgotten.
 */
const begin = `umask 077
name=${recorderUnitName} folder=${remoteRecorder} script=${recorderScriptPath} unit=${recorderUnitPath}
conf=${recorderAlertConfig} looks=${recorderAlertScript} authority=${recorderAlertAuthority} states=${recorderAlertStates}
for one in "$folder" "$script" "$unit" "$conf" "$looks" "$authority" "$states"; do [ ! -L "$one" ] || { printf '%s is a link\\n' "$one" >&2; exit 1; }; done
mkdir -p -m 700 "$folder" ${recorderRing} && chown root:root "$folder" ${recorderRing} && chmod 700 "$folder" ${recorderRing} || exit 1
rm -f "$folder"/*.last "$folder"/*.new "$folder/began"
for one in "$conf" "$looks" "$authority"; do
  [ ! -e "$one" ] || cp -p "$one" "$one.last" || exit 1
done
[ ! -e "$script" ] || cp -p "$script" "$script.last" || exit 1
[ ! -e "$unit" ] || cp -p "$unit" "$folder/unit.last" || exit 1
: >"$folder/began" || exit 1
rm -rf "$conf" "$looks" "$authority" "$states" || exit 1
if [ $# -gt 2 ]; then
  command -v curl >/dev/null 2>&1 || { echo 'curl is not installed' >&2; exit 1; }
  cat >"$conf.new" && [ -s "$conf.new" ] && chown root:root "$conf.new" && chmod 600 "$conf.new" || exit 1
  printf '%s' "$3" >"$looks" || exit 1
  [ -z "$4" ] || printf '%s' "$4" >"$authority" || exit 1
  { sync "$conf.new" 2>/dev/null || sync; } && mv -f "$conf.new" "$conf" || exit 1
fi
printf '%s' "$1" >"$script.new" && { sync "$script.new" 2>/dev/null || sync; } && mv -f "$script.new" "$script" || exit 1
printf '%s' "$2" >"$unit.new" && chmod 644 "$unit.new" && { sync "$unit.new" 2>/dev/null || sync; } && mv -f "$unit.new" "$unit" || exit 1
systemctl daemon-reload && systemctl enable --quiet "$name" || exit 1
systemctl reset-failed "$name" 2>/dev/null
systemctl restart "$name" && sleep 1 && systemctl is-active --quiet "$name" || {
  journalctl --unit "$name" --lines 20 --output cat --no-pager >&2
  exit 1
}
rm -f "$folder"/*.last "$folder/began"`

/** What one run has broken comes back; where there was nothing, nothing stays. */
const back = `script=${recorderScriptPath} unit=${recorderUnitPath} folder=${remoteRecorder}
if [ -e "$script.last" ] && [ -e "$folder/unit.last" ]; then
  for one in ${recorderAlertConfig} ${recorderAlertScript} ${recorderAlertAuthority}; do
    if [ -e "$one.last" ]; then mv -f "$one.last" "$one"; elif [ -e "$folder/began" ]; then rm -f "$one"; fi
    rm -f "$one.new"
  done
  mv -f "$script.last" "$script" && mv -f "$folder/unit.last" "$unit" && systemctl daemon-reload && systemctl restart ${recorderUnitName} && rm -f "$folder/began"
  exit
fi
# It broke off before it changed anything of a recorder that was there.
if [ -e "$script" ] && [ ! -e "$folder/began" ]; then
  rm -f "$folder"/*.last "$folder"/*.new "$unit.new"
  exit 0
fi`

/** It may run twice, and where there is no recorder. */
const recorderEnd = `[ ! -e ${recorderUnitPath} ] || { systemctl stop ${recorderUnitName}; systemctl disable --quiet ${recorderUnitName}; } 2>/dev/null
rm -f ${recorderUnitPath} ${recorderUnitPath}.new || exit 1
! command -v systemctl >/dev/null 2>&1 || { systemctl daemon-reload; systemctl reset-failed ${recorderUnitName}; } 2>/dev/null
rm -rf ${remoteRecorder}`

/** Commands that take all of it away. */
export function recorderRemoval(spec: Spec): readonly Command[] {
  return [hostAct('recorder-end', recorderEnd), notes.forget(spec)]
}

export const recorderStep: StepKind<'recorder'> = {
  kind: 'recorder',
  asks: ['host'],
  by: 'commands',
  look: () => question,
  isTrue: truth,
  problem(spec, facts) {
    const look = lookOf(facts)
    if (look.state !== 'known') return undefined
    if (!look.value.systemd) return { kind: 'host-object-unusable', what: 'systemd', problem: 'other-kind' }
    if (spec.alert !== undefined && !look.value.curl) {
      return { kind: 'recorder-alert-unusable', channel: spec.alert.channel, problem: 'no-curl' }
    }
    if (look.value.script === 'link') return { kind: 'host-object-unusable', what: recorderScriptPath, problem: 'link' }
    if (look.value.unit === 'link') return { kind: 'host-object-unusable', what: recorderUnitPath, problem: 'link' }
    return undefined
  },
  service: () => recorderUnitName,
  disk: { space: 'rackside', isOneFile: false, bytes: ({ limitBytes }) => limitBytes },
  input: ({ alert }) => (alert === undefined ? undefined : { recorderAlert: alert }),
  commands: (spec) => {
    const { script, alert } = spec
    const told = alert === undefined ? [] : [alert.script, alert.ca ?? '', alert.mark, alert.host]
    return [notes.write(spec, {}), hostAct('recorder-begin', begin, script, recorderUnit, ...told)]
  },
  undo: (spec, _, { failedAt }) => [
    ...(failedAt > 0 ? [hostAct('recorder-back', `${back}\n${recorderEnd}`)] : []),
    notes.takeBack(spec),
  ],
  made: { layer: 'units', stepName: () => 'recorder', remove: recorderRemoval },
}
