// The product's own connection to a lab appliance, for what the CLI has no verb for.
import { readFileSync } from 'node:fs'
import { fingerprintOf } from '../../main/connect/known-hosts.ts'
import { connectSsh } from '../../main/connect/ssh.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { LabAppliance } from './lab.ts'

export async function connectToLab(appliance: LabAppliance): Promise<Connection> {
  const connection = await dialLab(appliance)
  if (!connection.ok) throw new Error(JSON.stringify(connection.failure))
  return connection.value
}

export function dialLab(appliance: LabAppliance): Promise<Result<Connection>> {
  const { address: host, port, user } = appliance
  return connectSsh({
    address: { host, port, user },
    login: { kind: 'key', privateKey: new Secret(readFileSync(appliance.identityFile, 'utf8')) },
    verifyHostKey: (offered) => {
      const shown = fingerprintOf(offered.blob)
      if (shown === appliance.hostKeyFingerprint) return { kind: 'accepted' }
      throw new Error(`the lab appliance shows the host key ${shown}`)
    },
    deadlineSeconds: 20,
  })
}
