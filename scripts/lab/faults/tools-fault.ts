// Vendor tools that fail: the stand-ins look for these files each time they start. One for all tools, or one for a
// single tool, so that the cards of one vendor break beside those of others.
import { LabFailure } from '../lab-failure.ts'
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'
import { type StandInTool, standInTools } from '../stand-ins/accelerator-kinds.ts'
import { pretendedHardware } from '../stand-ins/hardware.ts'

/**
 * garbage: bytes that mean nothing; hang: never ends and ignores SIGTERM; stuck: sleeps in the kernel (D), where
 * SIGKILL does not end it either; mismatch: driver and library differ; lost: device 1 fell off the bus; denied:
 * npu-smi without root; alarm: NPU 1 is unwell.
 */
export const toolFaults = ['garbage', 'hang', 'stuck', 'mismatch', 'lost', 'denied', 'alarm'] as const
export type ToolFault = (typeof toolFaults)[number]

const faultFile = '/var/lib/rackside-lab/tool-fault'
const stuckFolder = '/run/rackside-lab/stuck'
const stuckUnit = 'rackside-lab-stuck.service'

// Its own control group, so that the process that never answers outlives the one that starts it. Whatever ends it, even
// a crash, ends the waiting too: the kernel gives up on a FUSE file system that nobody serves.
const stickScript = `
systemctl is-active --quiet ${stuckUnit} && exit 0
exec systemd-run --quiet --collect --unit=${stuckUnit} \\
  --property=Type=forking --property=KillSignal=SIGKILL --property="ExecStopPost=-umount -l ${stuckFolder}" \\
  /usr/bin/python3 -IS /usr/lib/rackside-lab/stuck.py ${stuckFolder}`

const undoScript = `
rm -f ${faultFile} ${faultFile}.*
if systemctl is-active --quiet ${stuckUnit}; then systemctl stop ${stuckUnit}; fi`

export const isToolFault = (word: string): word is ToolFault => toolFaults.some((fault) => fault === word)

/** A fault of all tools takes the place of those of single ones. */
export async function breakTools(record: MachineRecord, fault: ToolFault, word: string | undefined): Promise<string> {
  const tools = pretendedHardware(record.accelerators, record.name).map(({ tool }) => tool)
  if (tools.length === 0) {
    throw new LabFailure('usage', `${record.name} has no accelerators, so no vendor tool to break`)
  }
  const tool = word === undefined ? undefined : toolNamed(word, tools)
  if (fault === 'stuck') await mustRunInside(record, ['sh', '-c', stickScript])
  const script = tool === undefined ? 'rm -f "$1".* && printf %s "$0" > "$1"' : 'printf %s "$0" > "$1.$2"'
  await mustRunInside(record, ['sh', '-c', script, fault, faultFile, ...(tool === undefined ? [] : [tool])])
  return `${tool ?? 'vendor tools'}: ${fault}`
}

function toolNamed(word: string, there: readonly StandInTool[]): StandInTool {
  const tool = standInTools.find((one) => one === word)
  if (tool !== undefined && there.includes(tool)) return tool
  throw new LabFailure('usage', `there is no ${word} in this appliance: it has ${there.join(', ')}`)
}

export async function restoreTools(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', undoScript])
  return 'vendor tools work'
}
