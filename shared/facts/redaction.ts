// What a recording must not tell, probe by probe. Secrets, addresses and other machines' names are hidden in every text.
// The names of the appliance and of its users are hidden where people's words stand, never in the words of a tool or of
// the scripts: a login may be called "nvidia" and a host "gpu".
import { vendorReaders } from './accelerators/all.ts'
import { allProbes } from './assemble.ts'
import { engineFields, keptOfLine } from './engine-redaction.ts'
import { withoutOptions, withProcessNames } from './process-redaction.ts'
import { isOfNobody, newPseudonyms, type Pseudonyms, withoutAddresses, withoutHosts } from './pseudonyms.ts'
import { withoutPrivateKeys, withoutSecrets } from './secrets.ts'

type Redact = (text: string) => string
export type Redaction = {
  /** Of a probe. */
  readonly stdout: (id: string, text: string) => string
  readonly stderr: Redact
}

/** Probes whose answers hold addresses. In the others four numbers with dots are a version. */
const tellAddresses = new Set([
  ...['ports', 'docker-info', 'docker-version', 'containers', 'container-devices', 'images', 'networks', 'kernel-log'],
  ...['spaces', 'host-services'],
])

/** The same words for the same in all answers of one appliance. */
export function redactionFor(hidden: readonly string[]): Redaction {
  const instead = newPseudonyms()
  const plain = plainRedact(hidden, instead)
  const names = namesRedact(hidden.filter((name) => !isOrdinary(name)))
  const free = (text: string) => names(plain(text))
  const parts = partsOf(plain, free, instead)
  const other = (text: string) => withoutAddresses(text, instead)
  // Of a probe of another version nothing is known: all of it may be somebody's words.
  const part = (id: string) => parts[id] ?? (known.has(id) ? toolText(plain, free) : free)
  return {
    stdout: (id, text) => {
      const made = part(id)(withoutPrivateKeys(text))
      return known.has(id) && !tellAddresses.has(id) ? made : other(made)
    },
    stderr: (text) => other(free(withoutPrivateKeys(text))),
  }
}

const known = new Set(allProbes.map(({ id }) => id))

/** Words of the scripts themselves, which say nothing about anybody. */
const ordinary = new Set([
  ...['root', 'localhost', ...vendorReaders.map(({ vendor }) => vendor)],
  ...allProbes.flatMap(({ shell, when = '' }) => `${shell}\n${when}`.toLowerCase().match(/[a-z0-9_-]+/g) ?? []),
])

function isOrdinary(name: string): boolean {
  return name.length < 2 || ordinary.has(name.toLowerCase())
}

/** Names with a dot or a colon cannot be words of a tool; with a domain they take all of their domain along. */
function plainRedact(hidden: readonly string[], instead: Pseudonyms): Redact {
  const dotted = hidden.filter((name) => /[.:]/.test(name) && !isOfNobody(name))
  const domains = dotted.flatMap(
    (name) => /^[\w-]{1,63}\.((?:[\w-]{1,63}\.){1,8}[a-z][\w-]{0,62})$/i.exec(name)?.[1] ?? [],
  )
  const whole = namesRedact([...dotted, ...domains], '(?:[\\w-]{1,63}\\.){0,8}')
  const homes = /(\/(?:home|Users)\/)[^/\s"'<>:|]+/g
  return (text) => withoutHosts(withoutSecrets(whole(text)), instead).replaceAll(homes, '$1redacted')
}

/** Longest first. Names of volumes double a "-". */
function namesRedact(names: readonly string[], before = ''): Redact {
  const patterns = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const word = name.replaceAll(/[^\w-]/g, '\\$&').replaceAll('-', '-{1,2}')
      return new RegExp(`(?<![A-Za-z0-9])${before}${word}(?![A-Za-z0-9])`, 'gi')
    })
  return (text) => patterns.reduce((rest, pattern) => rest.replaceAll(pattern, 'redacted'), text)
}

