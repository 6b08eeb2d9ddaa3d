// What a proof measured, as the JSON results of several commands carry it.
import type { ApplianceVerdict, InferenceProof } from '../../../shared/domain/verdict.ts'

type Figures = { readonly ttftMs: number | null; readonly tokensPerSecond: number | null }

export function proofIn(verdict: ApplianceVerdict): InferenceProof | undefined {
  return verdict.deployments.find((d) => d.proof !== undefined)?.proof
}

/** Milliseconds and tokens per second, null where they could not be measured. */
export function figures(proof: InferenceProof | undefined): Figures {
  const rate = proof?.tokensPerSecond
  return {
    ttftMs: proof === undefined ? null : Math.round(proof.ttftMs * 10) / 10,
    tokensPerSecond: rate?.state === 'known' ? Math.round(rate.value * 10) / 10 : null,
  }
}
