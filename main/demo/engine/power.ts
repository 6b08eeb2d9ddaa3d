// What happens to containers without a command: the machine starts again, or a drill kills the model server.
import { proofOf } from '../container-life.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { changeContainer, endContainer, startContainer } from './container-changes.ts'

const killed = 137
/** What the engine notes of a container whose end it did not see. */
const cut = 255

/** As the restart policies say; what never ran is not started. */
export function startAfterPower(machine: Machine): void {
  const again = machine.state.containers.filter((one) => one.state !== 'created' && one.restartPolicy === 'always')
  const ids = again.map((one) => one.id)
  for (const id of ids) changeContainer(machine, id, cutOff)
  for (const id of ids) startContainer(machine, id)
}

function cutOff(container: SimulatedContainer): void {
  container.state = 'exited'
  container.exitCode = cut
}

export function killRuntime(machine: Machine): void {
  for (const one of runtimes(machine)) endContainer(machine, one.id, 'kill')
}

/** Starts what was killed; one that lies aside, replaced, finds its port taken and stays as it is. */
export function reviveRuntime(machine: Machine): void {
  for (const one of runtimes(machine)) if (one.exitCode === killed) startContainer(machine, one.id)
}

function runtimes({ state }: Machine): SimulatedContainer[] {
  return state.containers.filter((one) => proofOf(one)?.serves === 'openai-chat')
}
