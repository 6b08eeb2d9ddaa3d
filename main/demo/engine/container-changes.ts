// What can happen to a simulated container, whoever asks for it: a command, a power cut or a drill.
import { createHash } from 'node:crypto'
import { proofOf } from '../container-life.ts'
import type { Machine } from '../machine.ts'
import type { MachineState, SimulatedContainer } from '../machine-state.ts'

const longestLog = 200
/** A microsecond: no two lines have the same time. */
const nextMs = 0.001
/** What the engine notes of a container that could not start. */
const neverRan = 128

/** 64 hex digits. Nothing here is random: the moment and the name make an id its own. */
export function engineId(machine: Machine, what: string): string {
  return createHash('sha256').update(`${machine.state.machineId} ${what} ${machine.nowMs()}`).digest('hex')
}

/** By name, id or the beginning of an id, as the engine does. */
export function findContainer({ containers }: MachineState, nameOrId: string): SimulatedContainer | undefined {
  const name = nameOrId.replace(/^\//, '')
  if (name === '') return undefined
  return (
    containers.find((one) => one.name === name || one.id === name) ?? containers.find((one) => one.id.startsWith(name))
  )
}

function addLogLine(container: SimulatedContainer, line: string, nowMs: number): void {
  const times = logTimesOf(container)
  const atMs = Math.max(nowMs, (times.at(-1) ?? 0) + nextMs)
  container.logTimes = [...times, atMs].slice(-longestLog)
  container.log.push(line)
  container.log.splice(0, container.log.length - longestLog)
}

/** One a line. */
export function logTimesOf({ log, logTimes, startedAtMs }: SimulatedContainer): readonly number[] {
  return logTimes?.length === log.length ? logTimes : log.map((_, index) => startedAtMs + index * nextMs)
}

/** What its program writes. */
export function writeLog(machine: Machine, id: string, line: string): void {
  changeContainer(machine, id, (container) => addLogLine(container, line, machine.nowMs()))
}

/** Undefined once it runs; else what the engine says against it. */
export function startContainer(machine: Machine, id: string): string | undefined {
  const found = machine.state.containers.find((one) => one.id === id)
  if (found === undefined || found.state === 'running') return undefined
  const problem = againstStart(machine, found)
  changeContainer(machine, id, (container) => {
    if (problem === undefined) begin(container, machine.nowMs())
    else if (container.state === 'created') container.exitCode = neverRan
  })
  // A runtime that somebody started again is killed no longer.
  if (problem === undefined && proofOf(found)?.serves === 'openai-chat') {
    machine.change(({ drills }) => {
      delete drills['kill-runtime']
    })
  }
  return problem
}

function begin(container: SimulatedContainer, nowMs: number): void {
  container.state = 'running'
  container.startedAtMs = nowMs
  container.exitCode = 0
  container.restartCount = 0
  for (const line of firstLines(container)) addLogLine(container, line, nowMs)
}

function firstLines(container: SimulatedContainer): string[] {
  if (proofOf(container)?.serves !== 'openai-chat') return [`starting on port ${container.containerPort}`]
  const model = container.arguments.find((_, at, words) => words[at - 1] === '-m') ?? ''
  return ['main: binding port with default address family', `srv    load_model: loading model '${model}'`]
}

const noNetworking = 'failed to set up container networking'

/** It runs, and answers at that port of the machine. */
export function publishes({ state, isBeside, hostPort }: SimulatedContainer, port: number): boolean {
  return state === 'running' && isBeside !== true && hostPort === port
}

function againstStart(machine: Machine, container: SimulatedContainer): string | undefined {
  const { networks } = machine.state
  if (!networks.some((one) => one.name === container.network))
    return `${noNetworking}: network ${container.network} not found`
  return portTaken(machine, container)
}

/** What the engine says where another container publishes the port that this one is to publish. */
export function portTaken(machine: Machine, container: SimulatedContainer): string | undefined {
  const isTaken = machine.state.containers.some((one) => one.id !== container.id && publishes(one, container.hostPort))
  if (container.isBeside === true || container.hostPort === 0 || !isTaken) return undefined
  const endpoint = `${container.name} (${engineId(machine, `endpoint ${container.name}`)})`
  const bind = `Bind for 127.0.0.1:${container.hostPort} failed: port is already allocated`
  return `${noNetworking}: driver failed programming external connectivity on endpoint ${endpoint}: ${bind}`
}

/** Asked to end, our servers end well; killed, the signal is all that is left of them. */
const ends = {
  stop: { exitCode: 0, line: 'received signal 15, shutting down' },
  kill: { exitCode: 137, line: 'Killed' },
} as const

/** Somebody ends it; nothing happens to one that does not run. */
export function endContainer(machine: Machine, id: string, how: keyof typeof ends): void {
  changeContainer(machine, id, (container) => {
    if (container.state !== 'running') return
    container.state = 'exited'
    container.exitCode = ends[how].exitCode
    addLogLine(container, ends[how].line, machine.nowMs())
  })
}

export function changeContainer(machine: Machine, id: string, act: (container: SimulatedContainer) => void): void {
  machine.change(({ containers }) => {
    const container = containers.find((one) => one.id === id)
    if (container !== undefined) act(container)
  })
}

export function removeContainers(machine: Machine, ids: readonly string[]): void {
  machine.change((state) => {
    state.containers = state.containers.filter((one) => !ids.includes(one.id))
  })
}
