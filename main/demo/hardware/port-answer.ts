// Where the simulated machine is reached, and who listens there: sshd, and the engine's proxy for each running container.
import { createHash } from 'node:crypto'
import type { Machine } from '../machine.ts'
import type { AnswerTable } from '../probe-answer.ts'

export const portAnswers: AnswerTable = {
  addresses: () => ({ stdout: '2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\nend\n' }),
  ports: (machine) => ({ stdout: `from ss\n${listeners(machine).map(listenerLine).join('')}` }),
}

type Listener = {
  readonly local: string
  readonly peer: string
  readonly backlog: number
  readonly process: string
  readonly pid: number
  readonly descriptor: number
}

function listeners({ state }: Machine): Listener[] {
  const sshd = { backlog: 128, process: 'sshd', pid: 1043 }
  const running = state.containers.filter((one) => one.state === 'running' && one.hostPort > 0)
  return [
    { ...sshd, local: '0.0.0.0:22', peer: '0.0.0.0:*', descriptor: 3 },
    ...running.map(({ hostPort, id }) => ({
      ...{ local: `127.0.0.1:${hostPort}`, peer: '0.0.0.0:*', backlog: 4096 },
      ...{ process: 'docker-proxy', pid: processId(`proxy ${id}`), descriptor: 7 },
    })),
    { ...sshd, local: '[::]:22', peer: '[::]:*', descriptor: 4 },
  ]
}

/** A process id that stays the same for the same thing. */
export function processId(thing: string): number {
  return 2000 + (createHash('sha256').update(thing).digest().readUInt32BE() % 60_000)
}

/** `ss -Hltnp` of iproute2. */
function listenerLine({ local, peer, backlog, process, pid, descriptor }: Listener): string {
  const queues = `${'0'.padEnd(6)} ${String(backlog).padEnd(6)}`
  return `LISTEN ${queues} ${local.padStart(18)} ${peer.padStart(14)} users:(("${process}",pid=${pid},fd=${descriptor}))\n`
}
