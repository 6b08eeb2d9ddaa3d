// Whether a certificate that somebody hands over is one: its bytes are those that were signed, and the key is the one that
// certificates of this server were signed with before. Needs nothing but the two files.
import {
  type Acceptance,
  type AcceptanceCheck,
  type AcceptanceFault,
  acceptance,
  acceptanceSignature,
} from '../../../shared/domain/acceptance.ts'
import { evidence, ok, type Result } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { faultOfSignature, fingerprintOfKey } from '../../trust/document-signature.ts'
import type { CallContext, Core } from '../context.ts'
import { mayOperate } from '../operators/caller.ts'

export type SignedTexts = { readonly document: string; readonly signature: string }

/** `fingerprint`: of the key that it has to be signed with; of any other one nothing is remembered. */
type Brought = SignedTexts & { readonly fingerprint?: string | undefined }

export function checkAcceptance({ core, who }: CallContext, brought: Brought): Result<AcceptanceCheck> {
  const read = readSigned(brought)
  if ('fault' in read) return ok({ valid: false, ...read })
  const isWanted = brought.fingerprint === undefined || brought.fingerprint === read.fingerprint
  const known = recognise(core, read, isWanted && mayOperate(who))
  return known.ok ? ok({ valid: true, document: read.document, fingerprint: read.fingerprint, ...known.value }) : known
}

type Signed = { readonly document: Acceptance; readonly fingerprint: string }
type Faulty = { readonly fault: AcceptanceFault; readonly detail: string }

/** The signature first: of what nobody vouched for not a word is believed. */
export function readSigned({ document: text, signature: signatureText }: SignedTexts): Signed | Faulty {
  const signature = acceptanceSignature.safeParse(parsed(signatureText))
  if (!signature.success) return faulty('not-a-signature', issueOf(signature.error.issues))
  const fault = faultOfSignature(text, signature.data)
  if (fault !== undefined) return faulty(fault, '')
  const value = parsed(text)
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (typeof format === 'number' && format > 1) return faulty('newer', `format ${format}`)
  const document = acceptance.safeParse(value)
  if (!document.success) return faulty('not-a-certificate', issueOf(document.error.issues))
  // Two readers of the same bytes have to see the same: a name that stands there twice is seen by one of them only.
  if (canonicalJson(document.data) !== text) return faulty('not-a-certificate', 'not canonical JSON')
  return { document: document.data, fingerprint: fingerprintOfKey(signature.data.publicKey) }
}

function faulty(fault: AcceptanceFault, detail: string): Faulty {
  return { fault, detail: evidence(detail, 250) }
}

function issueOf([issue]: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issue === undefined ? '' : `${issue.path.map(String).join('.')}: ${issue.message}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Known = { readonly key: 'own' | 'known' | 'first' | 'unnamed' | 'other'; readonly otherKey?: string }

/** What was seen first is kept, by server; a later one of another key says so, and does not take its place. */
function recognise({ state, tools }: Core, { document, fingerprint }: Signed, remembers: boolean): Result<Known> {
  const machineId = valueOr(document.inventory.machineId, '')
  // Address and port are words of whoever wrote it: they name no server.
  if (machineId === '') return ok({ key: 'unnamed' })
  const seen = state.acceptances.seenKey(machineId)
  if (!seen.ok) return seen
  if (seen.value === undefined) {
    const added = { machineId, fingerprint, firstSeenAt: tools.now() }
    const written = remembers ? state.acceptances.remember(added) : ok(undefined)
    return written.ok ? ok({ key: 'first' }) : written
  }
  if (seen.value.fingerprint !== fingerprint) return ok({ key: 'other', otherKey: seen.value.fingerprint })
  return ok({ key: seen.value.own === true ? 'own' : 'known' })
}
