// What a user's OpenSSH configuration says about the hosts it names: where they are, who logs in with which key,
// and over which jump hosts. As OpenSSH reads it, the first value wins. Match blocks ask the machine something, and
// a ProxyCommand runs a program: both are passed over, and that is said.
import { type Address, address } from '../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type ConfigFiles, type Setting, settingsIn } from './ssh-config-lines.ts'
import { matchesWildcards } from './wildcards.ts'

/** Whose configuration it is: what ~, %d and %u stand for. */
export type ConfigUser = { readonly name: string; readonly home: string }

export type ConfigStop = {
  readonly address: Address
  /** Whole path; undefined where the configuration names none. */
  readonly identityFile: string | undefined
}
export type ConfigHost = ConfigStop & { readonly name: string; readonly via: readonly ConfigStop[] }

export type Skipped = {
  readonly what: 'match' | 'proxy-command' | 'too-many-hops' | 'not-an-address'
  /** A host, or the condition of a Match. */
  readonly name: string
}

export type SshConfig = { readonly hosts: readonly ConfigHost[]; readonly skipped: readonly Skipped[] }

const mostHosts = 500
const mostHops = 4

export function readSshConfig(file: string, files: ConfigFiles, user: ConfigUser): Result<SshConfig> {
  const settings = settingsIn(file, files)
  if (!Array.isArray(settings)) return fail(settings)
  const named = settings.filter(({ keyword }) => keyword === 'host').flatMap(({ value }) => value.split(' '))
  const names = [...new Set(named.filter((name) => !/[*?!]/.test(name)))].slice(0, mostHosts)
  const matches = settings.filter(({ keyword }) => keyword === 'match')
  const skipped: Skipped[] = matches.map(({ value }) => ({ what: 'match', name: value }))
  const hosts: ConfigHost[] = []
  for (const name of names) {
    const stop = stopNamed(name, settings, user)
    const via = stop === undefined ? [] : chainTo(name, settings, user, [])
    if (stop === undefined) skipped.push({ what: 'not-an-address', name })
    else if (typeof via === 'string') skipped.push({ what: via, name })
    else hosts.push({ name, ...stop, via })
  }
  return ok({ hosts, skipped })
}

/** The first value that stands under conditions this name meets. */
function firstValue(settings: readonly Setting[], name: string, ...keywords: string[]): Setting | undefined {
  return settings.find(
    ({ keyword, conditions }) =>
      keywords.includes(keyword) && conditions?.every((patterns) => meets(name, patterns)) === true,
  )
}

/** A pattern with "!" that matches excludes, whatever else does. */
function meets(name: string, patterns: readonly string[]): boolean {
  const lower = name.toLowerCase()
  const matching = patterns.filter((one) => matchesWildcards(one.replace(/^!/, '').toLowerCase(), lower))
  return matching.length > 0 && !matching.some((pattern) => pattern.startsWith('!'))
}

function stopNamed(
  name: string,
  settings: readonly Setting[],
  user: ConfigUser,
  given: { readonly user?: string; readonly port?: number } = {},
): ConfigStop | undefined {
  const hostName = firstValue(settings, name, 'hostname')?.value.replace(/%[h%]/g, (token) =>
    token === '%h' ? name : '%',
  )
  const read = address.safeParse({
    host: hostName ?? name,
    port: given.port ?? Number(firstValue(settings, name, 'port')?.value ?? 22),
    user: given.user ?? firstValue(settings, name, 'user')?.value ?? user.name,
  })
  if (!read.success) return undefined
  const identity = firstValue(settings, name, 'identityfile')?.value
  return { address: read.data, identityFile: identity && wholePath(identity, { name, user, address: read.data }) }
}

function wholePath(
  path: string,
  { name, user, address: { host, port, user: remote } }: { name: string; user: ConfigUser; address: Address },
): string | undefined {
  if (path.toLowerCase() === 'none') return undefined
  const tokens: Readonly<Record<string, string>> = {
    ...{ '%%': '%', '%d': user.home, '%h': host, '%n': name, '%p': String(port), '%r': remote, '%u': user.name },
  }
  const whole = path.replace(/^~(?=\/)/, user.home).replace(/%./g, (token) => tokens[token] ?? token)
  return whole.startsWith('/') || /^[A-Za-z]:[\\/]/.test(whole) ? whole : `${user.home}/${whole}`
}

/** The first jump host may have jump hosts of its own; those after it are reached through the ones before. */
function chainTo(
  name: string,
  settings: readonly Setting[],
  user: ConfigUser,
  seen: readonly string[],
): ConfigStop[] | Skipped['what'] {
  const jump = firstValue(settings, name, 'proxyjump', 'proxycommand')
  if (jump === undefined || jump.value.toLowerCase() === 'none') return []
  if (jump.keyword === 'proxycommand') return 'proxy-command'
  if (seen.length >= mostHops) return 'too-many-hops'
  const words = jump.value.split(',').map((word) => readJump(word.trim()))
  const stops: ConfigStop[] = []
  for (const [at, word] of words.entries()) {
    const stop = word && stopNamed(word.host, settings, user, word)
    if (word === undefined || stop === undefined) return 'not-an-address'
    const before = at === 0 ? chainTo(word.host, settings, user, [...seen, name]) : []
    if (typeof before === 'string') return before
    stops.push(...before, stop)
  }
  return stops.length > mostHops ? 'too-many-hops' : stops
}

/** "[user@]host[:port]" or an ssh:// address. */
function readJump(word: string): { host: string; user?: string; port?: number } | undefined {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:[\]]+))(?::([0-9]{1,5}))?\/?$/.exec(word) ?? []
  const host = bracketed ?? plain
  if (host === undefined) return undefined
  return { host, ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) }
}
