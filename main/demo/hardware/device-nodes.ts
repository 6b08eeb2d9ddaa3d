// The nodes under /dev of a simulated machine's accelerators; a pulled card leaves its node behind.
import type { MachineState } from '../machine-state.ts'
import { presets } from './presets.ts'

export function deviceNodes({ preset }: MachineState): string[] {
  const { vendor, devices } = presets[preset]
  const name = vendor === 'ascend' ? 'davinci' : 'nvidia'
  return devices.map(({ index }) => `/dev/${name}${index}`)
}
