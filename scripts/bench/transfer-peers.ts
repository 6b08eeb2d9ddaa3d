// The tools that a person would take instead, with the settings they come with: scp, sftp and rsync -W of this machine.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { librariesInLdd } from '../lab/artifacts/program-closure.ts'
import { mustRun, runCommand } from '../lab/host/run-command.ts'
import type { MachineRecord } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'

/** Where a peer is told to go: the appliance itself, or a proxy's port on the loopback. */
export type Route = { readonly host: string; readonly port: number }

export type Peer = { readonly name: string; send(file: string, route: Route): Promise<unknown> }

const remoteFile = 'bench-transfer'
/** rsync needs itself at the other end; the appliance has none of its own. */
const rsyncFolder = '/opt/bench-rsync'
const libc = /\/(libc|libm|libdl|libpthread|ld-linux[^/]*)\.so/

export async function transferPeers(machine: MachineRecord, folder: string): Promise<Peer[]> {
  const words = (route: Route) => {
    const [, ...ssh] = sshWords(machine).slice(0, -1)
    return [...ssh, '-o', `HostKeyAlias=${machine.address}`, '-o', `Port=${route.port}`]
  }
  const place = ({ host }: Route) => `${machine.user}@${host}:${remoteFile}`
  const peers: Peer[] = [
    { name: 'scp', send: (file, route) => mustRun(['scp', '-q', ...words(route), file, place(route)]) },
    {
      name: 'sftp',
      send: (file, route) => {
        const target = `${machine.user}@${route.host}`
        return mustRun(['sftp', '-q', '-b', '-', ...words(route), target], { stdin: `put ${file} ${remoteFile}\n` })
      },
    },
  ]
  if (!(await bringRsync(machine, folder))) return peers
  const rsync = ['rsync', '-W', `--rsync-path=env LD_LIBRARY_PATH=${rsyncFolder} ${rsyncFolder}/rsync`]
  const send: Peer['send'] = (file, route) =>
    mustRun([...rsync, '-e', ['ssh', ...words(route)].join(' '), file, place(route)])
  return [...peers, { name: 'rsync', send }]
}

/** This machine's own, with its libraries; false where there is none. */
async function bringRsync(machine: MachineRecord, folder: string): Promise<boolean> {
  const found = await runCommand(['ldd', '/usr/bin/rsync'])
  if (found.exitCode !== 0) return false
  const libraries = librariesInLdd(found.stdout).filter((path) => !libc.test(path))
  const pack = join(folder, 'rsync.tar')
  await mustRun(['tar', '-chf', pack, '--transform', 's#.*/##', '/usr/bin/rsync', ...libraries])
  const [ssh = '', ...login] = sshWords(machine)
  const unpack = `sudo -n mkdir -p ${rsyncFolder} && sudo -n tar xf - -C ${rsyncFolder}`
  await mustRun(['sh', '-c', `"$@" <${pack}`, 'sh', ssh, ...login, unpack])
  return true
}

/** Processor seconds of all programs that this process has started and waited for. */
export function childrenCpuSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const ticksPerSecond = 100
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}
