// The container engine: which one, and whether it answers. Docker is driven; Podman is only named.
// The client's own exit codes are no answer (`docker info` ends with 0 beside a dead daemon).
import * as z from 'zod'
import type { Engine } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { engineGroup } from './engine-api.ts'
import { type Answers, answerText, complaint, needs, type Probe, silence } from './probe.ts'
import { showSpace } from './spaces.ts'

// One call for two answers, because the engine's folder is only known to the engine: its JSON on one
// line, then the space there. With the containerd image store, images lie in containerd's folder.
const infoShell = `${showSpace}
folder=/var/lib/docker code=0 store=
if [ -s "$answers/engine.info" ]; then
  print_file "$answers/engine.info"
  { read -r store folder <"$answers/engine.place"; } 2>/dev/null
elif command -v docker >/dev/null 2>&1; then
  line='
'
  info=$(docker info --format '{{.DockerRootDir}}|{{.DriverStatus}}{{"\\n"}}{{json .}}') || code=$?
  printf '%s\\n' "\${info#*"$line"}"
  head=\${info%%"$line"*}
  case $head in /*) folder=\${head%%|*} ;; esac
  case $head in *io.containerd.snapshotter*) store=containerd ;; esac
fi
[ "$store" != containerd ] || [ ! -d /var/lib/containerd ] || folder=/var/lib/containerd
show engine "$folder"
exit "$code"`

// The answer of the API has the fields of the CLI's own `Server`.
const versionShell = `${needs('docker')}
[ -z "$version" ] || { printf '{"Server":%s}\\n' "$version"; exit 0; }
docker version --format '{{json .}}'`

export const engineProbes: readonly Probe[] = [
  { id: 'docker-version', shell: versionShell, deadlineSeconds: 12, group: engineGroup },
  { id: 'docker-info', shell: infoShell, deadlineSeconds: 12, group: engineGroup },
  { id: 'podman', shell: 'exec podman --version', deadlineSeconds: 10, when: 'has podman' },
]

const word = z.string().min(1).max(300)
const versionAnswer = z.object({ Server: z.object({ Version: word, ApiVersion: word }).nullish() })
const infoAnswer = z.object({
  Driver: word,
  DockerRootDir: z.string().regex(/^\//).max(1000),
  DriverStatus: z.array(z.array(z.string())).nullish(),
})

/** Absent without a docker command, or where it is Podman's stand-in; unreadable when the daemon is silent. */
export function readEngine(answers: Answers): Reading<Engine> {
  const answer = answers.get('docker-version')
  const reason = silence(answer)
  if (answer === undefined || reason !== undefined) return unreadable(`docker-version: ${reason}`)
  if (answer.state === 'missing') return absent
  const version = versionAnswer.safeParse(parsed(answer.stdout))
  const endedWell = answer.exitCode.state === 'known' && answer.exitCode.value === 0
  if (!version.success || !endedWell) return unreadable(complaint(answer))
  // podman-docker answers with a client and no server, and ends well.
  if (version.data.Server === undefined || version.data.Server === null) return absent
  const info = answerText(answers, 'docker-info')
  if (info.state !== 'known') return info
  return readEngineParts(version.data.Server, parsed(info.value.split('\n', 1)[0] ?? ''))
}

function readEngineParts(server: { Version: string; ApiVersion: string }, infoJson: unknown): Reading<Engine> {
  const info = infoAnswer.safeParse(infoJson)
  if (!info.success) return unreadable(`docker info: ${shapeProblem(info.error)}`)
  const status = info.data.DriverStatus ?? []
  const containerd = status.some(([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1')
  return known({
    kind: 'docker',
    version: server.Version,
    apiVersion: server.ApiVersion,
    rootFolder: info.data.DockerRootDir,
    storageDriver: info.data.Driver,
    imageStore: containerd ? 'containerd' : 'classic',
  })
}

export function readPodman(answers: Answers): Reading<string> {
  const text = answerText(answers, 'podman')
  if (text.state !== 'known') return text
  const version = /^podman version (\S{1,60})\s*$/.exec(text.value.slice(0, 200))?.[1]
  return version === undefined ? unreadable(`podman --version: ${evidence(text.value, 100)}`) : known(version)
}

/** A parser takes half a second to find that a million brackets are never closed; no answer begins so many at once. */
const tooDeep = /[[{]{1000}/

/** JSON of a remote tool of at most 1 MiB, or undefined: never throws. */
export function parsed(text: string): unknown {
  if (text.length > 1024 * 1024 || tooDeep.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The first thing a schema missed, as evidence. */
export function shapeProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'unknown shape' : evidence(`${issue.path.join('.')}: ${issue.message}`, 150)
}
