// Text of a support bundle without what nobody outside must learn: secrets always, and names, addresses and serial numbers
// unless somebody wants to keep names. The same name is the same other one in all files of a bundle.
import { isOfNobody, newPseudonyms, type Pseudonyms, withoutAddresses, withoutHosts } from './pseudonyms.ts'
import { withoutPrivateKeys, withoutSecrets } from './secrets.ts'

/** What is known of the people and machines that a bundle is about. */
export type KnownNames = {
  readonly appliances: readonly string[]
  /** Names and addresses of machines. */
  readonly hosts: readonly string[]
  readonly users: readonly string[]
}

export type SupportRedaction = {
  /** `tool`: what a tool printed, redacted as a recording already: words of a tool may be names of somebody. */
  text(text: string, kind: 'words' | 'tool'): string
  /** Of a document: names of fields stay, unless they are names of somebody. */
  value(value: unknown): unknown
  /** What stands in the place of an appliance's name. */
  appliance(name: string): string
}

const login = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s"'<>/@]{1,300}@/gi
const serials =
  /((?:serial|chassis|board|asset)[ _-]?(?:number|no|num|id|tag)?["']?[ \t]{0,40}[:=>][ \t]{0,3}["']?)(?!\(|N\/A|null)[\w.-]{4,60}/gi
const serialElements = /(<(?:serial|board_id|board_part_number)>)[^<]{1,60}/gi
const uuids = /\b(?:GPU-|MIG-|NPU-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const homes = /(\/(?:home|Users)\/|[A-Z]:\\+Users\\+)[^/\s"'<>:|\\]+/g
/** Fields whose four numbers are a version. */
const ofVersions = /version|driver|firmware|toolkit|kernel|release|software|cann|needs|has|required/i

export function supportRedaction(names: KnownNames, keepsNames: boolean): SupportRedaction {
  const others = oncePseudonyms()
  const make = { appliance: numbered('appliance'), user: numbered('user'), machine: numbered('machine'), others }
  for (const name of names.appliances) make.appliance(name)
  const known = keepsNames ? (text: string) => text : knownNames(names, make)
  const secretless = (raw: string) => withoutSecrets(withoutPrivateKeys(raw).replaceAll(login, '$1(redacted)@'))
  const words = (raw: string, isLoose: boolean) => {
    const safe = secretless(raw)
    if (keepsNames) return safe
    const plain = withoutHardware(withoutHosts(known(safe), others), others).replaceAll(homes, '$1redacted')
    return isLoose ? withoutAddresses(plain, others) : plain
  }
  const byField = keepsNames ? () => undefined : fieldNames(make)
  const walk = (value: unknown, field: string): unknown => {
    if (field === 'answer' && typeof value === 'string') return '(left out)'
    if (typeof value === 'string') return byField(field, value) ?? words(value, !ofVersions.test(field))
    if (Array.isArray(value)) return value.map((one) => walk(one, field))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [known(name), walk(one, name)]))
  }
  return {
    value: (value) => walk(value, ''),
    appliance: (name) => (keepsNames ? name : make.appliance(name)),
    text(raw, kind) {
      if (kind === 'words') return words(raw, true)
      return keepsNames ? secretless(raw) : withoutHardware(secretless(raw), others)
    },
  }
}

type Making = {
  readonly appliance: (name: string) => string
  readonly user: (name: string) => string
  readonly machine: (id: string) => string
  readonly others: Pseudonyms
}

/** Fields that hold a name of somebody whether it is known or not. Undefined: it is none of them. */
function fieldNames({ user, machine, others }: Making): (field: string, value: string) => string | undefined {
  const host = otherHost(others)
  return (field, value) => {
    if (value === '' || everybodys.has(value.toLowerCase())) return undefined
    if (/^(?:host|hostname|computer)$/.test(field)) return isOfNobody(value) ? undefined : host(value)
    if (/^(?:user|who|operator)$/.test(field)) return user(value)
    if (field === 'machineId') return machine(value)
    return /^(?:serial|serialNumber|boardId|chassisSerial)$/i.test(field) ? '(redacted)' : undefined
  }
}

/** What is another name already stays it. */
function oncePseudonyms(): Pseudonyms {
  const { host, v4, v6, mac } = newPseudonyms()
  const once = (make: (found: string) => string, own: RegExp) => (found: string) =>
    own.test(found) ? found : make(found)
  return {
    host: once(host, /^host-\d+\.example$/),
    v4: once(v4, /^192\.0\.2\./),
    v6: once(v6, /^2001:db8::/),
    mac: once(mac, /^00:00:5e:00:53:/i),
  }
}

function withoutHardware(text: string, others: Pseudonyms): string {
  return text
    .replaceAll(serials, '$1(redacted)')
    .replaceAll(serialElements, '$1(redacted)')
    .replaceAll(uuids, (found) => `id-${others.host(found).replace(/\D/g, '')}`)
}

/** Longest first; a name of one letter is no name that could be found. */
function knownNames({ appliances, hosts, users }: KnownNames, { appliance, user, others }: Making) {
  const made = new Map<string, string>()
  const add = (name: string, make: (name: string) => string) => {
    if (name.length > 1 && !everybodys.has(name.toLowerCase()) && !made.has(name.toLowerCase()))
      made.set(name.toLowerCase(), make(name))
  }
  for (const name of appliances) add(name, appliance)
  for (const host of hosts) add(host, otherHost(others))
  for (const name of users) add(name, user)
  const words = [...made.keys()].sort((a, b) => b.length - a.length).map((name) => name.replaceAll(/[^\w-]/g, '\\$&'))
  if (words.length === 0) return (text: string) => text
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${words.join('|')})(?![A-Za-z0-9])`, 'gi')
  return (text: string) => text.replaceAll(pattern, (found) => made.get(found.toLowerCase()) ?? '(redacted)')
}

/** They say nothing about anybody, and everything about what is wrong. */
const everybodys = new Set(['root', 'localhost', '127.0.0.1', '::1', 'docker', 'local'])

function otherHost({ host, v4, v6 }: Pseudonyms): (found: string) => string {
  return (found) => {
    if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(found)) return v4(found)
    return found.includes(':') ? v6(found) : host(found)
  }
}

function numbered(word: string): (name: string) => string {
  const made = new Map<string, string>()
  return (name) => {
    const one = made.get(name.toLowerCase()) ?? `${word}-${made.size + 1}`
    made.set(name.toLowerCase(), one)
    return one
  }
}
