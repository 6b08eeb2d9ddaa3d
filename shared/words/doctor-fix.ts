// What helps, with the names in its commands: this appliance, and each service that was found, so that nobody mends the first
// and forgets the others.
import type { Finding } from '../domain/finding.ts'
import { doctorOf } from './doctor.ts'
import type { Language } from './words.ts'

const quoted = /“[^“”]* SERVICE[^“”]*”/g

/** `where`: the appliance as commands take it. */
export function fixText({ rule, evidence }: Finding, where: string, language: Language): string {
  const services = rule.startsWith('container-') || rule === 'sign-in-published' ? evidence.map(serviceIn) : []
  const between = language === 'en' ? ', ' : '、'
  return doctorOf(language)
    .rules[rule].fix.replaceAll(' APPLIANCE', () => ` ${where}`)
    .replaceAll(quoted, (command) =>
      services.length === 0
        ? command
        : [...new Set(services)].map((one) => command.replace(' SERVICE', () => ` ${one}`)).join(between),
    )
}

function serviceIn(line: string): string {
  return (line.split(':')[0] ?? line).replace(/^rackside-/, '')
}
