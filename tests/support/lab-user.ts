// Further users of a lab appliance: each logs in with the lab's own key, and has the password and the sudoers line
// that a test gives it. And the product's connection as such a user.
import { readFileSync } from 'node:fs'
import { fingerprintOf } from '../../main/connect/known-hosts.ts'
import { connectSsh, type SshOptions } from '../../main/connect/ssh.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { insideWith, type LabAppliance } from './lab.ts'

/** Made anew when there is one. `sudoers`: lines of a file of its own; without one there is no such file. */
export async function makeUser(
  appliance: LabAppliance,
  user: string,
  { password = '', sudoers = '', shell = '/bin/sh' }: { password?: string; sudoers?: string; shell?: string },
): Promise<void> {
  const script = `set -e
id -u "$1" >/dev/null 2>&1 || useradd --create-home "$1"
usermod --shell "$3" "$1"
mkdir -p "/home/$1/.ssh"
cp /home/ops/.ssh/authorized_keys "/home/$1/.ssh/"
chown -R "$1:$1" "/home/$1/.ssh"
chmod 700 "/home/$1/.ssh"
chpasswd
rm -f "/etc/sudoers.d/test-$1"
[ -z "$2" ] || { printf '%s\\n' "$2" >"/etc/sudoers.d/test-$1"; chmod 440 "/etc/sudoers.d/test-$1"; }
visudo -c >/dev/null && echo made`
  const given = password === '' ? '' : `${user}:${password}\n`
  const said = await insideWith(appliance, given, 'sh', '-c', script, 'sh', user, sudoers, shell)
  if (said.trim() !== 'made') throw new Error(`the user ${user} was not made: ${said}`)
}

export async function connectAs(
  appliance: LabAppliance,
  user: string,
  options: Partial<SshOptions> = {},
): Promise<Connection> {
  const connection = await connectSsh({
    address: { host: appliance.address, port: appliance.port, user },
    login: { kind: 'key', privateKey: new Secret(readFileSync(appliance.identityFile, 'utf8')) },
    verifyHostKey: (offered) => {
      const shown = fingerprintOf(offered.blob)
      if (shown === appliance.hostKeyFingerprint) return { kind: 'accepted' }
      throw new Error(`the lab appliance shows the host key ${shown}`)
    },
    deadlineSeconds: 20,
    ...options,
  })
  if (!connection.ok) throw new Error(JSON.stringify(connection.failure))
  return connection.value
}
