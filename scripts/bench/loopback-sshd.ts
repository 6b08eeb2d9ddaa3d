// A real sshd on a loopback port, with keys and a configuration of its own in a folder of the caller's.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from '../../shared/domain/appliance.ts'

export type LoopbackSshd = {
  readonly address: Address
  readonly folder: string
  readonly keyFile: string
  readonly hostKeyBase64: string
  /** For the peers: no configuration of the user's, no question, this key, this host key. */
  readonly sshWords: readonly string[]
  readonly place: string
  readonly controlPath: string
  readonly ansibleWords: readonly string[]
  stop(): void
}

export async function startLoopbackSshd(folder: string): Promise<LoopbackSshd> {
  const [hostKey, keyFile] = [join(folder, 'host'), join(folder, 'key')]
  for (const file of [hostKey, keyFile]) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  const port = await freePort()
  const lines = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${hostKey}`, `AuthorizedKeysFile ${keyFile}.pub`],
    ...['StrictModes no', 'UsePAM no', 'PidFile none', 'PasswordAuthentication no', 'MaxStartups 100'],
    // A home of its own: what the shell of whoever measures does when it starts is not measured.
    ...['PermitRootLogin prohibit-password', `SetEnv HOME=${folder}`],
  ]
  writeFileSync(join(folder, 'sshd_config'), `${lines.join('\n')}\n`)
  // Where sshd separates its privileges.
  mkdirSync('/run/sshd', { recursive: true })
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' })
  await answering(port)
  const hostKeyBase64 = readFileSync(`${hostKey}.pub`, 'utf8').split(' ')[1] ?? ''
  const knownHosts = join(folder, 'known_hosts')
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ssh-ed25519 ${hostKeyBase64}\n`)
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile=${knownHosts}`]
  const optionWords = options.flatMap((option) => ['-o', option])
  const sshWords = ['-F', 'none', '-q', '-i', keyFile, '-p', String(port), ...optionWords]
  return {
    address: { host: '127.0.0.1', port, user: 'root' },
    ...{ folder, keyFile, hostKeyBase64, sshWords },
    place: 'root@127.0.0.1',
    controlPath: join(folder, 'master'),
    ansibleWords: [
      ...['all', '-i', '127.0.0.1,', '-m', 'ping', '-u', 'root', '--private-key', keyFile],
      ...['-e', `ansible_port=${port}`, '--ssh-common-args', optionWords.join(' ')],
    ],
    stop: () => void child.kill(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (answers) return
    await sleep(100)
  }
  throw new Error('sshd did not start: this bench needs OpenSSH and root')
}
