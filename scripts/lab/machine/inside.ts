// Runs programs inside an appliance as its root, through the namespaces of its PID 1. This is the
// lab's back door for tests and faults; the product itself only ever comes in by SSH.
import { spawn } from 'node:child_process'
import { type CommandOptions, type CommandResult, runCommand } from '../host/run-command.ts'
import { LabFailure } from '../lab-failure.ts'
import type { MachineRecord } from './machine-record.ts'
import { findLeader } from './power.ts'

async function enterWords(record: MachineRecord): Promise<string[]> {
  const leader = await findLeader(record)
  if (leader === null) {
    throw new LabFailure('appliance-stopped', `${record.name} is off: npm run lab -- boot ${record.name}`)
  }
  return [
    ...['nsenter', `--target=${leader.pid}`, '--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup'],
    ...['--root', '--wd', 'env', '-i', 'HOME=/root', 'LC_ALL=C', 'container=systemd-nspawn'],
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  ]
}

export async function runInside(
  record: MachineRecord,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return runCommand([...(await enterWords(record)), ...words], options)
}

export async function mustRunInside(
  record: MachineRecord,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runInside(record, words, options)
  if (result.exitCode === 0) return result.stdout
  const said = (result.stderr || result.stdout).trim().split('\n').slice(-3).join(' | ')
  throw new LabFailure(
    'host-command-failed',
    `inside ${record.name}, "${words.join(' ')}" ended with ${result.exitCode}: ${said}`,
  )
}

/** With this program's own stdin, stdout and stderr; returns the exit code. */
export async function attachInside(record: MachineRecord, words: readonly string[]): Promise<number> {
  const [program, ...rest] = [...(await enterWords(record)), ...words] as [string, ...string[]]
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 137)))
  })
}
