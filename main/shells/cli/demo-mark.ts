// A command about a demo appliance says so, to the person and in its JSON: nobody takes an exercise for the real
// thing.
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { Invocation } from './verb-arguments.ts'
import type { VerbWork } from './work.ts'

/** The same work; on an appliance that is saved and a demo, with a terminal that marks its result. */
export function markDemo(work: VerbWork): VerbWork {
  const { invocation, saved, terminal, words } = work
  const { target } = invocation
  const called = saved.find((one) => one.demo && isMeant(target, one))?.name
  if (called === undefined) return work
  terminal.say(words.demo.called(called))
  const result = (value: unknown) => terminal.result({ demo: true, ...(value as object) })
  return { ...work, terminal: { ...terminal, result } }
}

/** By its name, or by the place where it answers. */
function isMeant(target: Invocation['target'], { name, address }: ListedAppliance): boolean {
  if (target.by === 'name') return target.name === name
  return target.by === 'address' && target.address.port === address.port && target.address.host === address.host
}
