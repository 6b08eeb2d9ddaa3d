// An appliance's disk: an overlay on the base image, with an identity of its own written into it once.
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseImage } from '../base/base-image.ts'
import { baseRecipe } from '../base/recipe.ts'
import { machineFolders } from '../folders.ts'
import { mountPointsBelow } from '../host/remove-tree.ts'
import { mustRun } from '../host/run-command.ts'
import type { AcceleratorKind } from '../stand-ins/accelerator-kinds.ts'
import { ensureLoginKey, keyFingerprint, type LoginKey, makeHostKeys } from './keys.ts'
import { type MachineRecord, machineName, writeMachine } from './machine-record.ts'
import { machineAddress, prefixLength } from './network.ts'

export async function mountTree(name: string, base: BaseImage): Promise<void> {
  const folders = machineFolders(name)
  for (const folder of [folders.upper, folders.work, folders.root, folders.docker, folders.containerd]) {
    await mkdir(folder, { recursive: true, mode: 0o755 })
  }
  const mounted = mountPointsBelow(await readFile('/proc/self/mountinfo', 'utf8'), folders.root)
  if (mounted.length > 0) return
  const layers = `lowerdir=${base.root},upperdir=${folders.upper},workdir=${folders.work}`
  await mustRun(['mount', '-t', 'overlay', 'overlay', '-o', layers, folders.root])
}

/** A new appliance, mounted and with its identity on disk, not yet booted. */
export async function makeMachine(
  number: number,
  accelerators: AcceleratorKind,
  base: BaseImage,
): Promise<MachineRecord> {
  const name = machineName(number)
  const login = await ensureLoginKey()
  await mountTree(name, base)
  const root = machineFolders(name).root
  const machineId = randomBytes(16).toString('hex')
  await writeIdentity(root, { name, machineId, address: machineAddress(number) })
  await writeLogin(root, login)
  const hostKey = await makeHostKeys(join(root, 'etc/ssh'), `root@${name}`)
  await writeFile(machineFolders(name).knownHosts, `${machineAddress(number)} ${hostKey}`)
  const record: MachineRecord = {
    format: 1,
    name,
    number,
    address: machineAddress(number),
    port: 22,
    user: baseRecipe.loginUser,
    identityFile: login.identityFile,
    hostKeyFingerprint: await keyFingerprint(join(root, 'etc/ssh/ssh_host_ed25519_key.pub')),
    machineId,
    accelerators,
    baseBuildId: base.record.buildId,
    process: null,
    smallDisk: null,
  }
  await writeMachine(record)
  return record
}

async function writeIdentity(
  root: string,
  identity: { name: string; machineId: string; address: string },
): Promise<void> {
  await writeFile(join(root, 'etc/hostname'), `${identity.name}\n`)
  await writeFile(join(root, 'etc/hosts'), `127.0.0.1 localhost\n::1 localhost\n127.0.1.1 ${identity.name}\n`)
  await rm(join(root, 'etc/machine-id'), { force: true })
  await writeFile(join(root, 'etc/machine-id'), `${identity.machineId}\n`, { mode: 0o444 })
  await writeFile(
    join(root, 'etc/systemd/network/10-rackside-lab.network'),
    [
      '[Match]',
      'Name=host0',
      '[Network]',
      `Address=${identity.address}/${prefixLength}`,
      'LinkLocalAddressing=no',
      'IPv6AcceptRA=no',
      '',
    ].join('\n'),
  )
}

async function writeLogin(root: string, login: LoginKey): Promise<void> {
  const passwd = await readFile(join(root, 'etc/passwd'), 'utf8')
  const fields = passwd.split('\n').find((line) => line.startsWith(`${baseRecipe.loginUser}:`))
  const [, , userId, groupId] = fields?.split(':') ?? []
  const folder = join(root, 'home', baseRecipe.loginUser, '.ssh')
  const file = join(folder, 'authorized_keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, login.publicLine)
  await chmod(file, 0o600)
  for (const path of [folder, file]) await chown(path, Number(userId), Number(groupId))
}
