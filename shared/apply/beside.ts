// A replacement where memory holds both: the successor starts beside the one in service, in a network of its own where
// it publishes nothing, and is proven there. Only then do they change places, in about a second: the one in service is
// stopped, and its successor joins the deployment's network, with which the engine publishes its port. What does not
// get that far has interrupted nobody.
import { type Command, command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import { smokeAside, untilHealthy } from './container-proof.ts'
import { containerName, createCommand, nextName, previousName, type RunAs } from './container-run.ts'

type Spec = StepSpecOf<'container'>

/** Makes, starts and proves the successor while the other one serves. */
export function proveBeside(step: Spec, imageId: string, as: Omit<RunAs, 'restartPolicy'>): Command[] {
  const { deployment, network } = step.spec
  const next = nextName(deployment)
  return [
    clearBeside(deployment),
    command('sh', '-c', stageText, 'sh', deployment, next, network, String(step.beside?.memoryBytes ?? 0)),
    // Made in the network that it will serve in: what a later look finds is what any other way leaves.
    createCommand(step, imageId, { ...as, restartPolicy: 'no', name: next }),
    command('docker', 'network', 'disconnect', network, next),
    command('docker', 'network', 'connect', next, next),
    command('docker', 'start', next),
    untilHealthy(step, next),
    ...smokeAside(step, next, next),
  ]
}

/** The one in service stops serving with the first of these, and its successor serves after the last. */
export function changePlaces({ spec: { deployment, network } }: Spec): Command[] {
  const name = containerName(deployment)
  return [
    command('docker', 'stop', name),
    command('docker', 'rename', name, previousName(deployment)),
    command('docker', 'rename', nextName(deployment), name),
    command('docker', 'network', 'connect', '--alias', deployment, network, name),
  ]
}

/** How far `changePlaces` may have come when its word at `failedAt` did not work. */
export function changeBack({ spec: { deployment } }: Spec, failedAt: number): Command[] {
  const name = containerName(deployment)
  const previous = previousName(deployment)
  const away = failedAt > 2 ? [command('docker', 'rm', '--force', name)] : []
  const renamed = failedAt > 1 ? [command('docker', 'rename', previous, name)] : []
  return [...away, ...renamed, command('docker', 'start', name)]
}

/** Takes away what is still beside, or was left there by a run that broke off, and the network with it. */
export function clearBeside(deployment: string): Command {
  return command('sh', '-c', clearText, 'sh', nextName(deployment))
}

// Nothing is published from an internal network. The deployment's neighbours join it under their names, because the
// successor may need them; they stay where they are besides.
const stageText = `${scriptHead({ block: 'stage' })}free=$(awk '$1 == "MemAvailable:" { printf "%d", $2 }' /proc/meminfo)
[ "\${free:-0}" -ge $(($4 / 1024)) ] || {
  printf 'no memory for the old and the new one at once any more: %s KiB free, %s needed\\n' "$free" $(($4 / 1024)) >&2
  exit 1
}
docker network create --internal --label "${deploymentLabel}=$1" "$2" >/dev/null || exit 1
docker network inspect --format '{{range .Containers}}{{println .Name}}{{end}}' "$3" | while read -r one; do
  [ -n "$one" ] || continue
  alias=$(docker inspect --format '{{index .Config.Labels "${deploymentLabel}"}}' "$one") || exit 1
  [ "$one" = "rackside-$alias" ] && [ "$alias" != "$1" ] || continue
  docker network connect --alias "$alias" "$2" "$one" || exit 1
done`

// A container that is stopped keeps its networks too, and would not start without them.
const clearText = `${scriptHead({ block: 'clear-stage' })}docker rm --force "$1" >/dev/null 2>&1
docker network inspect "$1" >/dev/null 2>&1 || exit 0
docker ps --all --filter network="$1" --format '{{.Names}}' | while read -r one; do
  docker network disconnect --force "$1" "$one" || exit 1
done && docker network rm "$1" >/dev/null`
