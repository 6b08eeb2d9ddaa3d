// What goes wrong on purpose. Most drills are a mark in the state that the parts look at; those that reach into
// something that lives (the link, the runtime, the power) act here.
import type { DrillName } from '../../shared/domain/demo.ts'
import { killRuntime, reviveRuntime } from './engine/power.ts'
import type { SshFront } from './link/ssh-front.ts'
import { drillIsOn, type Machine } from './machine.ts'

export type Drilled = {
  readonly machine: Machine
  readonly front: SshFront
  /** Off, and on again a few seconds later. */
  readonly cutPower: () => void
}

/** Rejects where a cable cannot be put back: another program has the port. */
export async function setDrill({ machine, front, cutPower }: Drilled, drill: DrillName, on: boolean): Promise<void> {
  if (drillIsOn(machine, drill) === on) return
  // The power comes back by itself, and until then no cable brings anything back.
  if (drill === 'power-cut' && !on) return
  if (drill === 'cut-link' && !on && !drillIsOn(machine, 'power-cut')) await front.open()
  machine.change(({ drills }) => {
    if (on) drills[drill] = { sinceMs: machine.nowMs() }
    else delete drills[drill]
  })
  if (drill === 'power-cut' && on) cutPower()
  if (drill === 'cut-link' && on) await front.shut()
  // A link that is up has seen the key already: the next one sees the other.
  if (drill === 'change-host-key') front.cut()
  if (drill === 'kill-runtime') (on ? killRuntime : reviveRuntime)(machine)
}
