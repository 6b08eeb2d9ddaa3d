// The fixed part of the facts script (and of the sampler's), in POSIX sh for dash, busybox ash and bash. What it must stand:
// a vendor tool that never ends, ignores TERM, cannot be killed, or prints without end; a full disk;
// no `timeout`; `sleep` without fractions. Tools write to files, and the script only waits for them: a pipe or
// $(...) on a tool in D state would block for ever. Helpers fork as little as possible.
import { remoteRuntime } from '../domain/remote-layout.ts'

/** Bytes of one probe's stdout and stderr that come back. */
const stdoutLimitBytes = 512 * 1024
const stderrLimitBytes = 16 * 1024

// accelerators.md 0.2: a shell without login lacks the vendors' folders.
const vendorPath = [
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/opt/hyhal/bin:/opt/rocm/bin:/usr/local/corex/bin:/opt/mxdriver/bin',
  '/usr/local/PPU_SDK/ppu-smi/bin:/usr/local/neuware/bin:/usr/local/birensupa/bin:/opt/dtk/bin',
  '/usr/local/nvidia/bin:/usr/lib/wsl/lib',
].join(':')

// Runs as the first lines of every probe. $$ is the process that `timeout` watches; a tool takes its place by `exec`,
// so the record names the tool itself: pid, start time (field 22), date. A fragment with more than one tool call makes
// the others by `watched`. In the folder $answers are the other probes' ID.out, and ID.done once they have ended.
export const prelude = `{ echo $$ >"$1"; } 2>/dev/null
answers=\${1%/*} record=$2 date=$3
set --
sign() {
  [ -n "$record" ] && { read -r stat </proc/self/stat; } 2>/dev/null || return 0
  pid=\${stat%% *}
  set -- \${stat##*") "}
  { echo "$pid \${20} $date" >"$record"; } 2>/dev/null
}
watched() { (sign; exec "$@"); }
sign
`

// The first lines of a group's shell; its own opening follows. $answers as above.
export const groupHead = `{ echo $$ >"$1"; } 2>/dev/null
answers=\${1%/*}
shift
members=$*
set --
print_file() { while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done <"$1"; }
`

// A member that hangs holds up nobody: they ask side by side, each in one process, whose end is its answer's.
export const groupBody = `for id in $members; do
  (
    trap 'echo "answered $? -" >"$answers/$id.done"' EXIT
    . "$answers/$id.sh"
  ) >"$answers/$id.out" 2>"$answers/$id.err" &
done
wait`

