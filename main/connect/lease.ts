// The shell wrapper around every remote process. Its standard input is a lease: frames arrive on it,
// and when they stop (end of input, or silence) the whole process group ends. sshd sends no hang-up
// without a pty, so this is the only thing that keeps a dead console from leaving processes behind.
// The text is safe for dash, busybox ash and bash, with GNU, busybox or uutils tools.
import type { Privilege } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { unusableExitCode } from '../../shared/domain/script-exits.ts'
import { type LeaseInput, scriptHead } from '../../shared/domain/script-head.ts'

export type Lease = {
  readonly work: string
  readonly input: LeaseInput
  /** Printed on stdout and stderr before the work: what came earlier is not the work's output. */
  readonly marker: string
  /** Without a frame for this long the group ends. */
  readonly silenceSeconds: number
}

export const defaultSilenceSeconds = 30
export const heartbeatSeconds = 10
export const heartbeatFrame = '0\n'
export const endFrame = 'E\n'
/** Large frames are counted in blocks of this size and copied block by block. */
export const blockBytes = 64 * 1024

/**
 * A frame of fewer bytes than a block is taken whole before any of it is passed on, so work that no
 * longer reads cannot disturb the frames behind it. Whole blocks are streamed: three times as fast.
 */
export function frameHead(bytes: number): string {
  if (Number.isInteger(bytes) && bytes > 0 && bytes < blockBytes) return `${bytes}\n`
  if (bytes >= blockBytes && bytes % blockBytes === 0) return `B${bytes / blockBytes}\n`
  throw new Error(`no frame of ${bytes} bytes`)
}

/**
 * A frame for the file of a `placed` input: that many blocks of that many bytes, from that many blocks after the
 * beginning. dd says of whole blocks alone how many there were, so every length is made of those.
 */
export function placedFrameHead(blockLength: number, seekBlocks: number, blocks: number): string {
  return `@${blockLength} ${seekBlocks} ${blocks}\n`
}

/** Until its first bytes are here a shell has no lease, and a link that broke off in silence tells it nothing. */
const openingSeconds = 30
/**
 * The first line of input is in `l` then, or the shell goes on without one. `read` takes byte by byte, so nothing is
 * over-read.
 */
export const readOpening = `l=$(timeout ${openingSeconds} /bin/sh -c "IFS= read -r l; printf %s \\"\\$l\\"")`

/**
 * What sshd is asked to run: the same short line for everything, in any login shell. It shows
 * nothing in the process list and in sudo's log.
 */
export function leaseLine(as: Privilege, user: string): string {
  const unusable = `l="echo rackside: timeout is not installed >&2; exit ${unusableExitCode}"`
  const shell = `/bin/sh -c '${readOpening} || ${unusable}; eval "$l"'`
  return as === 'root' && user !== 'root' ? `exec env LC_ALL=C sudo -n -- ${shell}` : `exec ${shell}`
}

/** The first bytes on stdin: a line that reads the wrapper, then the wrapper itself with the work in it. */
export function leaseOpening(lease: Lease): Uint8Array {
  const script = new TextEncoder().encode(wrapper(lease))
  const head = `eval "$(timeout ${openingSeconds} dd bs=${script.byteLength} count=1 iflag=fullblock 2>/dev/null)"\n`
  return Buffer.concat([Buffer.from(head), script])
}

/**
 * Reads frames until a heartbeat (0), the end of data (8), the end of input (9), or until the work has
 * closed its input, or a file takes no more, in the middle of blocks (7): nobody knows then where the next frame
 * begins. A frame that broke off is not told.
 */
function readFrames({ kind }: LeaseInput): string {
  const placed = `  @*) set -f; n=\${n#@}; b=\${n%% *}; n=\${n#* }; a=\${n%% *}; n=\${n##* }
    case $b$a$n in *[!0-9]*) exit 9 ;; esac
    r=$(dd of="$2" bs="$b" seek="$a" count="$n" iflag=fullblock conv=notrunc 2>&1) || { echo failed $r; exit 7; }
    case $r in "$n+0 records in"*) echo "arrived $((a * b)) $((n * b))" ;; *) exit 9 ;; esac ;;
`
  return `[ -z "$1" ] || echo "$1"
while IFS= read -r n; do
case $n in
  0) exit 0 ;;
  E) exit 8 ;;
${kind === 'placed' ? placed : ''}  B*) dd bs=${blockBytes} count="\${n#B}" iflag=fullblock 2>/dev/null || exit 7 ;;
  ""|*[!0-9]*) exit 9 ;;
  *) dd bs="$n" count=1 iflag=fullblock 2>/dev/null ;;
esac
done
exit 9`
}

