// Use cases about publishers: who is trusted, trusting one by a bundle and its fingerprint, trusting one no more. Each is
// an act of its own, apart from every bundle that is opened.
import type { ShownPublisher, TrustedPublishers } from '../../../shared/contract/publishers.ts'
import { demoPublisher } from '../../../shared/domain/demo.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { PinnedPublisher } from '../../../shared/domain/publisher.ts'
import { clockBehind, pinPublisher, unpinPublisher } from '../../trust/verify.ts'
import type { CallContext, Core } from '../context.ts'
import { bundleFolder } from './bundles.ts'
import { openTrusted } from './trusted-bundle.ts'

export function listPublishers({ state, tools }: Core): Result<TrustedPublishers> {
  const known = state.trust.read()
  if (!known.ok) return known
  return ok({
    publishers: known.value.publishers.map(shown),
    allowsUnsigned: tools.allowsUnsigned === true,
    ...clockBehind(known.value, tools.now()),
  })
}

type Pin = { readonly bundleId: string; readonly fingerprint: string; readonly acceptsClock?: true | undefined }

export function pin(
  { core, operator }: CallContext,
  { bundleId, fingerprint, acceptsClock }: Pin,
): Result<ShownPublisher> {
  const folder = bundleFolder(core, bundleId)
  if (!folder.ok) return folder
  const state = core.state.trust.read()
  if (!state.ok) return state
  const now = core.tools.now()
  const wish = { state: state.value, now, fingerprint, who: operator, acceptsClock }
  const pinned = pinPublisher(folder.value, wish)
  if (!pinned.ok) return pinned
  const { publishers } = pinned.value
  const found = publishers.find((one) => one.fingerprint === fingerprint)
  // What is the demo's is signed by this console alone.
  if (found === undefined || found.id === demoPublisher) return fail({ kind: 'bundle-for-demo', bundleId })
  const written = core.state.trust.write(pinned.value)
  if (!written.ok) return written
  const opened = openTrusted(core, folder.value)
  return opened.ok ? ok(shown(found)) : opened
}

type Remove = { readonly publisher: string; readonly typedPublisher: string }

export function removePublisher({ state }: Core, { publisher, typedPublisher }: Remove): Result<{ publisher: string }> {
  const known = state.trust.read()
  if (!known.ok) return known
  const { publishers } = known.value
  const ids = publishers.map(({ id }) => id)
  if (!ids.includes(publisher)) return fail({ kind: 'publisher-not-pinned', publisher, known: ids })
  if (typedPublisher.trim() !== publisher) {
    return fail({ kind: 'name-not-confirmed', asked: publisher, typed: evidence(typedPublisher, 200) })
  }
  const written = state.trust.write(unpinPublisher(known.value, publisher))
  return written.ok ? ok({ publisher }) : written
}

function shown({ root: _, formerly: __, lines, blocked = [], ...publisher }: PinnedPublisher): ShownPublisher {
  return { ...publisher, lines: lines.map((line) => line.name), blocked }
}
