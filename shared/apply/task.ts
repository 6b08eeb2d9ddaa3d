// A task from its container's making to the note of how it ended, as one script: it needs no console, and whatever ends
// it leaves no container behind. A second process of its own waits for this one: when that is gone, or much too late, it
// takes the container away and starts what was stopped for it.
import { type Command, command } from '../domain/command.ts'
import { putShell } from '../domain/put-text.ts'
import { quoteWord } from '../domain/quote.ts'
import {
  deploymentLabel,
  entryLabel,
  remoteRuntime,
  remoteTasks,
  runLabel,
  systemdFolder,
  versionLabel,
} from '../domain/remote-layout.ts'
import { taskEndedText } from '../domain/script-exits.ts'
import { scriptHead } from '../domain/script-head.ts'
import { type TaskResult, type TaskSpec, type TaskStep, taskOutputBytes } from '../domain/task-step.ts'
import type { Asked } from './asked.ts'
import { confiningWords } from './confinement.ts'
import { keptVersions } from './container-proof.ts'
import { containerName, isRunningShell } from './container-run.ts'
import { hostAct } from './host-act.ts'
import { loadedImageId } from './image.ts'

/** Of the container of a task: no deployment, nor anything beside one, can have an underscore in its name. */
export function taskContainerName(task: string): string {
  return `${containerName(task)}_task`
}

/** Empty where its image is not in the engine. */
export function taskCommands(step: TaskStep, facts: Pick<Asked, 'images'>, runId: string): Command[] {
  const imageId = loadedImageId(step.spec.image, facts)
  return imageId === undefined ? [] : [taskCommand(step, imageId, runId)]
}

function taskCommand(step: TaskStep, imageId: string, runId: string): Command {
  const { spec } = step
  const { task, of, timeoutSeconds } = spec
  const words = [
    taskContainerName(task),
    String(timeoutSeconds),
    `${remoteTasks}/${of}`,
    noteName(step),
    step.kind,
    beginningOf(step, runId),
    step.kind === 'job' && step.pauses ? containerName(of) : '',
    step.kind === 'probe' ? JSON.stringify(step) : '',
    Object.entries(spec.environment)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    spec.joins ?? '',
  ]
  return command('sh', '-c', taskText, 'sh', ...words, ...makingWords(spec, imageId, runId))
}

/** Of a job by what it does, of a probe by the version that it tries: what is gone back to has its own. */
function noteName(step: TaskStep): string {
  const digest = step.kind === 'job' ? step.digest : step.against
  return `${step.spec.task}.${digest.slice(0, 12)}`
}

/** How it ended is put behind it on the appliance. */
function beginningOf(step: TaskStep, run: string): string {
  const { task, of, ofVersion, entry, entryVersion } = step.spec
  const known: Omit<TaskResult, 'at' | 'seconds' | 'outcome' | 'exitCode' | 'output'> = {
    ...{ role: step.kind, task, of, ofVersion, entry, entryVersion, digest: step.digest, run },
    ...(step.kind === 'probe' && { against: step.against }),
  }
  return JSON.stringify(known).slice(0, -1)
}

/** What it prints is read to its end only: a task that prints without end takes 2 MB of the disk. */
const logWords = ['--log-driver', 'local', '--log-opt', 'max-size=1m', '--log-opt', 'max-file=2']

/** Its environment comes on standard input: words of a process are for everybody to read. */
function makingWords(spec: TaskSpec, imageId: string, runId: string): string[] {
  const labels = {
    [deploymentLabel]: spec.task,
    [runLabel]: runId,
    [entryLabel]: spec.entry,
    [versionLabel]: spec.entryVersion,
  }
  const memory = String(spec.memoryBytes)
  return [
    ...['--pull', 'never', '--name', taskContainerName(spec.task)],
    ...Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]),
    ...['--restart', 'no', ...logWords, '--network', spec.network, '--no-healthcheck'],
    ...confiningWords({}),
    ...['--memory', memory, '--memory-swap', memory],
    ...spec.volumes.flatMap((v) => ['--mount', `type=volume,source=${v.name},target=${v.target}`]),
    ...(spec.environmentFile === undefined ? [] : ['--env-file', spec.environmentFile]),
    ...(spec.program === undefined ? [] : ['--entrypoint', spec.program]),
    imageId,
    ...spec.arguments,
  ]
}

// $1 the lock that the task holds, $2 seconds, $3 the container, $4 a file that names what was stopped for it. The next one
// begins when this has ended.
const guardText = `rm -f "$0"
exec 6>>"$1" && flock -w "$2" 6
docker rm --force --volumes "$3" >/dev/null 2>&1
[ ! -s "$4" ] || docker start "$(cat "$4")" >/dev/null 2>&1
rm -f "$4" "$1.said"
`

/** Seconds that the guard waits longer than the task may take: it is for what ends the task's own script. */
const graceSeconds = 90
const stopSeconds = 10

/**
 * $1 the container's name, $2 seconds, $3 folder, $4 the note's name, $5 the task's kind, $6 the note's beginning, $7 what is stopped for it,
 * $8 the probe to keep, $9 the environment, $10 a second network or none; then the words of docker create. Time is the kernel's, which nobody sets.
 */
