// An acceptance as files to hand over: the bytes that are signed, the signature, and a page for people.
import type { AcceptanceFiles } from '../../../shared/domain/acceptance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import type { Language } from '../../../shared/words/words.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { fingerprintOfKey } from '../../trust/document-signature.ts'
import type { Core } from '../context.ts'
import { acceptancePage } from './page.ts'

type Wish = { readonly acceptanceId: string; readonly language: Language }

/** Null where none of that id is kept. `document` is exactly what was signed. */
export function acceptanceFilesOf(
  { state, tools }: Pick<Core, 'state' | 'tools'>,
  { acceptanceId, language }: Wish,
): Result<AcceptanceFiles | null> {
  const kept = state.acceptances.read(acceptanceId)
  if (!kept.ok) return kept
  if (kept.value === null) return ok(null)
  const { document: said, signature } = kept.value
  const document = canonicalJson(said)
  const seal = {
    sha256: tools.sha256(document),
    ...(signature && { signature: signature.signature, fingerprint: fingerprintOfKey(signature.publicKey) }),
  }
  return ok({
    ...{ name: acceptanceId, document },
    ...(signature && { signature: `${JSON.stringify(signature, null, 2)}\n` }),
    page: acceptancePage(said, { name: acceptanceId, seal, words: wordsOf(language) }),
  })
}
