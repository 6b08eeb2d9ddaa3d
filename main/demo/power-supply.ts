// The power of a simulated machine: what hangs on it ends when it goes, and it comes back by itself.
import { setMaxListeners } from 'node:events'
import { startAfterPower } from './engine/power.ts'
import type { SshFront } from './link/ssh-front.ts'
import { drillIsOn, type Machine, noTraffic } from './machine.ts'

/** Off, self-test and boot of a server take minutes; nobody wants to wait for them in a demo. */
const bootMilliseconds = 5000
/** Until the next try, where another program took the port meanwhile. */
const againMilliseconds = 1000

export type PowerSupply = {
  /** Aborts when the power that is on now goes. */
  signal(): AbortSignal
  /** Off at once, and on again some seconds later. */
  cut(front: SshFront): void
  /** For the end of the console: off for good. */
  end(): void
}

export function powerSupply(machine: Machine): PowerSupply {
  const ended = new AbortController()
  let power = newPower()
  const comeBack = async (front: SshFront): Promise<void> => {
    await front.shut()
    await machine.pause(bootMilliseconds, ended.signal)
    while (!ended.signal.aborted && !(await tryToOpen(machine, front))) {
      await machine.pause(againMilliseconds, ended.signal)
    }
    if (!ended.signal.aborted) boot(machine)
  }
  return {
    signal: () => power.signal,
    cut(front) {
      power.abort()
      power = newPower()
      void comeBack(front)
    },
    end() {
      ended.abort()
      power.abort()
    },
  }
}

async function tryToOpen(machine: Machine, front: SshFront): Promise<boolean> {
  if (drillIsOn(machine, 'cut-link')) return true
  try {
    await front.open()
    return true
  } catch {
    return false
  }
}

function boot(machine: Machine): void {
  Object.assign(machine.traffic, noTraffic())
  machine.change((state) => {
    state.bootedAtMs = machine.nowMs()
    delete state.drills['power-cut']
  })
  startAfterPower(machine)
}

/** Every call of a console hangs on it with a listener of its own. */
function newPower(): AbortController {
  const power = new AbortController()
  setMaxListeners(0, power.signal)
  return power
}
