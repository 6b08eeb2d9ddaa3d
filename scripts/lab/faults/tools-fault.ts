// Vendor tools that fail: the stand-ins look for this file each time they start.
import { LabFailure } from '../lab-failure.ts'
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

/**
 * garbage: bytes that mean nothing; hang: never ends and ignores SIGTERM; mismatch: driver and library
 * differ; lost: device 1 fell off the bus; denied: npu-smi without root; alarm: NPU 1 is unwell.
 */
export const toolFaults = ['garbage', 'hang', 'mismatch', 'lost', 'denied', 'alarm'] as const
export type ToolFault = (typeof toolFaults)[number]

const faultFile = '/var/lib/rackside-lab/tool-fault'

export const isToolFault = (word: string): word is ToolFault => toolFaults.some((fault) => fault === word)

export async function breakTools(record: MachineRecord, fault: ToolFault): Promise<string> {
  if (record.accelerators === 'none') {
    throw new LabFailure('usage', `${record.name} has no accelerators, so no vendor tool to break`)
  }
  await mustRunInside(record, ['sh', '-c', 'printf %s "$0" > "$1"', fault, faultFile])
  return `vendor tools: ${fault}`
}

export async function restoreTools(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['rm', '-f', faultFile])
  return 'vendor tools work'
}
