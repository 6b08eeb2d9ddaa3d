// A pid alone is not a process: it is used again. The kernel's start time beside it makes it one,
// so the lab never signals a stranger.
import { readdir, readFile } from 'node:fs/promises'

export interface ProcessIdentity {
  pid: number
  /** Field 22 of /proc/PID/stat: clock ticks after boot. */
  startTicks: number
}

export interface ProcessStat {
  name: string
  parentPid: number
  startTicks: number
  /** A zombie is dead: only its parent has not looked yet. */
  isZombie: boolean
}

/** The name may hold spaces and brackets: the fields are counted from its last bracket. */
export function readProcessStat(stat: string): ProcessStat | null {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  if (open === -1 || close < open) return null
  const fields = stat.slice(close + 2).split(' ')
  const parentPid = Number(fields[1])
  const startTicks = Number(fields[19])
  if (!Number.isInteger(parentPid) || !Number.isInteger(startTicks)) return null
  return { name: stat.slice(open + 1, close), parentPid, startTicks, isZombie: fields[0] === 'Z' }
}

async function statOf(pid: number): Promise<ProcessStat | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat === null ? null : readProcessStat(stat)
}

/** null when the process is already gone. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  const stat = await statOf(pid)
  return stat === null ? null : { pid, startTicks: stat.startTicks }
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const stat = await statOf(identity.pid)
  return stat !== null && !stat.isZombie && stat.startTicks === identity.startTicks
}

/** Signals only the process that was identified; false when it is gone. */
export async function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isAlive(identity))) return false
  try {
    process.kill(identity.pid, signal)
    return true
  } catch {
    return false
  }
}

export async function childrenOf(parentPid: number): Promise<(ProcessIdentity & { name: string })[]> {
  const children: (ProcessIdentity & { name: string })[] = []
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const stat = await statOf(pid)
    if (stat?.parentPid !== parentPid || stat.isZombie) continue
    children.push({ pid, startTicks: stat.startTicks, name: stat.name })
  }
  return children
}
