// The session key of this user's commands, where operators are named: a file of the state folder that only this user
// reads. Whoever can read it is this user already; it ends as every sign-in does, and is worth nothing afterwards.
import { ok, type Result } from '../../shared/domain/failure.ts'
import { type SessionKey, sessionKey } from '../../shared/domain/operator.ts'
import { stateFolderPath } from '../store/folder.ts'
import { type SecretFile, secretFileIn } from '../store/secret-file.ts'

const name = 'signed-in'

function fileOf(environment: NodeJS.ProcessEnv): SecretFile {
  return secretFileIn(stateFolderPath(environment, process.platform), name)
}

/** Undefined where there is none, or none that can be read: the command is nobody's then. */
export function keptSession(environment: NodeJS.ProcessEnv): SessionKey | undefined {
  const text = fileOf(environment).read()
  return text.ok ? sessionKey.safeParse(text.value?.trim()).data : undefined
}

/** Undefined: forgotten. */
export function keepSession(environment: NodeJS.ProcessEnv, key: SessionKey | undefined): Result<void> {
  const file = fileOf(environment)
  if (key !== undefined) return file.write(`${key}\n`)
  const known = file.read()
  return known.ok && known.value === undefined ? ok(undefined) : file.write('\n')
}
