// What this computer's user hands over: folders, key files, passwords, each exchanged for an id.
import { resolve } from 'node:path'
import { Secret } from '../../shared/domain/command.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { Core } from './context.ts'

export function openKeyFile(core: Core, file: string): Result<{ credentialId: string }> {
  const path = resolve(file)
  const known = core.state.keyFiles.read()
  if (!known.ok) return known
  const credentialId = `key-${core.tools.sha256(path).slice(0, 12)}`
  const others = known.value.filter((k) => k.credentialId !== credentialId)
  const written = core.state.keyFiles.write([...others, { credentialId, file: path }])
  return written.ok ? ok({ credentialId }) : written
}

export function offerPassword(core: Core, password: string): Result<{ credentialId: string }> {
  const credentialId = `password-${core.tools.randomId()}`
  core.passwords.set(credentialId, new Secret(password))
  return ok({ credentialId })
}
