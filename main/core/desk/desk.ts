// What this computer's user hands over: key files, private keys, passwords, answers, each exchanged for an id.
import { basename, resolve } from 'node:path'
import { Secret } from '../../../shared/domain/command.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { checkPrivateKey } from '../../connect/private-key.ts'
import { readKeyFile } from '../access/key-file.ts'
import { privateKeyFilesIn } from '../access/key-folder.ts'
import type { Core } from '../context.ts'
import { readCertificateKey } from '../runs/check-certificate.ts'
import { answersId, keepAnswers, keepOffer } from './offers.ts'

/**
 * The passphrase stays in memory, under the id of the key. Without one an encrypted key is known all the same: what
 * uses it says that it is locked.
 */
export async function openKeyFile(
  core: Core,
  { file, passphrase }: { readonly file: string; readonly passphrase?: string | undefined },
): Promise<Result<{ credentialId: string }>> {
  const path = resolve(file)
  const credentialId = idOfKeyFile(core, path)
  const checked = await checkKeyFile(core, { file: path, credentialId }, passphrase)
  if (!checked.ok && !(passphrase === undefined && isLocked(checked.failure))) return checked
  const written = rememberKeyFiles(core, [path])
  return written.ok ? ok({ credentialId }) : written
}

/** For a key that is known here already: one of a saved appliance, or a listed one. */
export async function unlockKey(
  core: Core,
  { credentialId, passphrase }: { readonly credentialId: string; readonly passphrase: string },
): Promise<Result<{ credentialId: string }>> {
  const known = core.state.keyFiles.read()
  if (!known.ok) return known
  const found = known.value.find((one) => one.credentialId === credentialId)
  if (found === undefined) return fail({ kind: 'credential-unknown', credentialId })
  const checked = await checkKeyFile(core, found, passphrase)
  return checked.ok ? ok({ credentialId }) : checked
}

function isLocked(failure: Failure): boolean {
  return failure.kind === 'identity-unusable' && failure.reason === 'encrypted'
}

async function checkKeyFile(
  core: Core,
  { file, credentialId }: { readonly file: string; readonly credentialId: string },
  given: string | undefined,
): Promise<Result<void>> {
  const privateKey = readKeyFile(file)
  if (!privateKey.ok) return privateKey
  const passphrase = given === undefined ? core.passphrases.get(credentialId) : new Secret(given)
  const usable = checkPrivateKey({ privateKey: privateKey.value, file, ...(passphrase && { passphrase }) })
  if (usable.ok && passphrase !== undefined) keepOffer(core, 'passphrases', { credentialId, secret: passphrase })
  return usable
}

/**
 * The keys in this user's own .ssh folder, known by id from now on. Where the state cannot be written they are
 * listed all the same: that is said by what somebody does with one.
 */
export function listKeyFiles(core: Core): Result<{ credentialId: string; label: string }[]> {
  const files = privateKeyFilesIn(core.tools.sshFolder)
  rememberKeyFiles(core, files)
  return ok(files.map((file) => ({ credentialId: idOfKeyFile(core, file), label: evidence(basename(file), 200) })))
}

export function offerPassword(core: Core, password: string): Result<{ credentialId: string }> {
  const credentialId = `password-${core.tools.randomId()}`
  keepOffer(core, 'passwords', { credentialId, secret: new Secret(password) })
  return ok({ credentialId })
}

export function offerKey(
  core: Core,
  { privateKey: text, passphrase: given }: { readonly privateKey: string; readonly passphrase?: string | undefined },
): Result<{ credentialId: string }> {
  // A text that was copied from somewhere has other line ends, and none at its end.
  const privateKey = new Secret(`${text.replaceAll('\r', '').trim()}\n`)
  const passphrase = given === undefined ? undefined : new Secret(given)
  const usable = checkPrivateKey({ privateKey, ...(passphrase && { passphrase }) })
  if (!usable.ok) return usable
  const credentialId = `private-key-${core.tools.randomId()}`
  keepOffer(core, 'privateKeys', { credentialId, secret: privateKey })
  if (passphrase !== undefined) keepOffer(core, 'passphrases', { credentialId, secret: passphrase })
  return ok({ credentialId })
}

/** For one certificate, and unlocked: whether it belongs to it is seen once that is there. */
export function offerCertificateKey(
  core: Core,
  { privateKey, passphrase }: { readonly privateKey: string; readonly passphrase?: string | undefined },
): Result<{ credentialId: string }> {
  const read = readCertificateKey(privateKey, passphrase)
  if (!read.ok) return read
  const credentialId = `certificate-key-${core.tools.randomId()}`
  keepOffer(core, 'privateKeys', { credentialId, secret: new Secret(read.value) })
  return ok({ credentialId })
}

type OfferedAnswers = {
  readonly answers: readonly string[]
  readonly questions?: readonly string[] | undefined
  readonly credentialId?: string | undefined
  readonly place?: { readonly host: string; readonly port: number } | undefined
}

/** For one attempt. With a login they go along with it, and its id stays; alone they are a login themselves. */
export function offerAnswers(core: Core, offered: OfferedAnswers): Result<{ credentialId: string }> {
  const { answers, questions, place, credentialId = answersId(core.tools.randomId()) } = offered
  const given = { texts: answers.map((answer) => new Secret(answer)), questions }
  keepAnswers(core, { credentialId, given, ...(place && { place }) })
  // Whoever answers wants to be let in now.
  core.sessions.askAnew({ credentialId, ...(place && { address: place }) })
  return ok({ credentialId })
}

export function idOfKeyFile(core: Core, path: string): string {
  return `key-${core.tools.sha256(path).slice(0, 12)}`
}

export function rememberKeyFiles(core: Core, paths: readonly string[]): Result<void> {
  const known = core.state.keyFiles.read()
  if (!known.ok) return known
  const added = paths.filter((path) => !known.value.some((k) => k.file === path))
  if (added.length === 0) return ok(undefined)
  return core.state.keyFiles.write([
    ...known.value,
    ...added.map((file) => ({ credentialId: idOfKeyFile(core, file), file })),
  ])
}
