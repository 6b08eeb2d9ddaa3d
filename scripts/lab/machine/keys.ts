// Keys of the lab: one login key for all appliances, and host keys for each that stay the same
// through a power cut, because a console pins them.
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keysFolder } from '../folders.ts'
import { mustRun } from '../host/run-command.ts'

export interface LoginKey {
  identityFile: string
  publicLine: string
}

export async function ensureLoginKey(): Promise<LoginKey> {
  const identityFile = join(keysFolder(), 'ops_ed25519')
  if (!existsSync(identityFile)) {
    await mkdir(keysFolder(), { recursive: true, mode: 0o700 })
    await makeKey('ed25519', identityFile, 'rackside-lab')
  }
  return { identityFile, publicLine: await readFile(`${identityFile}.pub`, 'utf8') }
}

/** The three kinds a Debian server has. Returns the ed25519 key's public line. */
export async function makeHostKeys(sshFolder: string, comment: string): Promise<string> {
  const kinds = ['ed25519', 'ecdsa', 'rsa']
  await Promise.all(kinds.map((kind) => makeKey(kind, join(sshFolder, `ssh_host_${kind}_key`), comment)))
  return readFile(join(sshFolder, 'ssh_host_ed25519_key.pub'), 'utf8')
}

async function makeKey(kind: string, file: string, comment: string): Promise<void> {
  await mustRun(['ssh-keygen', '-q', '-t', kind, '-N', '', '-C', comment, '-f', file])
}

/** `SHA256:...`, as ssh-keygen -l prints it. */
export async function keyFingerprint(publicKeyFile: string): Promise<string> {
  const line = await mustRun(['ssh-keygen', '-l', '-E', 'sha256', '-f', publicKeyFile])
  return line.split(' ')[1] ?? ''
}
