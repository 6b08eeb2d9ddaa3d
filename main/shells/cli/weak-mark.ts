// An appliance that is entered with algorithms that are not safe any more is never used without saying so, to the
// person and in the JSON.
import type { Target } from '../../../shared/contract/contract.ts'
import type { VerbWork } from './work.ts'

/** The same work, with a terminal that marks its result where this target was opted in. */
export function markWeak(work: VerbWork, target: Target): VerbWork {
  const { saved, terminal, words } = work
  const meant = target.by === 'name' ? saved.find((one) => one.name === target.name) : target
  if (meant === undefined || !('weakAlgorithms' in meant) || meant.weakAlgorithms !== true) return work
  terminal.complain(words.connect.weakAllowed)
  const result = (value: unknown) => terminal.result({ weakAlgorithms: true, ...(value as object) })
  return { ...work, terminal: { ...terminal, result } }
}