const taskText = `${scriptHead({ block: 'task' })}name=$1 limit=$2 folder=$3 file=$3/$4 kind=$5 note=$6 pauses=$7 keeps=$8 environment=$9
shift 9
joins=$1
shift
LC_ALL=C
export LC_ALL
umask 077
${putShell}
${isRunningShell}
mkdir -p "$folder" ${remoteRuntime} || exit 1
lock=${remoteRuntime}/task.$name paused=${remoteRuntime}/task.$name.paused
exec 6>>"$lock" && flock -w "$limit" 6 || { printf '%s is at work already\\n' "$name" >&2; exit 1; }
docker rm --force --volumes "$name" >/dev/null 2>&1
id=$(printf '%s' "$environment" | docker create --env-file /dev/stdin "$@") || exit 1
[ -z "$joins" ] || docker network connect "$joins" "$id" || { docker rm --force --volumes "$id" >/dev/null 2>&1; exit 1; }
now() { read -r up rest </proc/uptime && echo "\${up%%.*}"; }
# From a file: systemd would expand variables in an argument.
guard() {
  printf '%s' ${quoteWord(guardText)} >"$lock.guard" || return 1
  unit=rackside-guard-$name
  if [ -d ${systemdFolder} ] && command -v systemd-run >/dev/null 2>&1; then
    systemctl reset-failed "$unit" 2>/dev/null
    systemctl stop "$unit" 2>/dev/null
    systemd-run --quiet --unit "$unit" --property=Type=exec /bin/sh "$lock.guard" "$@"
  else
    setsid sh "$lock.guard" "$@" </dev/null >/dev/null 2>&1 6>&- 7>&- 8>&- 9>&- &
  fi
}
clear_up() {
  docker rm --force --volumes "$id" >/dev/null 2>&1
  [ -s "$paused" ] || return 0
  docker start "$(cat "$paused")" >/dev/null && rm -f "$paused"
}
fails() { printf '%s\\n' "$1" >&2; clear_up; exit 1; }
guard "$lock" $((limit + ${graceSeconds})) "$id" "$paused" || fails 'nothing watches over the task'
if [ -n "$pauses" ] && is_running "$pauses"; then
  printf '%s' "$pauses" >"$paused" && docker stop "$pauses" >/dev/null || fails "$pauses did not stop"
fi
begun=$(now) outcome=lost code=-1 missed=0
if docker start "$id" >/dev/null 2>"$lock.said"; then
  while :; do
    left=$((begun + limit - $(now)))
    [ $left -gt 0 ] || { outcome=time-limit; docker stop -t ${stopSeconds} "$id" >/dev/null 2>&1; break; }
    timeout $left docker wait "$id" >/dev/null 2>&1 6>&-
    state=$(docker inspect --type container --format '{{.State.Status}} {{.State.OOMKilled}} {{.State.ExitCode}}' "$id" 2>/dev/null) || state=unseen
    case $state in
      "exited true "*) outcome=memory code=\${state##* }; break ;;
      "exited false 0") outcome=passed code=0; break ;;
      "exited "*) outcome=exit code=\${state##* }; break ;;
      "running "*) missed=0; sleep 0.2 ;;
      # An engine that does not answer for a moment says nothing about the task.
      unseen) missed=$((missed + 1)); [ $missed -le 30 ] || break; sleep 1 ;;
      *) break ;;
    esac
  done
  output=$(timeout 30 docker logs --tail 60 "$id" 2>&1 | tail -c ${taskOutputBytes} | base64 | tr -d '\\n')
else
  outcome=not-started output=$(tail -c ${taskOutputBytes} "$lock.said" | base64 | tr -d '\\n')
fi
rm -f "$lock.said"
case $code in '' | *[!-0-9]*) code=-1 ;; esac
note="$note,\\"at\\":\\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\",\\"seconds\\":$(($(now) - begun)),\\"outcome\\":\\"$outcome\\",\\"exitCode\\":$code,\\"output\\":\\"$output\\"}"
[ -z "$keeps" ] || put "$file.step" "$keeps" || fails 'what it is was not noted'
if [ $outcome = passed ] || [ $kind = probe ]; then put "$file.$kind" "$note" || fails 'how it ended was not noted'; fi
# Of the versions that can be gone back to, by as many digits as their digests have here.
ls -t "\${file%.*}".????????????.$kind 2>/dev/null | tail -n +${keptVersions + 1} | while read -r old; do
  rm -f "$old" "\${old%.probe}.step"
done
clear_up || { printf '%s was stopped for the task and does not start\\n' "$pauses" >&2; exit 1; }
[ $outcome = passed ] || exec >&2
printf '${taskEndedText}%s\\n' "$note"
[ $outcome = passed ]`

/** Takes back that a job has run: what it made of its service's data is not there any more. */
export function forgetJob(step: Extract<TaskStep, { kind: 'job' }>): Command {
  return hostAct('forget-job', 'rm -f -- "$1"', `${remoteTasks}/${step.spec.of}/${noteName(step)}.job`)
}
