// What a replacement does beside the one in service: a container leaves its network, publishes nothing, and joins
// it again when it takes the other one's place.
import type { Ended, Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { changeContainer, findContainer, portTaken, removeContainers } from './container-changes.ts'
import { noSuchContainer, runContainer } from './container-commands.ts'
import { fromDaemon, refused } from './ended.ts'
import { createNetwork } from './networks.ts'

const quiet: Ended = { exitCode: 0, stdout: '', stderr: '' }

/** `words`: what follows `docker create`. */
export function createContainer(machine: Machine, words: readonly string[]): Ended {
  return runContainer(machine, ['--detach', ...words], { starts: false })
}

export function leaveNetwork(machine: Machine, name: string): Ended {
  return moved(machine, name, true)
}

/** One more network; another than its own publishes nothing. */
export function joinNetwork(machine: Machine, network: string, name: string): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`)
  if (found.network !== network) return joinedToo(machine, found, network)
  const taken = found.state === 'running' ? portTaken(machine, found) : undefined
  return taken === undefined ? moved(machine, name, false) : refused(`${fromDaemon}${taken}`)
}

function joinedToo(machine: Machine, { id, joined = [] }: SimulatedContainer, network: string): Ended {
  if (!machine.state.networks.some(({ name }) => name === network)) {
    return refused(`${fromDaemon}network ${network} not found`)
  }
  changeContainer(machine, id, (container) => {
    container.joined = [...joined.filter((one) => one !== network), network]
  })
  return quiet
}

function moved(machine: Machine, name: string, isBeside: boolean): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`)
  changeContainer(machine, found.id, (container) => {
    container.isBeside = isBeside
  })
  return quiet
}

export function makeStage(machine: Machine, name: string): Ended {
  return createNetwork(machine, [name]) ?? quiet
}

/** The container of that name and the network of that name. */
export function clearStage(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  if (found?.name === name) removeContainers(machine, [found.id])
  machine.change((state) => {
    state.networks = state.networks.filter((one) => one.name !== name)
    for (const one of state.containers) {
      if (one.joined !== undefined) one.joined = one.joined.filter((network) => network !== name)
    }
  })
  return quiet
}
