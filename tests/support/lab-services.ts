// How the services that a setup made stand on a lab appliance, by the engine's own words.
import { inside, type LabAppliance } from './lab.ts'

/** Of each container that Rackside made, in the order of their names: id, when it started, how often it was restarted. */
export async function containerStarts(appliance: LabAppliance): Promise<string[]> {
  const names = "docker ps --all --filter label=rackside.deployment --format '{{.Names}}' | sort"
  const format = '{{.Id}} {{.State.StartedAt}} {{.RestartCount}}'
  const said = await inside(appliance, 'sh', '-c', `docker inspect --format '${format}' $(${names})`)
  return said.trim().split('\n')
}

/** Without when it started: the same container may have been stopped meanwhile. */
export function idsOf(starts: readonly string[]): string[] {
  return starts.map((one) => one.split(' ')[0] ?? '')
}

/** Id, state and health of the model's container; empty while there is none. */
export function modelInService(appliance: LabAppliance): Promise<string> {
  const format = '{{.Id}} {{.State.Status}} {{.State.Health.Status}}'
  return inside(appliance, 'sh', '-c', `docker inspect --format '${format}' rackside-clinic-model || :`)
}

/** Whether the unit that replaces the model's container is at work; once the new one is healthy, it is watched. */
export async function isReplacementWatched(appliance: LabAppliance): Promise<boolean> {
  const look = "grep -l 'rackside-container[.]clinic-model[.]service[.]s[h]' /proc/[0-9]*/cmdline 2>/dev/null || :"
  return (await inside(appliance, 'sh', '-c', look)) !== ''
}
