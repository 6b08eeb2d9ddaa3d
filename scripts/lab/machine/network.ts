// The lab's own bridge and subnet. Packets for an appliance that is down must not leave this machine,
// so a blackhole route stands behind the bridge before the bridge exists.
import { readFile } from 'node:fs/promises'
import { mustRun, runCommand } from '../host/run-command.ts'

const bridgeName = 'rackside-lab'
const subnet = '10.78.0.0/24'
const hostAddress = '10.78.0.1'
const chain = 'RACKSIDE-LAB'

export const machineAddress = (number: number): string => `10.78.0.${10 + number}`
export const bridge = bridgeName
export const prefixLength = 24

export async function ensureNetwork(): Promise<void> {
  await runCommand(['ip', 'route', 'add', 'blackhole', subnet, 'metric', '4000'])
  await mustRun(['ip', 'route', 'show', 'type', 'blackhole', subnet])
  const exists = await runCommand(['ip', 'link', 'show', bridgeName])
  if (exists.exitCode !== 0) await mustRun(['ip', 'link', 'add', bridgeName, 'type', 'bridge'])
  const addresses = await mustRun(['ip', '-4', 'address', 'show', 'dev', bridgeName])
  if (!addresses.includes(`${hostAddress}/`)) {
    await mustRun(['ip', 'address', 'add', `${hostAddress}/${prefixLength}`, 'dev', bridgeName])
  }
  await mustRun(['ip', 'link', 'set', bridgeName, 'up'])
}

/**
 * The host's end of an appliance's cable; its name is systemd-nspawn's choice. `leaderPid`: the appliance's PID 1.
 * Undefined where it has none, or has gone.
 */
export async function cableOf(leaderPid: number): Promise<string | undefined> {
  const index = await readFile(`/proc/${leaderPid}/root/sys/class/net/host0/iflink`, 'utf8').catch(() => undefined)
  if (index === undefined) return undefined
  const links = await mustRun(['ip', '-o', 'link', 'show'])
  return new RegExp(`^${index.trim()}: ([^@:\\s]+)`, 'm').exec(links)?.[1]
}

/** The kernel takes a dead appliance's cable away in its own time; one that starts meanwhile would find its name in use. */
export async function pullCable(device: string): Promise<void> {
  await runCommand(['ip', 'link', 'delete', device])
}

/** Only when no appliance is left: also frees packets from `cut`. */
export async function removeNetwork(): Promise<void> {
  await runCommand(['ip', 'link', 'delete', bridgeName])
  await runCommand(['ip', 'route', 'delete', 'blackhole', subnet, 'metric', '4000'])
  for (const builtIn of ['INPUT', 'OUTPUT']) await runCommand(['iptables', '-w', '-D', builtIn, '-j', chain])
  await runCommand(['iptables', '-w', '-F', chain])
  await runCommand(['iptables', '-w', '-X', chain])
}

/** Silence between host and appliance, both ways: neither side is told, so the link stays half-open. */
export function cutLink(address: string): Promise<void> {
  return addRules(dropRules(address))
}

/**
 * Each connection to the appliance ends after so many bytes, both ways together: in silence, or by a reset that both
 * sides are told of. Connections of before are not counted.
 */
export function cutLinkAfter(address: string, bytes: number, how: 'reset' | 'silence'): Promise<void> {
  const counted = ['connbytes', '--connbytes', `${bytes}:`, '--connbytes-dir', 'both', '--connbytes-mode', 'bytes']
  // What tells the other side is let through.
  const only = ['-p', 'tcp', ...(how === 'reset' ? ['--tcp-flags', 'RST', 'NONE'] : [])]
  const then = how === 'reset' ? ['REJECT', '--reject-with', 'tcp-reset'] : ['DROP']
  return addRules(['-s', '-d'].map((side) => [side, address, ...only, '-m', ...counted, '-j', ...then]))
}

async function addRules(rules: readonly string[][]): Promise<void> {
  if ((await runCommand(['iptables', '-w', '-S', chain])).exitCode !== 0) {
    await mustRun(['iptables', '-w', '-N', chain])
  }
  for (const builtIn of ['INPUT', 'OUTPUT']) {
    if ((await runCommand(['iptables', '-w', '-C', builtIn, '-j', chain])).exitCode === 0) continue
    await mustRun(['iptables', '-w', '-I', builtIn, '-j', chain])
  }
  for (const rule of rules) {
    if ((await runCommand(['iptables', '-w', '-C', chain, ...rule])).exitCode === 0) continue
    await mustRun(['iptables', '-w', '-A', chain, ...rule])
  }
}

export async function restoreLink(address: string): Promise<void> {
  const { stdout } = await runCommand(['iptables', '-w', '-S', chain])
  const ours = stdout.split('\n').filter((line) => line.startsWith('-A ') && line.includes(`${address}/32 `))
  for (const [, ...rule] of ours.map((line) => line.trim().split(' ')))
    await runCommand(['iptables', '-w', '-D', ...rule])
  const left = await runCommand(['iptables', '-w', '-S', chain])
  if (left.exitCode !== 0 || left.stdout.includes('-A ')) return
  for (const builtIn of ['INPUT', 'OUTPUT']) await runCommand(['iptables', '-w', '-D', builtIn, '-j', chain])
  await runCommand(['iptables', '-w', '-X', chain])
}

export async function isLinkCut(address: string): Promise<boolean> {
  const rules = await runCommand(['iptables', '-w', '-S', chain])
  return rules.stdout.includes(`${address}/32 `)
}

const dropRules = (address: string): string[][] => [
  ['-s', address, '-j', 'DROP'],
  ['-d', address, '-j', 'DROP'],
]
