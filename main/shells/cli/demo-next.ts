// What to do with a demo appliance that stays: where its bundle lies, and the command that sets it up, to be pasted.
import { quoteWord } from '../../../shared/domain/quote.ts'
import type { Work } from './work.ts'

export type DemoWork = Work & {
  /** Where the bundle that is made for demo appliances lies. */
  readonly bundleFolder: string
}

export function setupCommand(name: string, solution: string, bundleFolder: string): string {
  return ['rackside', 'setup', name, '--solution', solution, '--from', bundleFolder].map(quoteWord).join(' ')
}
