// Looks at a server, puts load on it and says whether it can be accepted; what can be is signed. It goes on by itself for
// many minutes, ends early when somebody stops it or nobody reads it any more, and then nothing of it is kept: half of a
// proof is none.

import type * as z from 'zod'
import type { Target } from '../../../shared/contract/contract.ts'
import {
  type Acceptance,
  type AcceptanceEvent,
  type AcceptanceWish,
  acceptance,
  acceptanceSettings,
  type KeptAcceptance,
  usualAcceptance,
} from '../../../shared/domain/acceptance.ts'
import type { Secret } from '../../../shared/domain/command.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { decide } from '../../../shared/verify/acceptance/decide.ts'
import { holdForBench } from '../../apply/bench-lock.ts'
import { fingerprintOfKey, signDocument } from '../../trust/document-signature.ts'
import { openingToChange } from '../appliances.ts'
import { loading, settled } from '../bench/loading.ts'
import type { CallContext } from '../context.ts'
import { refuse } from '../refusal.ts'
import type { Accepting } from './accepting.ts'
import { lookAndMeasure } from './parts.ts'
import { signingKey } from './signing-key.ts'

type AcceptInput = { readonly target: Target; readonly wish: AcceptanceWish }

/** Throws a refusal where it cannot begin, was stopped, or cannot be kept. */
export async function* acceptAppliance(
  context: CallContext,
  { target, wish }: AcceptInput,
  left?: AbortSignal,
): AsyncGenerator<AcceptanceEvent> {
  const { core } = context
  const opening = openingToChange(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const acceptanceId = `acceptance-${core.tools.randomId()}`
  const settings = acceptanceSettings.parse(settled(core, usualAcceptance, wish))
  yield* loading<AcceptanceEvent, KeptAcceptance>(core, opening.value, {
    ...{ id: acceptanceId, left },
    work: (connection, load) =>
      accept(context, { ...load, connection, opening: opening.value, target, acceptanceId, settings }),
  })
}

async function accept(context: CallContext, asked: Accepting): Promise<Result<KeptAcceptance>> {
  const { core, operator } = context
  // The right server first, then what is needed to sign, then minutes of load.
  const key = await signingKey(core)
  if (!key.ok) return key
  const { connection, opening, acceptanceId, settings, hear, stop } = asked
  const { now, clock, computer = 'console', version } = core.tools
  const startedAt = now()
  const beganMs = clock()
  const lock = await holdForBench(connection, { run: acceptanceId, who: operator, at: startedAt })
  if (!lock.ok) return lock
  try {
    hear({ event: 'begin', acceptanceId, settings })
    const measured = await lookAndMeasure(context, { ...asked, held: lock.value.held })
    if (!measured.ok) return measured
    if (stop.aborted) return fail({ kind: 'cancelled', at: 'acceptance' })
    if (!lock.value.held()) return fail({ kind: 'lock-lost', at: 'acceptance' })
    const { takenBack, fallen, ...parts } = measured.value
    const noted = core.audit.checkpoint(now())
    const { host, port } = opening.address
    const demo = core.demos.isDemo(opening.address) ? { demo: true as const } : {}
    const document: Omit<Acceptance, 'verdict' | 'points'> = {
      ...{ kind: 'rackside-acceptance', format: 1, acceptanceId, startedAt, who: operator, settings },
      seconds: Math.max(0, clock() - beganMs) / 1000,
      console: { computer: computer.slice(0, 200), ...(version !== undefined && { version }) },
      appliance: { host, port, ...demo },
      ...parts,
      ...(noted.ok && noted.value !== undefined && { audit: noted.value }),
    }
    // A text that an appliance made too long makes no document that nobody can check.
    const whole = acceptance.safeParse({ ...document, ...decide({ ...document, takenBack, fallen }) })
    if (!whole.success) return fail({ kind: 'fact-missing', fact: 'acceptance', why: issueIn(whole.error) })
    return keep(context, signed(whole.data, key.value))
  } finally {
    lock.value.release()
  }
}

/** What is refused is signed by nobody: a signature under it could be read as one under the opposite. */
function signed(document: Acceptance, key: Secret): KeptAcceptance {
  if (document.verdict === 'refused') return { document }
  const { sha256, publicKey, signature } = signDocument(canonicalJson(document), key)
  const head = { kind: 'rackside-acceptance-signature', format: 1, algorithm: 'ed25519' } as const
  return { document, signature: { ...head, sha256, publicKey, signature } }
}

/** On the disk first: what the audit names is there to be read. */
function keep({ core, operator }: CallContext, kept: KeptAcceptance): Result<KeptAcceptance> {
  const { acceptanceId, appliance, verdict, inventory } = kept.document
  const saved = core.state.acceptances.save(kept)
  if (!saved.ok) return saved
  const machineId = valueOr(inventory.machineId, '')
  if (kept.signature !== undefined && machineId !== '' && appliance.demo !== true) {
    const fingerprint = fingerprintOfKey(kept.signature.publicKey)
    const own = { machineId, fingerprint, firstSeenAt: core.tools.now(), own: true as const }
    const remembered = core.state.acceptances.remember(own)
    if (!remembered.ok) return remembered
  }
  const { demo, host, port } = appliance
  const input = { acceptanceId, address: { host, port }, verdict, sha256: kept.signature?.sha256 ?? null }
  const mark = demo === true ? { demo } : {}
  const written = core.audit.append({ at: core.tools.now(), who: operator, act: 'acceptance-end', ...mark, input })
  return written.ok ? ok(kept) : written
}

function issueIn({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? '' : evidence(`${issue.path.map(String).join('.')}: ${issue.message}`, 250)
}
