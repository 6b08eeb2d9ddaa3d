// Which devices the drills mean, so that every answer agrees about them.
import { drillIsOn, type Machine } from '../machine.ts'
import type { PresetDevice } from './preset-shape.ts'
import { presets } from './presets.ts'

/** The last device but one, while that card is pulled: a gap in the middle, as real losses leave. */
export function pulledDevice(machine: Machine): PresetDevice | undefined {
  return drillIsOn(machine, 'pull-card') ? presets[machine.state.preset].devices.at(-2) : undefined
}

/** Since when the device gets too hot; undefined for all others. */
export function overheatsSince(machine: Machine, index: number): number | undefined {
  const { drills, preset } = machine.state
  const hotIndex = Math.min(2, presets[preset].devices.length - 1)
  return index === hotIndex ? drills.overheat?.sinceMs : undefined
}
