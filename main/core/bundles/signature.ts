// Who vouches for a bundle that nobody has opened yet, by its documents alone: before anything of it is copied, and for
// whoever only looks. Nothing is learned from it; what an opened bundle teaches is written down when it is opened.
import type { BundleSignature } from '../../../shared/contract/bundles.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { hasSignatures } from '../../trust/read-folder.ts'
import { verifyBundle } from '../../trust/verify.ts'
import type { Core } from '../context.ts'
import { withDocuments } from './laid-out-documents.ts'

/** `named`: what a person calls the bundle, a file or a folder. */
type Asked = { readonly named: string; readonly bundleId: string }

/** The signatures are over files in a folder: the documents are laid into a private one for as long as it takes. */
export function signatureOf(core: Core, documents: ReadonlyMap<string, Uint8Array>, asked: Asked): BundleSignature {
  if (![...documents.keys()].some((name) => name.startsWith('trust/'))) return { state: 'unsigned' }
  const looked = withDocuments(documents, (folder) => ok(signatureIn(core, folder, asked)))
  return looked.ok ? looked.value : { state: 'broken', failure: looked.failure }
}

export function signatureIn(core: Core, folder: string, { named, bundleId }: Asked): BundleSignature {
  if (!hasSignatures(folder)) return { state: 'unsigned' }
  const state = core.state.trust.read()
  if (!state.ok) return { state: 'broken', failure: state.failure }
  const verified = verifyBundle(folder, { state: state.value, now: core.tools.now(), bundleId })
  if (!verified.ok) return ofFailure(verified.failure, named)
  const { publisher, fingerprint, expires, expired } = verified.value.vouching
  return {
    state: 'signed',
    publisher: publisher.id,
    name: evidence(publisher.name, 250),
    fingerprint,
    expires,
    expired,
  }
}

function ofFailure(failure: Failure, named: string): BundleSignature {
  if (failure.kind === 'publisher-unknown') {
    const { publisher, name, fingerprint } = failure
    return { state: 'stranger', publisher, name: evidence(name, 250), fingerprint }
  }
  return { state: 'broken', failure: 'folder' in failure ? { ...failure, folder: evidence(named, 490) } : failure }
}

/** A stranger's bundle may be copied, so that somebody can compare its fingerprint and trust its publisher. */
export function mayBeImported(core: Core, signature: BundleSignature, named: string): Result<void> {
  if (signature.state === 'broken') return fail(signature.failure)
  if (signature.state !== 'unsigned' || core.tools.allowsUnsigned === true) return ok(undefined)
  return fail({ kind: 'bundle-not-trusted', folder: named, problem: 'unsigned', file: '', detail: '' })
}
