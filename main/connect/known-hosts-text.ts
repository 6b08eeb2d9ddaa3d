// Reads and writes OpenSSH's known_hosts format (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). The text comes from
// outside: it is bounded, every line is either understood or named, and one bad line means that nothing of it is used.
//
// Lines with @cert-authority are counted and not used. ssh2 1.17 has no host key algorithm for certificates
// (SUPPORTED_SERVER_HOST_KEY in its protocol/constants.js holds none of ssh-ed25519-cert-v01@openssh.com and its kind,
// and it refuses to offer what is not there), so a server shows us its plain key and never its certificate: there is
// nothing that the authority signed to check, and nothing is trusted because of such a line.
import { type HostKeyPin, hostKeyPin } from '../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { KnownHost } from '../../shared/domain/known-host.ts'
import { keyTypeOf } from './known-hosts.ts'
import { hashedName, knownHostName } from './known-hosts-match.ts'

export type ReadKnownHosts = {
  readonly entries: readonly KnownHost[]
  /** Lines with a kind of key that this console cannot verify. */
  readonly unknownTypes: number
  readonly certAuthorities: number
}

/** In characters; three hundred appliances with three keys each fit. */
export const longestKnownHosts = 256 * 1024
const mostLines = 5000
const mostNames = 100

/** What ssh2 1.17 verifies and we accept; ssh-rsa keys sign with SHA-2. */
const usableTypes: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
])

type Line =
  | { readonly kind: 'nothing' | 'unknown-type' | 'cert-authority' }
  | { readonly kind: 'entry'; readonly entry: KnownHost }
  | { readonly kind: 'bad'; readonly problem: string }

export function readKnownHosts(text: string): Result<ReadKnownHosts> {
  const bad = (line: number, problem: string) => fail({ kind: 'known-hosts-unusable', line, problem })
  if (text.length > longestKnownHosts) return bad(0, `more than ${longestKnownHosts / 1024} KiB`)
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  if (lines.length > mostLines) return bad(0, `more than ${mostLines} lines`)
  const read = lines.map(readLine)
  const at = read.findIndex((line) => line.kind === 'bad')
  const first = read[at]
  if (first?.kind === 'bad') return bad(at + 1, first.problem)
  const count = (kind: Line['kind']) => read.filter((line) => line.kind === kind).length
  return ok({
    entries: read.flatMap((line) => (line.kind === 'entry' ? [line.entry] : [])),
    unknownTypes: count('unknown-type'),
    certAuthorities: count('cert-authority'),
  })
}

function readLine(raw: string): Line {
  const line = raw.trim()
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' }
  const words = line.split(/[ \t]+/)
  const marker = line.startsWith('@') ? words.shift() : undefined
  const [hosts, keyType, keyBase64] = words
  if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority') return bad('an unknown marker')
  if (hosts === undefined || keyType === undefined || keyBase64 === undefined) return bad('not host, key type and key')
  const problem = problemOfHosts(hosts)
  if (problem !== undefined) return bad(problem)
  if (marker === '@cert-authority') return { kind: 'cert-authority' }
  // Version 1 of the protocol wrote the number of bits there.
  if (!usableTypes.has(keyType)) return { kind: 'unknown-type' }
  if (!isKey(keyType, keyBase64)) return bad(`the key is not a key of the type ${keyType}`)
  const entry = { hosts, keyType, keyBase64 }
  return { kind: 'entry', entry: marker === '@revoked' ? { ...entry, revoked: true } : entry }
}

function bad(problem: string): Line {
  return { kind: 'bad', problem }
}

function problemOfHosts(hosts: string): string | undefined {
  if (hosts.length > 4096 || !/^[\x21-\x7e]+$/.test(hosts)) return 'the host names are not readable'
  if (hosts.startsWith('|')) return hashedName(hosts) === undefined ? 'the hashed host name is damaged' : undefined
  const names = hosts.split(',')
  if (names.length > mostNames) return `more than ${mostNames} host names in one line`
  return names.some((name) => name.replace(/^!/, '') === '') ? 'an empty host name' : undefined
}

function isKey(keyType: string, keyBase64: string): boolean {
  if (!hostKeyPin.shape.keyBase64.safeParse(keyBase64).success) return false
  const blob = Buffer.from(keyBase64, 'base64')
  // Type and at least one more field.
  return keyTypeOf(blob) === keyType && blob.length > 4 + keyType.length + 4
}

/** Pins by their plain names, imported lines as they came. */
export function writeKnownHosts(pins: readonly HostKeyPin[], imported: readonly KnownHost[]): string {
  const lines = [
    ...pins.map((pin) => `${knownHostName(pin)} ${pin.keyType} ${pin.keyBase64}`),
    ...imported.map((one) => `${one.revoked ? '@revoked ' : ''}${one.hosts} ${one.keyType} ${one.keyBase64}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