function partsOf(plain: Redact, free: Redact, instead: Pseudonyms): Readonly<Record<string, Redact>> {
  const lines = (each: Redact) => (text: string) => text.split('\n').map(each).join('\n')
  const space = (line: string) => spaceLine(line, free, instead)
  const engine = Object.entries(engineFields(plain, free)).map(([id, fields]) => {
    const other = id === 'docker-info' ? space : free
    return [id, lines((line) => keptOfLine(line, fields, other))] as const
  })
  return {
    ...Object.fromEntries(engine),
    'machine-id': (text) => text.replaceAll(/\b[0-9a-f]{32}\b/gi, '00000000000000000000000000000001'),
    // The distribution's own.
    'os-release': (text) => text,
    // The host's name, then the kernel's words.
    uname: (text) => plain(text.replace(/^[\x21-\x7e]{1,255}(?=\s*(?:\n|$))/, 'redacted')),
    spaces: lines(space),
    'host-services': lines((line) => plain(line.replace(/^(Reference ID\s{0,20}:).*/, '$1 (redacted)'))),
    ports: lines((line) => plain(line.replaceAll(/(?<=\(")[^"]{1,100}/g, free).replace(hexAddress, inHex(instead)))),
    'kernel-log': lines((line) => logLine(line, free)),
    'nvidia-xid': lines((line) => logLine(line, free)),
    'nvidia-smi-xml': (text) => plain(withProcessNames(text, free)),
    'container-devices': lines((line) => containerLine(line, plain, free)),
    // What people chose stands at the end.
    deployments: lines((line) => plain(line.replace(/(?<="settings":).*/, free))),
    'host-state': lines((line) => plain(line.replace(/(?<=^disk (?:\S{1,100} ){3}).*/, free))),
  }
}

/** Tools print tables, and processes below them. */
function toolText(plain: Redact, free: Redact): Redact {
  return (text) => plain(withoutOptions(text, free))
}

/** `2026-11-20T03:14:07+0800 ward-3 kernel: NVRM: ...`; the ring buffer names no host. */
function logLine(line: string, free: Redact): string {
  if (['journal', 'ring', 'end', 'kernel log'].includes(line)) return line
  const [head = '', at] = /^(\d{4}-\d\d-\d\dT\S{1,30}) \S{1,255} kernel: /.exec(line) ?? []
  return at === undefined ? free(line) : `${at} redacted kernel: ${free(line.slice(head.length))}`
}

/** A row of df: what is mounted over the network is named by its server. */
function spaceLine(line: string, free: Redact, instead: Pseudonyms): string {
  const figures = /\s{1,100}\d{1,15}\s{1,100}\d{1,15}\s{1,100}-?\d{1,15}\s{1,100}(?:\d{1,3}%|-)\s/.exec(line)
  const [head = ''] = /^space [a-z]{1,20} /.exec(line) ?? []
  if (figures === null) return head + free(line.slice(head.length))
  const source = line.slice(0, figures.index)
  const overNetwork = source.startsWith('//') || (!source.startsWith('/') && /[:@]/.test(source))
  return (overNetwork ? `${instead.host(source)}:/` : free(source)) + free(line.slice(figures.index))
}

/** What a container's tool says is a stranger's text, and so is the container's name. */
function containerLine(line: string, plain: Redact, free: Redact): string {
  if (line.startsWith('> ')) return `> ${free(line.slice(2))}`
  return plain(line.replace(/(?<="Name":")(?!\/?rackside-)[^"\\]{1,200}/, free))
}

/** `0: 0100007F:1F90 ...`: hex, each four bytes in the order of the machine. */
const hexAddress = /(?<=^\s{0,20}\d{1,9}: )(?:[0-9A-F]{8}){1,4}(?=:[0-9A-F]{4} )/

function inHex(instead: Pseudonyms): (found: string) => string {
  const turned = (word: string) => (word.match(/../g) ?? []).reverse().join('')
  return (found) => {
    const words = (found.match(/.{8}/g) ?? []).map(turned)
    const last = words.at(-1) ?? ''
    const isV4 = words.length === 1 || words.slice(0, -1).join('') === `${'0'.repeat(20)}FFFF`
    const dotted = (last.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')
    if (/^0{8,31}[01]?$/.test(words.join('')) || (isV4 && isOfNobody(dotted))) return found
    const hex = isV4
      ? instead.v4(dotted).replaceAll(/\d+\.?/g, (byte) => Number.parseInt(byte, 10).toString(16).padStart(2, '0'))
      : instead.v6(found).slice('2001:db8::'.length).padStart(8, '0')
    return (isV4 ? found.slice(0, -8) : `B80D0120${'0'.repeat(16)}`) + turned(hex.toUpperCase())
  }
}
