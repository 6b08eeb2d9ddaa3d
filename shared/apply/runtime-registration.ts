// Step kind: the engine knows a container runtime (NVIDIA's, Ascend's), by its settings file, which is merged and
// never overwritten. The engine is told to read its settings again, which stops nothing; where it has to be started
// anew the plan names what stops with it.
import * as z from 'zod'
import type { Command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { hasRuntime, runtimeBefore, withoutRuntime, withRuntime } from './daemon-settings.ts'
import { lastCopy, takeFileBack, writeFile } from './file.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, firstOf, linesOf, type PathLook, pathLookOf, pathQuestion, unusablePath } from './host-answer.ts'
import { notRead } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind, Truth } from './step-kind.ts'

type Spec = StepSpecOf<'runtime-registration'>

const notes = notesBy<'runtime-registration'>(({ runtime }) => runtime)

const settingsFile = '/etc/docker/daemon.json'

/** What the engine says comes before what its file says; one that is down says nothing. */
const engineQuestion = `echo engine
if timeout -k 2 10 docker info --format '{{json .Runtimes}}' >/dev/null 2>&1; then
  printf 'runtimes %s\\n' "$(timeout -k 2 10 docker info --format '{{json .Runtimes}}')"
  printf 'default %s\\n' "$(timeout -k 2 10 docker info --format '{{.DefaultRuntime}}')"
  printf 'live %s\\n' "$(timeout -k 2 10 docker info --format '{{.LiveRestoreEnabled}}')"
  timeout -k 2 10 docker ps --format 'running {{.Names}}' 2>/dev/null
fi`
const question = `${engineQuestion}\n${pathQuestion(settingsFile)}`

type Look = {
  /** Undefined where the engine does not answer. */
  readonly runtimes: readonly string[] | undefined
  readonly asDefault: string
  readonly keepsRunning: boolean
  readonly running: readonly string[]
  readonly file: PathLook
}

function lookOf(facts: Asked): Reading<Look> {
  const answer = answerTo(question, facts)
  const file = pathLookOf(answer)
  if (file.state !== 'known') return file
  if (answer.state !== 'known') return answer
  // Behind the file's own words stands whatever is in the file.
  const lines = linesOf(answer.value.split('\nis ')[0] ?? '')
  return known({
    runtimes: namesIn(firstOf(lines, 'runtimes')),
    asDefault: firstOf(lines, 'default') ?? '',
    keepsRunning: firstOf(lines, 'live') === 'true',
    running: lines.get('running') ?? [],
    file: file.value,
  })
}

function namesIn(json: string | undefined): string[] | undefined {
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(json ?? ''))
    return read.success ? Object.keys(read.data) : undefined
  } catch {
    return undefined
  }
}

function truth(spec: Spec, facts: Asked): Truth {
  const look = lookOf(facts)
  if (look.state !== 'known') return notRead
  const { file, runtimes, asDefault } = look.value
  const isWritten = hasRuntime(file.content, spec)
  const isUsed = runtimes?.includes(spec.runtime) === true && (!spec.asDefault || asDefault === spec.runtime)
  if (isWritten && isUsed) return { holds: true, reason: 'there-as-wanted' }
  return { holds: false, reason: isWritten || isUsed ? 'other-than-wanted' : 'not-there' }
}

/** Docker's own check, where it has one (23 and newer). */
const check = `command -v dockerd >/dev/null 2>&1 || exit 0
dockerd --help 2>&1 | grep -q -e '--validate' || exit 0
dockerd --validate --config-file "$1" >/dev/null`
/** $1 reload or restart, $2 the runtime (empty: none is waited for), $3 the one that is to be the default. */
const take = `how=$1
systemctl is-active --quiet docker.service || how=start
systemctl "$how" docker.service || exit 1
n=0
while [ -n "$2" ]; do
  found=$(timeout -k 2 10 docker info --format '{{.DefaultRuntime}} {{range $name, $one := .Runtimes}}{{$name}} {{end}}' 2>/dev/null)
  case "\${found#* } " in "$2 "* | *" $2 "*) [ -n "$3" ] && [ "\${found%% *}" != "$3" ] || exit 0 ;; esac
  [ $n -lt 30 ] || { printf 'the engine does not know the runtime %s\\n' "$2" >&2; exit 1; }
  n=$((n + 1))
  sleep 1
done`

