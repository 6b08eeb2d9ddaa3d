// Text of a support bundle without what nobody outside must learn: secrets always, and names, addresses and serial numbers
// unless somebody wants to keep names. The same name is the same other one in all files of a bundle.
import { newPseudonyms, type Pseudonyms, withoutAddresses, withoutHosts } from './pseudonyms.ts'
import { withoutPrivateKeys, withoutSecrets } from './secrets.ts'

/** What is known of the people and machines that a bundle is about. */
export type KnownNames = {
  readonly appliances: readonly string[]
  /** Names and addresses of machines. */
  readonly hosts: readonly string[]
  readonly users: readonly string[]
}

export type SupportRedaction = {
  /** `isLoose`: four numbers with dots in it are an address, and no version. */
  text(text: string, isLoose: boolean): string
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
  const appliance = numbered('appliance')
  for (const name of names.appliances) appliance(name)
  const known = keepsNames ? (text: string) => text : knownNames(names, { appliance, user: numbered('user'), others })
  const text = (raw: string, isLoose: boolean) => {
    const safe = withoutSecrets(withoutPrivateKeys(raw).replaceAll(login, '$1(redacted)@'))
    return keepsNames ? safe : hidden(known(safe), others, isLoose)
  }
  const walk = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') return text(value, !ofVersions.test(field))
    if (Array.isArray(value)) return value.map((one) => walk(one, field))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        known(name),
        isSerial(name) && !keepsNames ? '(redacted)' : walk(one, name),
      ]),
    )
  }
  return { text, value: (value) => walk(value, ''), appliance: (name) => (keepsNames ? name : appliance(name)) }
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

function isSerial(field: string): boolean {
  return /^(?:serial|serialNumber|machineId|boardId|chassisSerial)$/i.test(field)
}

function hidden(text: string, others: Pseudonyms, isLoose: boolean): string {
  const plain = withoutHosts(text, others)
    .replaceAll(homes, '$1redacted')
    .replaceAll(serials, '$1(redacted)')
    .replaceAll(serialElements, '$1(redacted)')
    .replaceAll(uuids, (found) => `id-${others.host(found).replace(/\D/g, '')}`)
  return isLoose ? withoutAddresses(plain, others) : plain
}

type Others = {
  readonly appliance: (name: string) => string
  readonly user: (name: string) => string
  readonly others: Pseudonyms
}

/** Longest first; a name of one letter is no name that could be found. */
function knownNames({ appliances, hosts, users }: KnownNames, { appliance, user, others }: Others) {
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
