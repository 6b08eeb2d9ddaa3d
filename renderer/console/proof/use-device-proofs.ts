// Where models are computed, as a screen asks for it: each proof is shown as it comes.
import type { Target } from '../../../shared/contract/contract.ts'
import type { DeviceProof, DeviceProofEvent } from '../../../shared/domain/device-proof.ts'
import { useConsole } from '../console-context.tsx'
import { type Begun, type BegunActs, useBegun } from '../use-begun.ts'

export type DevicesSeen = {
  readonly proofs: readonly DeviceProof[]
  /** The one that is looked at now, and whether it writes already. */
  readonly now?: { readonly deployment: string; readonly model: string; readonly writes: boolean }
}

const nothing: DevicesSeen = { proofs: [] }
type All = Record<never, never>

export function useDeviceProofs(target: Target): Begun<DevicesSeen> & BegunActs<All> {
  const { product } = useConsole()
  return useBegun<All, DeviceProofEvent, DevicesSeen>({
    ...{ call: 'setup.proveDevices', nothing, after: afterEvent },
    open: (_, signal) => product.setup.proveDevices({ target }, { signal }),
    isLast: ({ event }) => event === 'end',
  })
}

function afterEvent({ now, ...seen }: DevicesSeen, event: DeviceProofEvent): DevicesSeen {
  if (event.event === 'begin') {
    return { ...seen, now: { deployment: event.deployment, model: event.model, writes: false } }
  }
  if (event.event === 'writing') return { ...seen, ...(now !== undefined && { now: { ...now, writes: true } }) }
  return { proofs: event.event === 'proof' ? [...seen.proofs, event.proof] : event.proofs }
}