function settingsAfter(spec: Spec, { file }: Look): string | undefined {
  return withRuntime(file.content, spec)
}

function held({ is, owner, group, mode }: PathLook) {
  return is === 'file' ? { owner, group, mode } : { owner: 'root', group: 'root', mode: '0644' }
}

/** Put back, and the engine told, whether or not it had heard of the new ones. */
function back(spec: Spec, { content, copy, was }: { content: string; copy: string; was: string }): Command[] {
  return [takeFileBack({ path: settingsFile, content }, copy, was), tell(spec)]
}

function tell({ activation }: Spec): Command {
  const text = `! systemctl is-active --quiet docker.service || systemctl "$1" docker.service`
  return hostAct('engine-settings-back', text, activation)
}

/** What was added to the file since is somebody else's: only our runtime goes out of it. */
function remove(spec: Spec, was: Before, facts: Asked): Command[] {
  const look = lookOf(facts)
  const now = look.state === 'known' ? look.value.file : undefined
  if (now === undefined || now.content === was['content']) {
    const written = { content: was['content'] ?? '', copy: notes.copy(spec), was: was['is'] ?? '' }
    return [...back(spec, written), notes.forget(spec)]
  }
  const content = withoutRuntime(now.content, spec, was)
  if (now.is !== 'file' || content === undefined) return [notes.forget(spec)]
  return [
    writeFile({ path: settingsFile, content, ...held(now) }, now, notes.copy(spec)),
    tell(spec),
    notes.forget(spec),
  ]
}

export const runtimeRegistrationStep: StepKind<'runtime-registration'> = {
  kind: 'runtime-registration',
  asks: ['host'],
  by: 'unit',
  look: () => question,
  isTrue: truth,
  problem(spec, facts) {
    const look = lookOf(facts)
    if (look.state !== 'known') return undefined
    const unusable = unusablePath(settingsFile, known(look.value.file), 'file')
    if (unusable !== undefined || settingsAfter(spec, look.value) !== undefined) return unusable
    return { kind: 'host-object-unusable', what: settingsFile, problem: 'unparsable' }
  },
  service: () => 'docker.service',
  stops(spec, facts) {
    const look = lookOf(facts)
    if (spec.activation === 'reload' || look.state !== 'known' || look.value.keepsRunning) return []
    return look.value.running
  },
  commands(spec, facts) {
    const look = lookOf(facts)
    const content = look.state === 'known' ? settingsAfter(spec, look.value) : undefined
    if (look.state !== 'known' || content === undefined) return []
    const { file } = look.value
    const changes = !hasRuntime(file.content, spec)
    return [
      notes.write(spec, { is: file.is, content, ...runtimeBefore(file.content, spec) }, settingsFile),
      hostAct('engine-folder', 'mkdir -p "$1"', settingsFile.slice(0, settingsFile.lastIndexOf('/'))),
      ...(changes ? [writeFile({ path: settingsFile, content, ...held(file) }, file, notes.copy(spec))] : []),
      hostAct('engine-check', check, settingsFile),
      hostAct('engine-settings', take, spec.activation, spec.runtime, spec.asDefault ? spec.runtime : ''),
    ]
  },
  undo(spec, facts, { failedAt }) {
    const look = lookOf(facts)
    const content = look.state === 'known' ? settingsAfter(spec, look.value) : undefined
    const isWritten = failedAt > 1 && content !== undefined
    const written = {
      content: content ?? '',
      copy: lastCopy(notes.copy(spec)),
      was: look.state === 'known' ? look.value.file.is : '',
    }
    return [...(isWritten ? back(spec, written) : []), notes.takeBack(spec)]
  },
  made: {
    layer: 'engine-settings',
    stepName: ({ path }) => path.slice(1),
    carries: () => 'accelerators',
    restartsEngine: ({ activation }) => activation === 'restart',
    remove,
  },
}
