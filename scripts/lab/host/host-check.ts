// Says in one line what the host lacks before anything is changed on it.
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { LabFailure } from '../lab-failure.ts'

/** Program of the host -> the Debian package that brings it. */
const programs: Record<string, string> = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  ip: 'iproute2',
  iptables: 'iptables',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  losetup: 'mount',
  'mkfs.ext4': 'e2fsprogs',
}

/** Fails with `not-root` or `host-package-missing`; the message names what to run. */
export async function checkHost(): Promise<void> {
  if (process.platform !== 'linux') {
    throw new LabFailure('not-root', 'the lab boots appliances with systemd-nspawn: it needs Linux')
  }
  if (process.getuid?.() !== 0) {
    throw new LabFailure('not-root', 'the lab needs root: run it with sudo (it mounts and boots appliances)')
  }
  const missing = new Set<string>()
  for (const [program, packageName] of Object.entries(programs)) {
    if (!(await isInstalled(program))) missing.add(packageName)
  }
  if (missing.size === 0) return
  throw new LabFailure(
    'host-package-missing',
    `this host lacks ${[...missing].join(', ')}: apt-get install -y --no-install-recommends ${[...missing].join(' ')}`,
  )
}

async function isInstalled(program: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '')
  for (const folder of folders) {
    const found = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}
