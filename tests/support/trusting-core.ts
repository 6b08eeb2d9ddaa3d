// A core with the real way to appliances: it dials, judges host keys and logs in, over a temporary state folder.
import { onTestFinished } from 'vitest'
import type { Opening } from '../../main/core/access/opening.ts'
import type { Core } from '../../main/core/context.ts'
import { type ConsoleClient, clientInProcess } from '../../main/core/link/console-client.ts'
import { openCore } from '../../main/core/open-core.ts'
import type { HostKeyPin } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import { type FakeSsh, fakePassword, fakePrograms } from './fake-ssh-server.ts'
import { pretendCore } from './pretend-core.ts'

export type TrustingCore = {
  readonly core: Core
  readonly client: ConsoleClient
  pins(): readonly HostKeyPin[]
  /** What was written to the audit file, without the calls of a person. */
  acts(): unknown[]
  /** The audit file as it is. */
  audit(): unknown[]
}

export function trustingCore(): TrustingCore {
  const { core: pretend, folder, auditLines } = pretendCore()
  const core = openCore(folder, pretend.tools)
  core.passwords.set(fakeCredential, new Secret(fakePassword))
  onTestFinished(() => core.sessions.closeAll())
  return {
    core,
    client: clientInProcess({ core, caller: { by: 'console', operator: 'li' } }),
    pins: () => {
      const pins = core.state.pins.read()
      if (!pins.ok) throw new Error(JSON.stringify(pins.failure))
      return pins.value
    },
    acts: () => auditLines().map((line) => line['act']),
    audit: auditLines,
  }
}

const fakeCredential = 'password-fake'

export function openingTo({ address }: Pick<FakeSsh, 'address'>): Opening {
  return { address, credentialId: fakeCredential }
}

export function pinFor({ address, hostKeyBlob }: Pick<FakeSsh, 'address' | 'hostKeyBlob'>): HostKeyPin {
  const { host, port } = address
  return { host, port, keyType: 'ssh-ed25519', keyBase64: hostKeyBlob.toString('base64') }
}

/** Programs of a machine with this id in /etc/machine-id, or without one. */
export function machineWithId(id: string | undefined): string {
  const answer = id === undefined ? 'exit 1' : `{ echo ${id}; exit 0; }`
  return fakePrograms({ cat: `#!/bin/sh\n[ "$1" = /etc/machine-id ] && ${answer}\nexec /bin/cat "$@"\n` })
}
