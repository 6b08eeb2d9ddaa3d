// The state folder of a console where 王芳 has signed in already, and li has not.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newCheck } from '../../main/core/operators/passphrase-check.ts'
import type { OperatorsFile } from '../../main/store/operators.ts'
import type { Role } from '../../shared/domain/role.ts'
import type { PersonHome } from './e2e-home.ts'

export const ownPassphrase = 'correct horse battery'
const minute = 60_000

export type Past = Readonly<Record<'activeMs' | 'steppedUpMs', number>> & { readonly idleMinutes?: number }

/** A console where 王芳 has signed in already, so long ago. */
export async function signedInBefore({ environment }: PersonHome, session: string, past: Past): Promise<void> {
  const check = await newCheck(ownPassphrase, { random: randomBytes, logN: 14 })
  if (!check.ok) throw new Error(check.failure.kind)
  const at = (before: number) => new Date(Date.now() - before).toISOString()
  const about = { createdAt: at(0), renewedAt: at(0), lastSignInAt: null, mustChange: false, failures: 0 }
  const person = (name: string, roles: Role[]) => ({ name, roles, ...about, check: check.value })
  const file: OperatorsFile = {
    format: 1,
    policy: { idleMinutes: past.idleMinutes ?? 1, longestHours: 12, twoPersons: false },
    operators: [person('王芳', ['administrator']), person('li', ['viewer'])],
    sessions: [
      {
        ...{ digest: createHash('sha256').update(session).digest('hex'), name: '王芳', kind: 'window' },
        ...{ since: at(20 * minute), activeAt: at(past.activeMs), steppedUpAt: at(past.steppedUpMs) },
      },
    ],
  }
  const folder = environment['RACKSIDE_HOME'] ?? ''
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(join(folder, 'operators.json'), JSON.stringify(file), { mode: 0o600 })
}
