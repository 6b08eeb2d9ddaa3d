// The key of this installation, with which it signs what it hands over. It is made when it is first needed and lies in the
// vault: whoever copies the state folder cannot sign with it.
import type { Secret } from '../../../shared/domain/command.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { newDocumentKey } from '../../trust/document-signature.ts'
import { makeInKeychain } from '../access/vault.ts'
import type { Core } from '../context.ts'

const signingKeyId = 'installation-signing-key'

/** Fails where there is no vault, or it is locked: nothing is measured for a certificate that cannot be signed. */
export function signingKey(core: Core): Promise<Result<Secret>> {
  // Two at once would make two, and one of them would be nobody's.
  return core.ownKeysInTurn(() => keptOrMade(core))
}

async function keptOrMade(core: Core): Promise<Result<Secret>> {
  const made = await makeInKeychain(core)
  if (!made.ok) return made
  const kept = await core.vault.list()
  if (!kept.ok) return kept
  if (kept.value.some(({ id }) => id === signingKeyId)) {
    const entry = await core.vault.read(signingKeyId, 'signing-key')
    return entry.ok ? ok(entry.value.secret) : entry
  }
  const secret = newDocumentKey()
  const label = `Rackside ${core.tools.computer ?? ''}`.trim()
  const written = await core.vault.keep({ id: signingKeyId, kind: 'signing-key', label, secret })
  return written.ok ? ok(secret) : written
}
