// The passphrase once more, in the middle of an act that destroys: the act waits, whoever is signed in types it, and the
// same act goes on. One question at a time, for all of the page.
import { useCallback, useSyncExternalStore } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import { ownSession } from '../link/session-key.ts'

type Question = { readonly answer: (typed: boolean) => void }

let open: Question | undefined
let asked: Promise<boolean> | undefined
const listeners = new Set<() => void>()

function change(next: Question | undefined): void {
  open = next
  for (const listener of listeners) listener()
}

/** Resolves with whether it was typed. */
function askOnce(): Promise<boolean> {
  asked ??= new Promise<boolean>((resolve) => change({ answer: resolve })).finally(() => {
    asked = undefined
    change(undefined)
  })
  return asked
}

/** Whether the act that failed so is worth doing once more: its person has just said who they are. */
export async function mended(failure: Failure): Promise<boolean> {
  // Where nothing shows the question, nobody would answer it.
  if (failure.kind !== 'step-up-needed' || listeners.size === 0) return false
  const before = ownSession()
  // Typed by somebody else who signed in meanwhile, it is not theirs to finish.
  return (await askOnce()) && ownSession() === before
}

/** Whoever was asked is not there any more: what they began is not done. */
export function dropStepUp(): void {
  open?.answer(false)
}

export function useStepUpQuestion(): Question | undefined {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
  return useSyncExternalStore(subscribe, () => open)
}
