// What all vendors' tools have in common: they are only on machines with their vendor's devices, and a drill makes
// them print garbage.
import type { Vendor } from '../../../shared/domain/accelerator.ts'
import { drillIsOn, type Machine } from '../machine.ts'
import { type Answered, notThere } from '../probe-answer.ts'
import { loadNow } from './load.ts'
import type { PresetDevice } from './preset-shape.ts'
import { presets } from './presets.ts'

type Answer = (machine: Machine) => Answered

/** Control characters, half a table and numbers that are none: with a good exit code. */
const garbage = '\u0000\u0007|||| N/A , , 0x, [[[\n\u001b[31m%s%d\r\n+----+\n| 0 | 99999999999999999999 %\n\u007f( \n'

export function vendorTool(vendor: Vendor, answer: Answer): Answer {
  return ofVendor(vendor, (machine) => (drillIsOn(machine, 'garbage-answers') ? { stdout: garbage } : answer(machine)))
}

export function ofVendor(vendor: Vendor, answer: Answer): Answer {
  return (machine) => (presets[machine.state.preset].vendor === vendor ? answer(machine) : notThere)
}

/** One device as its vendor's tool finds it. */
export type FoundDevice = PresetDevice & {
  readonly utilizationPercent: number
  readonly memoryUsedMib: number
  readonly temperatureCelsius: number
  readonly powerWatts: number
  readonly health: 'ok' | 'alarm'
}

export function foundDevices(machine: Machine): FoundDevice[] {
  const { devices } = presets[machine.state.preset]
  return loadNow(machine).devices.flatMap((load) => {
    const device = devices.find((one) => one.index === load.index)
    if (device === undefined || !load.present) return []
    const { utilizationPercent, memoryUsedBytes, temperatureCelsius, powerWatts, health } = load
    const memoryUsedMib = Math.round(memoryUsedBytes / 1024 ** 2)
    return [{ ...device, utilizationPercent, memoryUsedMib, temperatureCelsius, powerWatts, health }]
  })
}
