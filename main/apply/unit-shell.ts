// What keeps a unit's work going without a console: a transient unit of systemd, or where no systemd runs the server a
// process of a session of its own. Both are asked by the same four shell functions, whichever the appliance has.
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteUnitRecords, remoteUnits, systemdFolder } from '../../shared/domain/remote-layout.ts'

const shownLines = 20

/** Where the unit's work is written before it starts; the work's shell has it as its `$0`. */
export function unitFile(unit: string): string {
  return `${remoteUnits}/${unit}.sh`
}

/**
 * Defines for this unit: `unit_runs`; `unit_start`; `unit_wait`, which fails where the work failed or nobody knows how
 * it ended; `unit_says`, the end of what the work said this time. The folder exists only where systemd is PID 1
 * (sd_booted(3)).
 */
export function unitFunctions(unit: string): string {
  return `if [ -d ${systemdFolder} ] && command -v systemd-run >/dev/null 2>&1; then
${bySystemd(unit)}
else
${detached(unit)}
fi`
}

function bySystemd(unit: string): string {
  const name = quoteWord(unit)
  // What it says is not what an earlier unit of this name said, nor systemd, whose lines would come behind it.
  return `unit_runs() { systemctl is-active --quiet ${name}; }
unit_start() {
  systemctl reset-failed ${name} 2>/dev/null
  systemd-run --quiet --unit ${name} --property=Type=exec /bin/sh ${quoteWord(unitFile(unit))}
}
unit_wait() {
  while :; do
    case $(systemctl is-active ${name}) in active|activating|deactivating|reloading) sleep 0.1 ;; *) break ;; esac
  done
  ! systemctl is-failed --quiet ${name}
}
unit_says() {
  this=$(systemctl show --property=InvocationID --value ${name} 2>/dev/null)
  journalctl --sync >/dev/null 2>&1
  journalctl --unit ${name} --identifier sh \${this:+"_SYSTEMD_INVOCATION_ID=$this"} --lines ${shownLines} --output cat --no-pager
  systemctl reset-failed ${name}
}`
}

/**
 * The process holds a lock on its pid file for as long as it lives: a number alone is no proof, since another process
 * has it after a reboot. It has a session of its own, since the console's lease ends all of the console's, and none of
 * the console's descriptors. The second line of the file says how it ended; who is killed says nothing. Umask and folder
 * are those of a unit of systemd.
 */
function detached(unit: string): string {
  const [pid, log] = [quoteWord(`${remoteUnitRecords}/${unit}.pid`), quoteWord(`${remoteUnitRecords}/${unit}.log`)]
  const work = `cd /; umask 022; echo $$ >"$1"; sh "$2"; echo "ended $?" >>"$1"`
  return `unit_runs() { [ -e ${pid} ] && ! flock -n -s ${pid} true; }
unit_start() {
  command -v setsid >/dev/null 2>&1 || { echo 'setsid is not installed' >&2; return 1; }
  ( umask 077; mkdir -p ${remoteUnitRecords} && exec 9>>${pid} && flock 9 && : >${pid} && : >${log} || exit 1
  setsid sh -c ${quoteWord(work)} sh ${pid} ${quoteWord(unitFile(unit))} </dev/null >>${log} 2>&1 & )
}
unit_wait() { flock -s ${pid} true && [ "$(sed -n 2p ${pid})" = 'ended 0' ]; }
unit_says() { tail -n ${shownLines} ${log}; }`
}
