// Reads from the command line how to log in, and over which jump hosts. Nothing secret is ever an argument: it comes
// from standard input or a file descriptor.
import { type Address, address, fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type LoginWords = {
  readonly identity: string | undefined
  /** File descriptor to read the password from; 0 is standard input. */
  readonly passwordDescriptor: number | undefined
  readonly keyPassphraseDescriptor: number | undefined
  /** The SSH agent signs: with this key, or with the only one it has. */
  readonly agent: { readonly fingerprint: string | undefined } | undefined
  /** Answers to what the server asks, one a line. */
  readonly answersDescriptor: number | undefined
  /** The password of sudo where it is not that of the login. */
  readonly sudoPasswordDescriptor: number | undefined
  /** Without an identity of its own a jump host has the login of the appliance. */
  readonly jumps: readonly { readonly address: Address; readonly identity: string | undefined }[]
}

export function readLoginWords(values: OptionValues): Result<LoginWords> {
  const { identity, 'agent-key': agentKey } = values
  const descriptors = [
    values['password-fd'],
    values['key-passphrase-fd'],
    values['answers-fd'],
    values['sudo-password-fd'],
  ]
  const wrong = descriptors.find((word) => word !== undefined && !/^[0-9]{1,4}$/.test(word))
  if (wrong !== undefined) return usage('not-a-descriptor', wrong)
  const numbers = descriptors.map((word) => (word === undefined ? undefined : Number(word)))
  const [passwordFd, keyPassphraseDescriptor, answersDescriptor, sudoPasswordDescriptor] = numbers
  const passwordDescriptor = passwordFd ?? (values['password-stdin'] === true ? 0 : undefined)
  if (agentKey !== undefined && !fingerprint.safeParse(agentKey).success) return usage('not-a-fingerprint', agentKey)
  const agent = values.agent === true || agentKey !== undefined ? { fingerprint: agentKey } : undefined
  const ways = [identity, passwordDescriptor, agent].filter((way) => way !== undefined)
  if (ways.length > 1) return usage('key-and-password')
  const jumps = readJumps(values)
  if (!jumps.ok) return jumps
  const read = {
    identity,
    passwordDescriptor,
    keyPassphraseDescriptor,
    agent,
    answersDescriptor,
    sudoPasswordDescriptor,
  }
  return ok({ ...read, jumps: jumps.value })
}

/** An identity belongs to the jump host of the same place in line. */
function readJumps({ jump = [], 'jump-identity': identities = [] }: OptionValues): Result<LoginWords['jumps']> {
  if (identities.length > jump.length) {
    return usage('option-alone', '--jump-identity', { other: '--jump' })
  }
  if (jump.length > 4) return usage('one-word-too-many', `--jump ${jump[4]}`)
  const jumps: { address: Address; identity: string | undefined }[] = []
  for (const [at, word] of jump.entries()) {
    const read = readAddress(word)
    if (!read.ok) return read
    jumps.push({ address: read.value, identity: identities[at] })
  }
  return ok(jumps)
}

/** Two secrets from one descriptor: the second one would be what the first one left of it. */
export function readsOneTwice(values: OptionValues): boolean {
  const {
    'password-stdin': fromInput,
    'password-fd': password,
    'key-passphrase-fd': key,
    'answers-fd': answers,
    'sudo-password-fd': sudo,
  } = values
  const { 'vault-passphrase-fd': vault, 'new-passphrase-fd': fresh, 'client-secret-fd': client } = values
  const given = [fromInput === true ? '0' : undefined, password, key, answers, sudo, vault, fresh, client]
  const descriptors = given.filter((word) => word !== undefined).map(Number)
  return new Set(descriptors).size < descriptors.length
}

/** "ssh://user@host:port". */
export function readAddress(word: string): Result<Address> {
  const bad = () => usage('not-an-address', word)
  if (!URL.canParse(word)) return bad()
  const url = new URL(word)
  if (url.password !== '') return usage('password-in-address')
  const more = [url.search, url.hash, url.pathname.replace(/^\/$/, '')].join('')
  if (url.protocol !== 'ssh:' || more !== '') return bad()
  const read = address.safeParse({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 22 : Number(url.port),
    user: url.username,
  })
  return read.success ? ok(read.data) : bad()
}