export const setUp = `export LC_ALL=C PATH="${vendorPath}:\${PATH:-/usr/bin:/bin}:/sbin:/bin:/usr/local/Ascend/driver/tools"
umask 077
work= making= vendors= todo= tools= jobs= members= groups= alarm= date=$(date -u +%Y-%m-%dT%H:%M:%SZ)

has() { command -v "$1" >/dev/null 2>&1; }

# Is anything of the vendor with these four hex digits on the bus? Read once, by the shell itself.
pci() {
  if [ -z "$vendors" ]; then
    vendors=' '
    for file in /sys/bus/pci/devices/*/vendor; do
      { read -r vendor <"$file"; } 2>/dev/null && vendors="$vendors$vendor "
    done
  fi
  case $vendors in *" 0x$1 "*) ;; *) return 1 ;; esac
}

# Hundredths of a second since boot, without a process.
clock() {
  { read -r up rest </proc/uptime; } 2>/dev/null
  case $up in
    *.??) now=$((\${up%.*} * 100 + 1\${up#*.} - 100)) ;;
    *) now=$(($(date +%s) * 100)) ;;
  esac
}

# Does process $1 with start time $2 still live? Sets age in hundredths of a second. A zombie with
# more than one thread has a thread that cannot end: it counts as living.
lives() {
  [ -n "$1" ] && { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- "$1" "$2" \${stat##*") "}
  [ "\${22}" = "$2" ] || return 1
  clock
  age=$((now - $2))
  case $3 in
    Z | X) set -- "/proc/$1/task/"*; [ $# -gt 1 ] ;;
  esac
}

place_records() {
  case $privilege in
    root) runtime=${remoteRuntime} records=${remoteRuntime}/probes ;;
    *) runtime=\${XDG_RUNTIME_DIR:-} records=\${XDG_RUNTIME_DIR:-\${HOME:+$HOME/.cache}}; records=\${records:+$records/rackside-probes} ;;
  esac
  [ -n "$records" ] && { [ -d "$records" ] || mkdir -p "$records" 2>/dev/null; } && [ -w "$records" ] || records=
}

# What a script left that was killed outright, in the folder that nobody else may write to: its name is its process.
forget_dead_work() {
  for old in "$runtime"/rackside-facts.*; do
    pid=\${old##*/rackside-facts.}
    pid=\${pid%%.*}
    case $pid in '' | *[!0-9]*) continue ;; esac
    [ -e "/proc/$pid" ] || rm -rf "$old"
  done
}

# Memory before disk: facts must come back from an appliance whose disk is full.
place_work() {
  for base in "$runtime" /dev/shm "\${TMPDIR:-/tmp}" /tmp; do
    # Named before it is made: a signal in between finds it as well. One that is there is not ours. Anybody may read
    # its name here, and in the arguments of processes: the nonce is no part of it.
    [ -n "$base" ] && making=$base/rackside-facts.$$ && mkdir -m 700 "$making" 2>/dev/null && work=$making && return 0
  done
  echo 'no folder for temporary files' >&2
  exit 73
}

clean_up() {
  trap - EXIT
  [ -z "$alarm" ] || kill "$alarm" 2>/dev/null
  [ -n "$work" ] || { [ -z "$making" ] || rmdir "$making" 2>/dev/null; return 0; }
  killed=no
  kill_rest
  # Moved first: a shell whose tool was just ended still writes here, and what it made would keep the folder.
  [ $killed = no ] || { mv "$work" "$work.old" 2>/dev/null && work=$work.old; }
  rm -rf "$work" 2>/dev/null
  forget_ended_tools
}

kill_rest() {
  for id in $todo $groups; do
    [ -s "$work/$id.done" ] && continue
    killed=yes
    { read -r pid <"$work/$id.pid"; } 2>/dev/null && kill -KILL "$pid" 2>/dev/null
  done
}

bounded() {
  seconds=$1
  shift
  if [ "$limiter" = yes ]; then timeout -k 2 "$seconds" "$@"; else "$@"; fi
}
`

/**
 * Interrupts wait_for_all at the deadline. Begun before takePlace sets its traps: until a subshell has traps of its own, a
 * signal to it can run those of its parent.
 */
export const setAlarm = `trap : ALRM
(
  trap 'kill $! 2>/dev/null; exit' TERM
  sleep "$deadline" &
  wait $!
  kill -ALRM $$
) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
alarm=$!`

/**
 * The first commands: whatever ends the script, nothing of it stays. The lease ends a group by more than one signal:
 * after the first one they are ignored, by `rm` too, or the second would end the cleaning half-way.
 */
export const takePlace = `leave() { trap '' HUP INT PIPE TERM; exit "$1"; }
trap "trap '' HUP INT PIPE TERM; clean_up" EXIT
trap 'leave 129' HUP; trap 'leave 130' INT; trap 'leave 141' PIPE; trap 'leave 143' TERM
place_records
[ -z "$runtime" ] || forget_dead_work
place_work
limiter=no; timeout -k 1 5 true >/dev/null 2>&1 && limiter=yes`

