// What nvidia-smi says of a card that was pulled, before any of its answers, and how it ends then.
import type { Machine } from '../machine.ts'
import { pulledDevice } from './drilled-devices.ts'

/** NVML's "GPU is lost" (accelerators.md, section 1). */
export const lostExit = 15

/** No line while every card is there. */
export function lostWords(machine: Machine): string[] {
  const lost = pulledDevice(machine)
  if (lost === undefined) return []
  return [`Unable to determine the device handle for GPU${lost.pciAddress.toUpperCase()}: Unknown Error`]
}
