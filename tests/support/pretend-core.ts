// A core over a temporary state folder, with time and ids that do not move and a way to appliances that the test
// decides on. Nothing in it opens a socket.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OfferedKey } from '../../main/connect/known-hosts.ts'
import type { Opening } from '../../main/core/access/opening.ts'
import { sessionsOver } from '../../main/core/access/sessions.ts'
import type { Core } from '../../main/core/context.ts'
import type { CoreTools } from '../../main/core/core-tools.ts'
import { type ConsoleClient, clientInProcess } from '../../main/core/link/console-client.ts'
import { openCore } from '../../main/core/open-core.ts'
import type { Address } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import type { Role } from '../../shared/domain/role.ts'
import { signedInAs } from './signed-in.ts'
import { temporaryFolder } from './temporary-folder.ts'

const coreTools: Omit<CoreTools, 'sshFolder'> = {
  user: 'li',
  computer: 'pc-12',
  platform: 'linux',
  now: () => '2026-11-20T08:00:00.000Z',
  clock: () => 0,
  pause: async () => undefined,
  randomId: () => '0badcafe',
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  // A passphrase of the product takes half a second.
  passphraseLogN: 14,
  // Most bundles of tests are nobody's; who vouches for what has tests of its own.
  allowsUnsigned: true,
}

export type PretendCore = {
  readonly core: Core
  readonly folder: string
  /** Openings that were dialled, in order. */
  readonly dialled: Opening[]
  /** `admin`: this computer's user, where nobody is named. A role: of a named operator, who is signed in. */
  clientAs(role: 'admin' | Role): ConsoleClient
  auditLines(): Record<string, unknown>[]
}

const unreachable = async ({ address }: Opening): Promise<Result<Connection>> =>
  fail({ kind: 'host-unreachable', host: address.host, port: address.port, reason: 'refused' })

const noDemo: Core['demos']['make'] = async (name) => fail({ kind: 'demo-not-started', name, detail: 'no sockets' })

const noKey = async ({ host, port }: Address): Promise<Result<OfferedKey>> =>
  fail({ kind: 'host-unreachable', host, port, reason: 'refused' })

export function pretendCore(
  connect: (opening: Opening) => Promise<Result<Connection>> = unreachable,
  showKey: (address: Address) => Promise<Result<OfferedKey>> = noKey,
  time: Partial<Pick<CoreTools, 'clock' | 'now' | 'pause' | 'randomId' | 'builtInCatalog' | 'allowsUnsigned'>> = {},
): PretendCore {
  const folder = temporaryFolder()
  const dialled: Opening[] = []
  const tools: CoreTools = { ...coreTools, ...time, sshFolder: join(folder, 'home', '.ssh') }
  const sessions = sessionsOver((opening) => {
    dialled.push(opening)
    return connect(opening)
  }, tools)
  const hostKeyAt: Core['hostKeyAt'] = ({ address }) => {
    dialled.push({ address, credentialId: 'nobody' })
    return showKey(address)
  }
  const opened = openCore(folder, tools)
  const core: Core = { ...opened, sessions, hostKeyAt, demos: { ...opened.demos, make: noDemo } }
  const file = join(folder, 'audit.jsonl')
  return {
    core,
    folder,
    dialled,
    clientAs: (role) => {
      if (role === 'admin') return clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
      const sessionKey = signedInAs(core, { name: role, roles: [role] })
      return clientInProcess({ core, caller: { by: 'person', operator: 'li', sessionKey } })
    },
    auditLines: () => {
      if (!existsSync(file)) return []
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    },
  }
}
