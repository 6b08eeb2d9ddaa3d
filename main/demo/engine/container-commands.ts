// docker's commands on containers, with its answers word for word where a step or a person reads them.
import { drillIsOn, type Ended, type Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import {
  changeContainer,
  endContainer,
  engineId,
  findContainer,
  removeContainers,
  startContainer,
} from './container-changes.ts'
import { engineDiskComplaint, fromDaemon, refused, said } from './ended.ts'
import { heldFile } from './files.ts'
import { hasLabels } from './labels.ts'
import { type RunOrder, readRunOrder, restartPolicyOf } from './run-order.ts'

export function runContainer(machine: Machine, words: readonly string[], { starts } = { starts: true }): Ended {
  const read = readRunOrder(words)
  if ('problem' in read) return runRefused(read.problem)
  const problem = againstOrder(machine, read.order)
  if (problem !== undefined) return runRefused(`${fromDaemon}${problem}`)
  const made = containerFrom(machine, read.order)
  machine.change(({ containers }) => void containers.unshift(made))
  const startProblem = starts ? startContainer(machine, made.id) : undefined
  // The CLI prints the id before it asks for the start.
  const stdout = `${made.id}\n`
  return startProblem === undefined
    ? { exitCode: 0, stdout, stderr: '' }
    : { ...runRefused(`${fromDaemon}${startProblem}`), stdout }
}

function runRefused(problem: string): Ended {
  return refused(`docker: ${problem}\n\nRun 'docker run --help' for more information`, 125)
}

function againstOrder(machine: Machine, order: RunOrder): string | undefined {
  const { state } = machine
  if (!state.images.some((one) => one.configDigest === order.image)) return `No such image: ${order.image}`
  const absent = order.mounted.find((path) => heldFile(state, path) === undefined)
  if (absent !== undefined) return `invalid mount config for type "bind": bind source path does not exist: ${absent}`
  const conflict = nameTaken(machine, order.name)
  if (conflict !== undefined) return conflict
  if (!drillIsOn(machine, 'fill-disk')) return undefined
  return `mkdir /var/lib/docker/overlay2/${engineId(machine, `layer ${order.name}`)}-init: ${engineDiskComplaint}`
}

function nameTaken({ state }: Machine, name: string): string | undefined {
  const holder = state.containers.find((one) => one.name === name)
  if (holder === undefined) return undefined
  return (
    `Conflict. The container name "/${name}" is already in use by container "${holder.id}". ` +
    'You have to remove (or rename) that container to be able to reuse that name.'
  )
}

function containerFrom(machine: Machine, order: RunOrder): SimulatedContainer {
  const { name, network, alias, hostPort, containerPort, gpus, shmBytes } = order
  return {
    ...{ name, network, alias, hostPort, containerPort, gpus },
    ...(shmBytes !== undefined && { shmBytes }),
    devices: [...order.devices],
    id: engineId(machine, `container ${name} ${machine.state.containers.length}`),
    imageId: order.image,
    labels: { ...order.labels },
    arguments: [...order.arguments],
    environment: { ...order.environment },
    state: 'created',
    exitCode: 0,
    restartCount: 0,
    startedAtMs: 0,
    restartPolicy: order.restartPolicy,
    log: [],
  }
}

export function startCommand(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  const problem = found === undefined ? noSuchContainer(name) : startContainer(machine, found.id)
  if (problem === undefined) return said(name)
  return refused(`${fromDaemon}${problem}\nError: failed to start containers: ${name}`)
}

export function stopCommand(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`)
  endContainer(machine, found.id, 'stop')
  return said(name)
}

export function killCommand(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  const cannot = `${fromDaemon}cannot kill container: ${name}:`
  if (found === undefined) return refused(`${cannot} ${noSuchContainer(name)}`)
  if (found.state !== 'running') return refused(`${cannot} container ${found.id} is not running`)
  endContainer(machine, found.id, 'kill')
  return said(name)
}

export function restartPolicyCommand(machine: Machine, policy: string, name: string): Ended | undefined {
  const restartPolicy = restartPolicyOf(policy)
  if (restartPolicy === undefined) return undefined
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`)
  changeContainer(machine, found.id, (container) => {
    container.restartPolicy = restartPolicy
  })
  return said(name)
}

/** Works on a full disk too: it rewrites one small file, and what an undo removed before has left that much. */
export function renameCommand(machine: Machine, from: string, to: string): Ended {
  const found = findContainer(machine.state, from)
  const conflict = nameTaken(machine, to)
  const taken = conflict === undefined ? undefined : `Error when allocating new name: ${conflict}`
  const problem = found === undefined ? noSuchContainer(from) : taken
  if (found === undefined || problem !== undefined) {
    return refused(`${fromDaemon}${problem}\nError: failed to rename container named ${from}`)
  }
  changeContainer(machine, found.id, (container) => {
    container.name = to
  })
  return { exitCode: 0, stdout: '', stderr: '' }
}

/** With `--force` a container that is not there is complained of, and no failure. */
export function removeCommand(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`, 0)
  removeContainers(machine, [found.id])
  return said(name)
}

/** `filters`: label filters, each `name` or `name=value`; a container must have them all. */
export function pruneCommand(machine: Machine, filters: readonly string[]): Ended {
  const unused = machine.state.containers.filter((one) => one.state !== 'running' && hasLabels(one, filters))
  const ids = unused.map((one) => one.id)
  if (ids.length > 0) removeContainers(machine, ids)
  const deleted = ids.length > 0 ? `Deleted Containers:\n${ids.join('\n')}\n\n` : ''
  return said(`${deleted}Total reclaimed space: 0B`)
}

export function logsCommand(machine: Machine, tail: number, name: string): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`${fromDaemon}${noSuchContainer(name)}`)
  return { exitCode: 0, stdout: logEnd(found, tail), stderr: '' }
}

export function logEnd({ log }: SimulatedContainer, lines: number): string {
  return lines === 0
    ? ''
    : log
        .slice(-lines)
        .map((line) => `${line}\n`)
        .join('')
}

export function noSuchContainer(name: string): string {
  return `No such container: ${name}`
}
