// A proof as a screen asks for it: begun by a press (or at once), shown while it goes on, done with a verdict
// or failed with the reason. Where the link breaks in the middle it is begun anew when the link is back.
import { useCallback, useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useLearn } from '../answers.ts'
import { useConsole, useLinkState } from '../console-context.tsx'
import { useStream } from '../use-stream.ts'
import { afterProofEvent, nothingProven, type ProofState } from './proof-state.ts'

export type Proving = {
  readonly proof: ProofState
  readonly phase: 'not-asked' | 'running' | 'done' | 'failed'
  readonly failure?: Failure
  readonly start: () => void
}

type Proof = Omit<Proving, 'start'> & { readonly round: number }

/** `before`: what was proven already, shown until the first proof that is asked for here. */
export function useProof(target: Target, before: ProofState = nothingProven): Proving {
  const { product } = useConsole()
  const learn = useLearn()
  const open = useLinkState().state === 'open'
  const [state, setState] = useState<Proof>({ proof: nothingProven, phase: 'not-asked', round: 0 })
  const { phase, failure, round } = state
  const lost: Failure | undefined = phase === 'running' && !open && round > 0 ? { kind: 'console-lost' } : failure
  useStream({
    name: phase === 'running' ? `setup.prove ${round}` : undefined,
    open: (signal) => {
      setState((now) => ({ ...now, proof: nothingProven }))
      return product.setup.prove({ target }, { signal })
    },
    onItem: (event) => {
      if (event.event === 'verdict' && target.by === 'name') learn(['appliances.status', target.name], event.verdict)
      setState((now) => ({ ...now, proof: afterProofEvent(now.proof, event) }))
    },
    onEnd: (broke) => setState((now) => ended(now, broke)),
  })
  const start = useCallback(
    () => setState(({ round }) => ({ proof: nothingProven, phase: 'running', round: round + 1 })),
    [],
  )
  return {
    proof: phase === 'not-asked' ? before : state.proof,
    phase,
    start,
    ...(lost === undefined ? {} : { failure: lost }),
  }
}

function ended(now: Proof, broke: Failure | undefined): Proof {
  const { failure: _, ...rest } = now
  if (now.proof.verdict !== undefined) return { ...rest, phase: 'done' }
  return { ...rest, phase: 'failed', failure: broke ?? { kind: 'console-lost' } }
}