export const runProbes = `# start ID SECONDS tool|plain FRAGMENT WHEN
start() {
  todo="$todo $1"
  [ "$3" != tool ] || tools="$tools $1"
  launch "$@"
  [ "$job" = - ] || jobs="$jobs $job"
}

# Makes the files of probe ID. Fails, and has its answer, where there is nothing to ask.
is_asked() {
  : >"$work/$1.out"
  : >"$work/$1.err"
  [ -z "$2" ] || eval "$2" || { echo 'answered 127 -' >"$work/$1.done"; return 1; }
}

# The same as start for a probe that is listed already; it must not be running. Sets job to its shell's pid, or -.
launch() {
  record= job=-
  is_asked "$1" "$5" || return 0
  if [ "$3" = tool ] && [ -n "$records" ]; then
    record=$records/$1
    # Younger than the deadline: a tool at work for another console, not a hung one; its record stays.
    if { read -r pid began since <"$record"; } 2>/dev/null && lives "$pid" "$began"; then
      if [ "$age" -ge $(($2 * 100)) ]; then echo "still-hung - $since" >"$work/$1.done"; return; fi
      record=
    fi
  fi
  (
    exec </dev/null >"$work/$1.out" 2>"$work/$1.err" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    call "$2" "$prelude$4" "$work/$1.pid" "$record" "$date"
    echo "$state $code -" >"$work/$1.done"
  ) >/dev/null 2>&1 &
  job=$!
}

# call SECONDS TEXT ARGUMENT...: sets state and code.
call() {
  seconds=$1 text=$2
  shift 2
  # 16 MiB a file is the most a flood may fill. The signal is ignored, so that a tool that appends
  # to a large log of its own only fails to write there.
  ulimit -f 32768 2>/dev/null
  trap '' XFSZ
  clock
  begin=$now
  bounded "$seconds" sh -c "$text" sh "$@"
  code=$? state=answered
  clock
  case $code in 124 | 137 | 143) [ $((now - begin)) -lt $((seconds * 100 - 10)) ] || state=timed-out ;; esac
}

# member ID FRAGMENT WHEN: a probe of the group that is started next.
member() {
  todo="$todo $1"
  is_asked "$1" "$3" || return 0
  printf '%s\\n' "$2" >"$work/$1.sh" && members="$members $1"
}

# start_group ID SECONDS OPENING: one shell for all members. What it needs least of is processes: they ask side by side.
start_group() {
  [ -n "$members" ] || return 0
  groups="$groups group-$1"
  (
    exec </dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    call "$2" "$group_head$3
$group_body" "$work/group-$1.pid" $members
    # Those that have not ended went with the group.
    for id in $members; do [ -s "$work/$id.done" ] || echo "$state $code -" >"$work/$id.done"; done
    echo ended >"$work/group-$1.done"
  ) >/dev/null 2>&1 &
  jobs="$jobs $!" members=
}

# Until every probe has ended, or the alarm comes.
wait_for_all() {
  [ -z "$jobs" ] || wait $jobs
  kill "$alarm" 2>/dev/null
  alarm=
}

forget_ended_tools() {
  [ -n "$records" ] || return 0
  ended=
  for id in $tools; do
    { read -r pid began since <"$records/$id"; } 2>/dev/null && ! lives "$pid" "$began" && ended="$ended $id"
  done
  [ -z "$ended" ] || (cd "$records" && rm -f $ended)
}

# All frames at once, by one process where nothing has to be cut.
print_frames() {
  set --
  for id in $todo; do set -- "$@" "$work/$id.out" "$work/$id.err"; done
  wc -c "$@" >"$work/sizes" 2>/dev/null
  print_middle >"$work/middle"
  print_end >"$work/end"
  set --
  for id in $todo; do
    read -r out rest
    read -r err rest
    judge_answer
    print_head >"$work/$id.head"
    set -- "$@" "$work/$id.head"
    [ "$shown" -eq 0 ] || { part_of out "$shown" "$out"; set -- "$@" "$part"; }
    set -- "$@" "$work/middle"
    [ "$error_shown" -eq 0 ] || { part_of err "$error_shown" "$err"; set -- "$@" "$part"; }
    set -- "$@" "$work/end"
  done <"$work/sizes"
  cat "$@"
  printf '\\n%s done\\n' "$nonce"
}

# Sets part to a file of that many bytes of the answer. What a tool has left behind may still write to its own.
part_of() {
  part=$work/$id.$1
  case "$state $tools " in "answered "*" $id "*) ;; "answered "*) [ "$2" -ne "$3" ] || return 0 ;; esac
  head -c "$2" "$part" >"$part.cut"
  part=$part.cut
}

print_frame() {
  judge_answer
  print_head
  [ "$shown" -eq 0 ] || head -c "$shown" "$work/$id.out"
  print_middle
  [ "$error_shown" -eq 0 ] || head -c "$error_shown" "$work/$id.err"
  print_end
}

judge_answer() {
  { read -r state code since <"$work/$id.done"; } 2>/dev/null || state=timed-out code=- since=-
  out=\${out:-0} err=\${err:-0}
  [ "$state $code $out $err" = 'answered 127 0 0' ] && state=missing
  shown=$out error_shown=$err
  [ "$out" -le ${stdoutLimitBytes} ] || shown=${stdoutLimitBytes}
  [ "$err" -le ${stderrLimitBytes} ] || error_shown=${stderrLimitBytes}
}

print_head() {
  printf '\\n%s answer %s %s %s %s %s %s %s %s\\n' "$nonce" "$id" "$state" "$code" "$since" "$shown" "$out" "$error_shown" "$err"
}
print_middle() { printf '\\n%s stderr\\n' "$nonce"; }
print_end() { printf '\\n%s end\\n' "$nonce"; }
`
