// What proves a new container on the appliance itself, with no console needed: it becomes healthy, it does what it
// is for, it holds for a while. Then it is recorded, and its spec is kept, so that it can be gone back to.
import { type Command, command } from '../domain/command.ts'
import { type AskedProof, type DeploymentRecord, isAsked } from '../domain/deployment.ts'
import type { Origin, Owner } from '../domain/origin.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { privilegeName } from '../domain/privilege.ts'
import { putShell } from '../domain/put-text.ts'
import { remoteDeployments, remoteOwners, remoteVersions } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import { containerName } from './container-run.ts'
import { writeRecord } from './record.ts'
import { askText, smokeWords } from './smoke-text.ts'

type Spec = StepSpecOf<'container'>

/** Notes that this deployment should be running, so that it is missed when it is gone. */
export function record({ spec, proof, origin }: Spec): Command {
  const { deployment, entry, entryVersion, privileges, portChosen, settings, uses, image } = spec
  const about = { deployment, entry, version: entryVersion, proof }
  const value: DeploymentRecord = {
    ...about,
    ...(privileges !== undefined && { privileges: privileges.map(privilegeName) }),
    ...(portChosen !== undefined && { portChosen }),
    ...(settings !== undefined && { settings }),
    ...(uses !== undefined && { uses }),
    image,
    ...(origin !== undefined && { origin: originOf(origin) }),
  }
  return writeRecord(remoteDeployments, deployment, value)
}

function originOf({ solution, model, accepted }: Origin): DeploymentRecord['origin'] {
  return { solution, ...(model !== undefined && { model }), ...(accepted !== undefined && { accepted }) }
}

/** Notes whose its data are from now on. They may outlive it, and this note goes with them. */
export function own({ spec: { deployment, network }, origin }: Spec): Command {
  const publisher = origin?.publisher
  const value: Owner = { deployment, network, ...(publisher !== undefined && { publisher }) }
  return writeRecord(remoteOwners, deployment, value)
}

export const keptVersions = 5

/** Keeps the spec that was put in place, and the ones before it: what a person can go back to. */
export function keepVersion(step: Spec): Command {
  const { deployment } = step.spec
  // Whether there was memory for two, what is tried out with it, and who waits for whom, is true of that day only.
  const { beside: _, jobs: __, probes: ___, heldFor: ____, settles: _____, ...version } = step
  const words = [remoteVersions, deployment, step.specDigest, JSON.stringify(version), String(keptVersions)]
  return command('sh', '-c', keepText, 'sh', ...words)
}

// An environment may hold secrets: only root reads it. `ls -t` is newest first, unless the
// clock was set back meanwhile: this one stays in any case. The names are digests.
const keepText = `${scriptHead({ block: 'version-record' })}${putShell}
umask 077
mkdir -p "$1/$2" && cd "$1/$2" || exit 1
put "$3.json" "{\\"keptAt\\":\\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\",\\"step\\":$4}" || exit 1
ls -t | grep -vxF "$3.json" | tail -n +$5 | while read -r old; do rm -f "$old"; done`

/** Until the engine calls the new container healthy; the end of its log and what its check says when it does not become so. */
export function untilHealthy(step: Spec, name = containerName(step.spec.deployment)): Command {
  return waitHealthy(name, step.startTimeoutSeconds)
}

export function waitHealthy(name: string, seconds: number): Command {
  return command('sh', '-c', waitText, 'sh', name, String(seconds))
}

// One that the engine does not start again by itself is started again here: some need what is not there at once.
const waitText = `${scriptHead({ block: 'until-healthy' })}n=0 ends=0
while [ $n -lt $(($2 * 2)) ]; do
  s=$(docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.RestartCount}}' "$1") || exit 1
  case $s in
    "running healthy "* | "running none "*) exit 0 ;;
    "exited "* | "dead "*)
      ends=$((ends + 1))
      [ $ends -lt 3 ] || break
      docker start "$1" >/dev/null || exit 1 ;;
  esac
  [ "\${s##* }" -lt 3 ] || break
  n=$((n + 1))
  sleep 0.5
done
docker logs --tail 20 "$1" >&2
check=$(docker inspect --format '{{if .State.Health}}{{range .State.Health.Log}}{{println .Output}}{{end}}{{end}}' "$1" 2>/dev/null | grep . | tail -n 1 | cut -c 1-300)
printf 'it did not become healthy in %s s%s\\n' "$2" "\${check:+; its check says: $check}" >&2
exit 1`

/**
 * Until the new container has held that long: it runs, was not started again, and the engine does not call it
 * unhealthy. Says what happened to it and the end of its log when it does not hold.
 */
export function holds(step: Spec): Command {
  return command('sh', '-c', soakText, 'sh', containerName(step.spec.deployment), String(step.soakSeconds))
}

// An engine that does not answer for a moment says nothing about the container.
const soakText = `${scriptHead({ block: 'soak' })}n=0 first= missed=0
while :; do
  s=$(docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.RestartCount}} {{.State.StartedAt}}' "$1" 2>/dev/null) || {
    missed=$((missed + 1))
    [ $missed -gt 30 ] || { sleep 1; continue; }
    s='not to be seen'
  }
  missed=0
  starts=\${s#* * }
  case $s in
    "running unhealthy "*) break ;;
    "running "*) [ "\${first:=$starts}" = "$starts" ] || break ;;
    *) break ;;
  esac
  [ $n -lt "$2" ] || exit 0
  n=$((n + 1))
  sleep 1
done
printf 'it was healthy and did not hold for %s s: after %s s it was %s\\n' "$2" "$n" "$s" >&2
docker logs --tail 20 "$1" >&2
exit 1`

/** Asks for what the deployment is for: what a model does, the ready page of an app. Of a part the engine's check is all. */
export function smoke({ proof }: Spec): Command[] {
  if (!isAsked(proof)) return []
  return [askSmoke(proof)]
}

function askSmoke(proof: AskedProof): Command {
  return command('sh', '-c', smokeText, 'sh', String(proof.hostPort), ...smokeWords(proof))
}

/** The same of a container that publishes no port yet, at its own address in that network. */
export function smokeAside({ proof, spec }: Spec, name: string, network: string): Command[] {
  if (!isAsked(proof)) return []
  const words = [name, network, String(spec.containerPort), ...smokeWords(proof)]
  return [command('sh', '-c', smokeAsideText, 'sh', ...words)]
}

const smokeText = `${scriptHead({ block: 'smoke' })}url=http://127.0.0.1:$1$2 wants=$3
shift 3
${askText}`

const smokeAsideText = `${scriptHead({ block: 'smoke-aside' })}address=$(docker inspect --format '{{with index .NetworkSettings.Networks "'"$2"'"}}{{.IPAddress}}{{end}}' "$1")
[ -n "$address" ] || { printf '%s has no address in %s\\n' "$1" "$2" >&2; exit 1; }
url=http://$address:$3$4 wants=$5
shift 5
${askText}`
