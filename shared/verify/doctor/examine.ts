// The doctor: every rule over one snapshot of facts, the worst first, and what it could not look at.
import type { Facts } from '../../domain/facts.ts'
import { type Examination, type Finding, severity } from '../../domain/finding.ts'
import { stack } from '../../domain/stack.ts'
import { certificateRules } from './certificate-rules.ts'
import { containerDeviceRules, unreadContainers } from './container-device-rules.ts'
import { containerRules } from './container-rules.ts'
import { deviceRules } from './device-rules.ts'
import { hostRules } from './host-rules.ts'
import { logRules } from './log-rules.ts'
import type { KnownHere, Rule } from './rule.ts'
import { serviceRules } from './service-rules.ts'
import { toolRules } from './tool-rules.ts'
import { versionRules } from './version-rules.ts'

export const rules: readonly Rule[] = [
  ...toolRules,
  ...deviceRules,
  ...containerRules,
  ...serviceRules,
  ...containerDeviceRules,
  ...certificateRules,
  ...versionRules,
  ...logRules,
  ...hostRules,
]

const nothingKnown: KnownHere = { takenBack: [] }
const evidenceLimit = 8
const lineLimit = 400

/** Total: never throws, whatever the facts. */
export function examine(facts: Facts, here: KnownHere = nothingKnown): Examination {
  const found = rules.flatMap((rule) => findingOf(rule, facts, here))
  const findings = severity.options.flatMap((one) => found.filter((each) => each.severity === one))
  return { takenAt: facts.takenAt, findings, unread: unreadOf(facts) }
}

/** Of a log the newest lines count. */
function findingOf({ id, severity, match }: Rule, facts: Facts, here: KnownHere): Finding[] {
  const evidence = [...new Set(match(facts, here))].slice(-evidenceLimit).map((line) => line.slice(0, lineLimit))
  return evidence.length === 0 ? [] : [{ rule: id, severity, evidence }]
}

function unreadOf({ stack: told }: Facts): Examination['unread'] {
  if (told === undefined) return []
  return stack.keyof().options.flatMap((fact) => {
    const reading = told[fact]
    if (fact === 'containerDevices' && reading?.state === 'known') return unreadContainers(told)
    return reading?.state === 'unreadable' ? [{ fact, why: reading.why }] : []
  })
}
