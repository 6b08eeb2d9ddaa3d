// Where models are computed, as a screen asks for it: begun by a press, each proof shown as it comes.
import { useCallback, useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { DeviceProof, DeviceProofEvent } from '../../../shared/domain/device-proof.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole } from '../console-context.tsx'
import { useStream } from '../use-stream.ts'

export type DeviceProving = {
  readonly phase: 'not-asked' | 'running' | 'done' | 'failed'
  readonly proofs: readonly DeviceProof[]
  /** The one that is looked at now, and whether it writes already. */
  readonly now?: { readonly deployment: string; readonly model: string; readonly writes: boolean }
  readonly failure?: Failure
}

type State = DeviceProving & { readonly round: number }

const notAsked: State = { phase: 'not-asked', proofs: [], round: 0 }

export function useDeviceProofs(target: Target): DeviceProving & { readonly start: () => void } {
  const { product } = useConsole()
  const [state, setState] = useState(notAsked)
  useStream({
    name: state.phase === 'running' ? `setup.proveDevices ${state.round}` : undefined,
    open: (signal) => product.setup.proveDevices({ target }, { signal }),
    onItem: (event) => setState((now) => afterEvent(now, event)),
    onEnd: (broke) =>
      setState(({ now: _, ...rest }) =>
        rest.phase === 'done' ? rest : { ...rest, phase: 'failed', failure: broke ?? { kind: 'console-lost' } },
      ),
  })
  const start = useCallback(() => setState(({ round }) => ({ ...notAsked, phase: 'running', round: round + 1 })), [])
  return { ...state, start }
}

function afterEvent({ now, ...state }: State, event: DeviceProofEvent): State {
  if (event.event === 'begin') {
    return { ...state, now: { deployment: event.deployment, model: event.model, writes: false } }
  }
  if (event.event === 'writing') return { ...state, ...(now !== undefined && { now: { ...now, writes: true } }) }
  if (event.event === 'proof') return { ...state, proofs: [...state.proofs, event.proof] }
  return { ...state, proofs: event.proofs, phase: 'done' }
}
