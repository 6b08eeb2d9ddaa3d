// An appliance is up when a login over SSH works and Docker answers: not earlier, not when some port
// happens to be open.
import { readFile } from 'node:fs/promises'
import { machineFolders } from '../folders.ts'
import { runCommand } from '../host/run-command.ts'
import { LabFailure } from '../lab-failure.ts'
import { progress } from '../progress.ts'
import { runInside } from './inside.ts'
import { isRunning, type MachineRecord } from './machine-record.ts'
import { isLinkCut } from './network.ts'

const readyDeadlineMs = 90_000

export async function waitUntilReady(record: MachineRecord): Promise<void> {
  const end = Date.now() + readyDeadlineMs
  const isCut = await isLinkCut(record.address)
  if (isCut) progress(`${record.name}: its link is cut (fault), so nobody can log in`)
  await Promise.all([
    isCut ? undefined : waitFor(record, 'ssh', end, () => loginWorks(record)),
    waitFor(record, 'docker', end, () => dockerAnswers(record)),
  ])
}

async function waitFor(record: MachineRecord, what: string, end: number, works: () => Promise<boolean>): Promise<void> {
  while (!(await works())) {
    const running = await isRunning(record)
    if (running && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      continue
    }
    const log = machineFolders(record.name).consoleLog
    const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-3).join(' | ')
    const why = running ? `${what} did not answer in time` : 'it went off while booting'
    throw new LabFailure('appliance-never-ready', `${record.name}: ${why}; ${log} ends with: ${tail}`)
  }
}

/** The words of an ssh client that trusts this appliance's key and nothing else. */
export function sshWords(record: MachineRecord): string[] {
  return [
    ...['ssh', '-F', 'none', '-i', record.identityFile, '-o', 'IdentitiesOnly=yes'],
    ...['-o', `UserKnownHostsFile=${machineFolders(record.name).knownHosts}`],
    `${record.user}@${record.address}`,
  ]
}

async function loginWorks(record: MachineRecord): Promise<boolean> {
  const [ssh, ...rest] = sshWords(record) as [string, ...string[]]
  const options = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=3', '-o', 'StrictHostKeyChecking=yes']
  const result = await runCommand([ssh, ...options, ...rest, 'true'], { deadlineMs: 8000 })
  return result.exitCode === 0
}

/** Also true where a fault took the engine away: there is nothing to wait for then. */
async function dockerAnswers(record: MachineRecord): Promise<boolean> {
  const engine = await runInside(record, ['test', '-e', '/usr/sbin/dockerd'], { deadlineMs: 8000 }).catch(() => null)
  if (engine?.exitCode === 1) return true
  const ping = ['curl', '-sf', '--max-time', '5', '--unix-socket', '/run/docker.sock', 'http://docker/_ping']
  const result = await runInside(record, ping, { deadlineMs: 8000 }).catch(() => null)
  return result?.exitCode === 0
}
