// Opening a bundle the one way there is: signatures first, then exactly the bytes that were checked. What this console
// learned of the publisher is on disk before anybody uses the bundle.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { TrustState, Vouching } from '../../../shared/domain/publisher.ts'
import { type Bundle, bundleOf, openBundle, openHeader } from '../../catalog/bundle.ts'
import { hasSignatures } from '../../trust/read-folder.ts'
import { verifyBundle } from '../../trust/verify.ts'
import type { Core } from '../context.ts'
import { newsOfPublishers } from '../notifications/publisher-news.ts'

export type VouchedBundle = Bundle & { readonly vouching: Vouching }

/** A clock that only runs on is written down no more often than this. */
const clockStepMs = 3600 * 1000

export function openTrusted(core: Core, folder: string): Result<VouchedBundle> {
  if (!hasSignatures(folder)) return openUnsigned(core, folder)
  const state = core.state.trust.read()
  if (!state.ok) return state
  const verified = verifyBundle(folder, {
    state: state.value,
    now: core.tools.now(),
    bundleId: idOfBundle(core, folder),
  })
  if (!verified.ok) return verified
  const { documents, vouching, next } = verified.value
  const kept = keepTrust(core, { before: state.value, next })
  if (!kept.ok) return kept
  const texts = new Map([...documents].map(([path, bytes]) => [path, bytes.toString('utf8')]))
  const bundle = bundleOf(folder, texts)
  return bundle.ok ? ok({ ...bundle.value, vouching }) : bundle
}

/** Made from the folder's path: the same folder keeps its id. */
export function idOfBundle({ tools }: Core, folder: string): string {
  return `bundle-${tools.sha256(folder).slice(0, 12)}`
}

/** A folder that is no bundle at all says so, whoever would have had to sign it. */
function openUnsigned(core: Core, folder: string): Result<VouchedBundle> {
  if (core.tools.allowsUnsigned === true) {
    const bundle = openBundle(folder)
    return bundle.ok ? ok({ ...bundle.value, vouching: { signed: false } }) : bundle
  }
  const header = openHeader(folder)
  if (!header.ok) return header
  return fail({ kind: 'bundle-not-trusted', folder, problem: 'unsigned', file: '', detail: '' })
}

function keepTrust(core: Core, { before, next }: { before: TrustState; next: TrustState }): Result<void> {
  const sameTime = Date.parse(next.lastSeen ?? '') - Date.parse(before.lastSeen ?? '') < clockStepMs
  const same = sameTime && JSON.stringify(next.publishers) === JSON.stringify(before.publishers)
  if (same) return ok(undefined)
  const written = core.state.trust.write(next)
  if (written.ok) core.state.news.note(...newsOfPublishers({ before, next }, Date.parse(core.tools.now())))
  return written
}
