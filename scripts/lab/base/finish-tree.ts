// Turns debootstrap's tree into a server's disk: the login user, network from systemd-networkd, no
// identity of its own (each appliance gets one), no apt caches.
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from '../host/run-command.ts'
import { LabFailure } from '../lab-failure.ts'
import { baseRecipe } from './recipe.ts'

/** Timers that would reach for a network an appliance of the lab does not have. */
const unwantedUnits = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'man-db.timer',
]

/** What images are cut from is not to serve on the appliance itself. */
const unwantedServices = ['haproxy.service', 'nginx.service', 'prometheus-node-exporter.service']

/** Returns the installed packages and their versions; `kept` gets the engine's packages as files. */
export async function finishTree(root: string, kept: string): Promise<Record<string, string>> {
  await keepEnginePackages(join(root, 'var/cache/apt/archives'), kept)
  await addLoginUser(root)
  await mustRun(['systemctl', `--root=${root}`, 'enable', 'systemd-networkd.service', 'ssh.service'])
  await mustRun(['systemctl', `--root=${root}`, 'mask', ...unwantedUnits])
  await mustRun(['systemctl', `--root=${root}`, 'disable', ...unwantedServices])
  await writeFile(join(root, 'etc/ssh/sshd_config.d/20-rackside-lab.conf'), 'PermitRootLogin no\n')
  await removeIdentity(root)
  await rm(join(root, 'debootstrap'), { recursive: true, force: true })
  await mustRun(['chroot', root, 'apt-get', 'clean'])
  await rm(join(root, 'var/lib/apt/lists'), { recursive: true, force: true })
  return installedPackages(root)
}

/** As debootstrap fetched them: `docker.io_28.5.2+dfsg4-5_amd64.deb`. */
async function keepEnginePackages(archives: string, kept: string): Promise<void> {
  await mkdir(kept, { mode: 0o755 })
  const fetched = await readdir(archives)
  for (const name of baseRecipe.enginePackages) {
    const file = fetched.find((one) => one.startsWith(`${name}_`) && one.endsWith('.deb'))
    if (file === undefined) throw new LabFailure('base-build-failed', `debootstrap left no file of the package ${name}`)
    await copyFile(join(archives, file), join(kept, file))
  }
}

async function addLoginUser(root: string): Promise<void> {
  const user = baseRecipe.loginUser
  await mustRun(['chroot', root, 'useradd', '--create-home', '--shell', '/bin/bash', '--groups', 'sudo', user])
  // No password fits, yet the account is not locked: keys are the only way in.
  await mustRun(['chroot', root, 'usermod', '--password', '*', user])
  const rule = join(root, 'etc/sudoers.d/rackside-lab')
  await writeFile(rule, `${user} ALL=(ALL:ALL) NOPASSWD: ALL\n`)
  await chmod(rule, 0o440)
}

async function removeIdentity(root: string): Promise<void> {
  for (const name of await readdir(join(root, 'etc/ssh'))) {
    if (name.startsWith('ssh_host_')) await rm(join(root, 'etc/ssh', name))
  }
  await rm(join(root, 'etc/machine-id'), { force: true })
  await rm(join(root, 'var/lib/dbus/machine-id'), { force: true })
  await writeFile(join(root, 'etc/resolv.conf'), '')
  await mkdir(join(root, 'etc/systemd/network'), { recursive: true })
}

async function installedPackages(root: string): Promise<Record<string, string>> {
  const list = await mustRun([
    'dpkg-query',
    `--admindir=${join(root, 'var/lib/dpkg')}`,
    '-W',
    '-f',
    '${Package} ${Version}\\n',
  ])
  return Object.fromEntries(
    list
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  )
}