/**
 * A shell that start-up files of the login shell put in its place reads the input as its own commands: it is not the
 * one that we asked for, and not root where that was asked for.
 */
const sentShell = `[ -n "\${l-}" ] || {
  echo 'rackside: another shell took the place of the one that was asked for' >&2
  exit ${unusableExitCode}
}
`

/**
 * Three parts in one pipeline: the lease loop, for sized input a spool, and the work, whose code is the
 * pipeline's. The work waits until the first frame reader runs: a signal that reaches a shell between
 * its fork and its trap is lost (dash), and the lease would outlive an instant command. The main shell keeps
 * quiet, so that "Terminated" is never taken for the work's output.
 */
function wrapper({ work, input, marker, silenceSeconds }: Lease): string {
  const head = scriptHead({ block: 'lease', marker, input, silenceSeconds })
  return `${head}${sentShell}rackside_text=${quoteWord(work)}
rackside_marker=${quoteWord(marker)}
${leaseBody(input, silenceSeconds)}`
}

/** The wrapper for a shell that knows `rackside_text` and `rackside_marker` already, and has the lease on its input. */
export function leaseBody(input: LeaseInput, silenceSeconds: number): string {
  const spool = input.kind === 'sized' ? `rackside_spool ${input.bytes} | ` : ''
  const file = input.kind === 'placed' ? ` ${quoteWord(input.file)}` : ''
  return `exec 3<&0
unset l
LC_ALL=C
PATH=\${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
rackside_unusable() { echo "rackside: $1" >&2; exit ${unusableExitCode}; }
for rackside_tool in timeout dd sleep; do
  command -v "$rackside_tool" >/dev/null 2>&1 || rackside_unusable "$rackside_tool is not installed"
done
IFS= read -r rackside_stat </proc/self/stat || rackside_unusable '/proc is not readable'
set -- \${rackside_stat##*) }
rackside_session=$4
rackside_parent=
IFS= read -r rackside_parent <"/proc/$PPID/comm" 2>/dev/null
case $rackside_session:$3:$rackside_parent in
  "$$:$$:"*|"$PPID:$PPID:sudo"*) ;;
  *) rackside_unusable 'this login gives a command no session of its own' ;;
esac
set --
rackside_sweep() {
  rackside_others=1
  for rackside_process in /proc/[0-9]*; do
    rackside_process=\${rackside_process#/proc/}
    case $rackside_process in "$rackside_self"|"$$"|"$PPID") continue ;; esac
    IFS= read -r rackside_stat <"/proc/$rackside_process/stat" || continue
    set -- "$1" \${rackside_stat##*) }
    [ "$5" = "$rackside_session" ] && [ "$2" != Z ] || continue
    rackside_others=0
    kill "-$1" "$rackside_process"
  done
  return "$rackside_others"
}
# Hundredths of a second since boot, without a process.
rackside_clock() {
  IFS=' ' read -r rackside_now rackside_idle </proc/uptime && rackside_now=\${rackside_now%.*}\${rackside_now#*.}
}
rackside_end_group() {
  trap '' TERM
  IFS= read -r rackside_self </proc/self/stat
  rackside_self=\${rackside_self%% *}
  kill -TERM 0
  rackside_sweep TERM
  rackside_clock
  rackside_since=$rackside_now
  for rackside_try in 1 2 3 4 5 6 7 8 9 10; do
    rackside_sweep 0 || break
    sleep 0.2
    rackside_clock && [ "$((rackside_now - rackside_since))" -ge 200 ] && break
  done
  rackside_sweep KILL
  kill -KILL 0
}
rackside_lease() {
  trap 'kill "$!"; exit 0' TERM
  rackside_armed=armed
  while :; do
    timeout ${silenceSeconds} /bin/sh -c '${readFrames(input)}' sh "$rackside_armed"${file} <&3 3<&- &
    rackside_armed=
    wait "$!"
    case $? in
      0) ;;
      8) exec >/dev/null ;;
      7) exec >/dev/null; sleep ${silenceSeconds} & wait "$!"; break ;;
      *) break ;;
    esac
  done
  rackside_end_group
}
rackside_spool() {
  IFS= read -r rackside_armed && echo armed
  dd "bs=$1" count=1 iflag=fullblock 3<&-
}
rackside_run() {
  IFS= read -r rackside_armed || exit 1
  exec 2>&4 4>&-
  echo "$rackside_marker"
  echo "$rackside_marker" >&2
  ( eval "$rackside_text" )${input.kind === 'none' ? ' </dev/null' : ''} 3<&-
  rackside_code=$?
  trap '' TERM
  kill -TERM 0
  exit "$rackside_code"
}
trap : TERM
exec 4>&2 2>/dev/null
rackside_lease 4>&- | ${spool}rackside_run
exit "$?"
`
}
