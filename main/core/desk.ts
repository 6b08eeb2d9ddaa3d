// What this computer's user hands over: key files, private keys, passwords, each exchanged for an id.
import { basename, resolve } from 'node:path'
import { Secret } from '../../shared/domain/command.ts'
import { evidence, ok, type Result } from '../../shared/domain/failure.ts'
import { checkPrivateKey } from '../connect/ssh-login.ts'
import type { Core } from './context.ts'
import { privateKeyFilesIn } from './key-folder.ts'
import { keepOffer } from './offers.ts'

export function openKeyFile(core: Core, file: string): Result<{ credentialId: string }> {
  const path = resolve(file)
  const written = remember(core, [path])
  return written.ok ? ok({ credentialId: idOf(core, path) }) : written
}

/**
 * The keys in this user's own .ssh folder, known by id from now on. Where the state cannot be written they are
 * listed all the same: that is said by what somebody does with one.
 */
export function listKeyFiles(core: Core): Result<{ credentialId: string; label: string }[]> {
  const files = privateKeyFilesIn(core.tools.sshFolder)
  remember(core, files)
  return ok(files.map((file) => ({ credentialId: idOf(core, file), label: evidence(basename(file), 200) })))
}

export function offerPassword(core: Core, password: string): Result<{ credentialId: string }> {
  const credentialId = `password-${core.tools.randomId()}`
  keepOffer(core, 'passwords', { credentialId, secret: new Secret(password) })
  return ok({ credentialId })
}

export function offerKey(core: Core, text: string): Result<{ credentialId: string }> {
  // A text that was copied from somewhere has other line ends, and none at its end.
  const privateKey = new Secret(`${text.replaceAll('\r', '').trim()}\n`)
  const usable = checkPrivateKey(privateKey)
  if (!usable.ok) return usable
  const credentialId = `private-key-${core.tools.randomId()}`
  keepOffer(core, 'privateKeys', { credentialId, secret: privateKey })
  return ok({ credentialId })
}

function idOf(core: Core, path: string): string {
  return `key-${core.tools.sha256(path).slice(0, 12)}`
}

function remember(core: Core, paths: readonly string[]): Result<void> {
  const known = core.state.keyFiles.read()
  if (!known.ok) return known
  const added = paths.filter((path) => !known.value.some((k) => k.file === path))
  if (added.length === 0) return ok(undefined)
  return core.state.keyFiles.write([...known.value, ...added.map((file) => ({ credentialId: idOf(core, file), file }))])
}
