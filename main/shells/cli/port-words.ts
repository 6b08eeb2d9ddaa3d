// Ports of services on the command line: what is said of them, and which of a plan are told.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type PlanPort, type PortWishes, portWishes, withPorts } from '../../../shared/domain/service-port.ts'
import type { Words } from '../../../shared/words/words.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** "notes=8431", or "notes=default" for the one that the solution says. */
export function readPorts({ port: words = [] }: Pick<OptionValues, 'port'>): Result<PortWishes | undefined> {
  const wishes: PortWishes = []
  for (const word of words) {
    const [, service, said] = /^([^=]*)=([0-9]{1,5}|default)$/.exec(word) ?? []
    const wish = portWishes.element.safeParse({ service, port: said === 'default' ? null : Number(said) })
    if (!wish.success) return usage('not-a-service-port', word)
    wishes.push(wish.data)
  }
  return ok(wishes.length === 0 ? undefined : withPorts([], wishes))
}

/** Those that are not as the solution says, and those that somebody settled. */
export function portLines(ports: readonly PlanPort[], { settings }: Words): string[] {
  const told = ports.filter(({ source }) => source !== 'default')
  return told.length === 0 ? [] : [`  ${settings.portsHeading}`, ...told.map((one) => `    ${settings.port(one)}`)]
}
