// The bundle of the demo, signed by whoever made it: this console. It trusts that signature in the place of any other
// that says it is the demo's, so that what is for the demo is checked as everything else is.
import { demoPublisher } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { signOnce } from '../../trust/made-here.ts'
import { hasSignatures } from '../../trust/read-folder.ts'
import { pinPublisher } from '../../trust/verify.ts'
import type { Core } from '../context.ts'
import { openTrusted } from '../desk/trusted-bundle.ts'

export function trustDemoBundle(core: Core): Result<void> {
  const folder = core.demos.folders.bundle
  if (hasSignatures(folder) && openTrusted(core, folder).ok) return ok(undefined)
  const now = core.tools.now()
  const signed = signOnce(folder, now)
  if (!signed.ok) return signed
  const others = withoutDemo(core)
  if (!others.ok) return others
  const pinned = pinPublisher(folder, { state: others.value, now, fingerprint: signed.value, who: core.tools.user })
  return pinned.ok ? core.state.trust.write(pinned.value) : pinned
}

/** With the last demo goes what vouched for it. */
export function distrustDemo(core: Core): Result<void> {
  const others = withoutDemo(core)
  return others.ok ? core.state.trust.write(others.value) : others
}

function withoutDemo({ state }: Core): ReturnType<Core['state']['trust']['read']> {
  const known = state.trust.read()
  if (!known.ok) return known
  return ok({ ...known.value, publishers: known.value.publishers.filter(({ id }) => id !== demoPublisher) })
}
