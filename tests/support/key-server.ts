// An SSH server that lets in with a password, and with the keys that are in the authorized_keys of its user's home
// folder, for a core of its own: what the use-once password is tried on.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthContext } from 'ssh2'
import { onTestFinished } from 'vitest'
import { fingerprintOf } from '../../main/connect/known-hosts.ts'
import { openingOf } from '../../main/core/appliances.ts'
import type { Core } from '../../main/core/context.ts'
import { type ConsoleClient, clientInProcess } from '../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import type { ListedAppliance } from '../../shared/contract/appliances.ts'
import { command } from '../../shared/domain/command.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { OwnKeyOutcome } from '../../shared/domain/own-key.ts'
import { must } from './demo-core.ts'
import { startFakeSsh } from './fake-ssh-server.ts'
import { passphrase } from './pretend-vault.ts'
import { realTools } from './real-tools.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const oncePassword = 'CANARY-once-51c9'

type KeyAttempt = Extract<AuthContext, { method: 'publickey' }>

export async function keyServer(programs?: string) {
  const home = temporaryFolder()
  const file = join(home, '.ssh', 'authorized_keys')
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
  const isListed = (attempt: KeyAttempt) => lines().some((line) => line.includes(attempt.key.data.toString('base64')))
  const tried: { key?: (attempt: KeyAttempt) => void } = {}
  const server = await startFakeSsh({
    ...{ home, ...(programs === undefined ? {} : { programs }) },
    onAuthentication: (attempt) => {
      if (attempt.method === 'password' && attempt.password === oncePassword) attempt.accept()
      else if (attempt.method === 'publickey' && tried.key !== undefined) tried.key(attempt)
      else if (attempt.method === 'publickey' && isListed(attempt)) attempt.accept()
      else attempt.reject(['password', 'publickey'])
    },
  })
  return { server, home, file, lines, tried }
}

export type KeyConsole = ConsoleClient & {
  readonly core: Core
  readonly folder: string
  /** Of the password. */
  readonly credentialId: string
  save(name: string): Promise<void>
  saved(name?: string): Promise<ListedAppliance | undefined>
  install(keepForSudo?: boolean): Promise<Result<OwnKeyOutcome>>
  /** Whether the login that is on record gets in. */
  works(): Promise<boolean>
  makeVault(): Promise<void>
  unlockVault(): Promise<void>
}

/** A console that trusts the server, and has it saved as "ward" with the password in memory. */
export async function consoleFor(
  { server }: Awaited<ReturnType<typeof keyServer>>,
  folder = temporaryFolder(),
): Promise<KeyConsole> {
  const core = openCore(folder, { ...realTools(folder), passphraseLogN: 14 })
  onTestFinished(() => closeCore(core))
  const client = clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
  const { product, desk } = client
  const { address } = server
  must(await product.appliances.trust({ address, fingerprint: fingerprintOf(server.hostKeyBlob) }))
  const { credentialId } = must(await desk.offerPassword({ password: oncePassword }))
  const save = async (name: string) => {
    must(await product.appliances.save({ name, target: { by: 'address', address, credentialId } }))
  }
  await save('ward')
  return {
    ...client,
    ...{ core, folder, credentialId, save },
    saved: async (name = 'ward') => must(await product.appliances.list({})).find((one) => one.name === name),
    install: (keepForSudo = false) => product.ownKey.install({ name: 'ward', keepForSudo }),
    async works() {
      const opening = must(openingOf(core, { by: 'name', name: 'ward' }))
      const ran = await core.sessions.withConnection(opening, (connection) =>
        connection.run(command('true'), { as: 'login', deadlineSeconds: 20 }),
      )
      return ran.ok
    },
    makeVault: async () => void must(await desk.createVault({ passphrase })),
    unlockVault: async () => void must(await desk.unlockVault({ passphrase })),
  }
}
