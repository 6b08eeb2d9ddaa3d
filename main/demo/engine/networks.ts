// `docker network create` and `docker network rm` as steps ask for them.
import { drillIsOn, type Ended, type Machine } from '../machine.ts'
import { engineId } from './container-changes.ts'
import { engineDiskComplaint, fromDaemon, refused, said } from './ended.ts'
import { labelPairs } from './labels.ts'

/** `words`: `--label name=value` any number of times, `--internal` or not, then the name. Undefined when they are others. */
export function createNetwork(machine: Machine, all: readonly string[]): Ended | undefined {
  const words = all.filter((word) => word !== '--internal')
  const labels = words.slice(0, -1)
  const isPair = (at: number): boolean => labels[at] === '--label' && labels[at + 1] !== undefined
  const name = words.at(-1)
  if (name === undefined || name.startsWith('-')) return undefined
  if (!labels.every((_, at) => at % 2 === 1 || isPair(at))) return undefined
  const taken = machine.state.networks.some((one) => one.name === name)
  if (taken) return refused(`${fromDaemon}network with name ${name} already exists`)
  const id = engineId(machine, `network ${name}`)
  if (drillIsOn(machine, 'fill-disk')) {
    return refused(`${fromDaemon}write /var/lib/docker/network/files/local-kv.db: ${engineDiskComplaint}`)
  }
  machine.change(({ networks }) => {
    networks.push({ id, name, labels: labelPairs(labels.filter((_, at) => at % 2 === 1)) })
  })
  return said(id)
}

export function removeNetwork(machine: Machine, name: string): Ended {
  const { networks, containers } = machine.state
  if (!networks.some((one) => one.name === name)) return refused(`${fromDaemon}network ${name} not found`)
  if (containers.some((one) => [one.network, ...(one.joined ?? [])].includes(name) && one.state === 'running')) {
    return refused(`${fromDaemon}error while removing network: network ${name} has active endpoints`)
  }
  machine.change((state) => {
    state.networks = state.networks.filter((one) => one.name !== name)
  })
  return said(name)
}
