// Reads the command line. Nothing secret is ever an argument: a password comes from standard input or
// a file descriptor.
import type * as z from 'zod'
import { address, fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type OptionValues, pointlessOption, readOptions, usage } from './options.ts'
import { passphraseSource, readVaultLine, type SecretSource, type VaultInvocation } from './vault-arguments.ts'

export const verbs = ['detect', 'plan', 'setup', 'status', 'probe'] as const
export type Verb = (typeof verbs)[number]

export type Invocation = {
  readonly verb: Verb
  readonly target: { by: 'local' } | { by: 'address'; address: z.infer<typeof address> } | { by: 'name'; name: string }
  readonly json: boolean
  readonly yes: boolean
  readonly identity: string | undefined
  readonly fingerprint: string | undefined
  /** File descriptor to read the password from; 0 is standard input. */
  readonly passwordDescriptor: number | undefined
  /** What unlocks the vault for this command. */
  readonly vaultPassphrase: SecretSource
  readonly solution: string | undefined
  readonly from: string | undefined
  readonly save: string | undefined
  readonly language: string | undefined
}

export type CommandLine =
  | Invocation
  | DemoInvocation
  | VaultInvocation
  | { readonly verb: 'help' }
  | { readonly verb: 'version' }

export function readCommandLine(words: readonly string[]): Result<CommandLine> {
  const parsed = readOptions(words)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.version === true) return ok({ verb: 'version' })
  if (values.help === true || positionals.length === 0) return ok({ verb: 'help' })
  const [verb, ...rest] = positionals
  if (verb === 'demo') return readDemoLine(rest, values)
  if (verb === 'vault') return readVaultLine(rest, values)
  return isVerb(verb) ? readVerbLine(verb, rest, values) : usage('unknown-command', verb)
}

/** They mean nothing to a verb about an appliance. */
const ofOtherVerbs = ['preset', 'keep', 'new-passphrase-fd', 'new-passphrase-file']

function readVerbLine(verb: Verb, [where, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  if (where === undefined) return usage('no-appliance-named', verb)
  if (rest.length > 0) return usage('one-word-too-many', rest[0])
  const meant = pointlessOption(values, verb, (name) => !ofOtherVerbs.includes(name))
  if (!meant.ok) return meant
  const target = readTarget(where)
  if (!target.ok) return target
  const { 'password-fd': passwordFd, 'password-stdin': passwordStdin } = values
  if (passwordFd !== undefined && !/^[0-9]{1,4}$/.test(passwordFd)) return usage('not-a-descriptor', passwordFd)
  const passwordDescriptor = passwordFd !== undefined ? Number(passwordFd) : passwordStdin === true ? 0 : undefined
  if (values.identity !== undefined && passwordDescriptor !== undefined) {
    return usage('key-and-password')
  }
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  const { value: vault } = vaultPassphrase
  if (vault !== undefined && 'descriptor' in vault && vault.descriptor === passwordDescriptor) {
    return usage('passphrase-source')
  }
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const login = [
    ...(['identity', 'password-stdin', 'password-fd', 'fingerprint', 'save'] as const),
    ...(['vault-passphrase-fd', 'vault-passphrase-file'] as const),
  ]
  const pointless = target.value.by === 'local' ? login.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  if ((verb === 'plan' || verb === 'setup') && (values.solution === undefined || values.from === undefined)) {
    return usage('solution-and-folder-needed', verb)
  }
  return ok({
    verb,
    target: target.value,
    json: values.json === true,
    yes: values.yes === true,
    identity: values.identity,
    fingerprint: values.fingerprint,
    passwordDescriptor,
    vaultPassphrase: vault,
    solution: values.solution,
    from: values.from,
    save: values.save,
    language: values.lang,
  })
}

function isVerb(word: string | undefined): word is Verb {
  return verbs.some((v) => v === word)
}

function readTarget(where: string): Result<Invocation['target']> {
  if (where === 'local') return ok({ by: 'local' })
  if (!where.includes('://')) return ok({ by: 'name', name: where })
  const bad = () => usage('not-an-address', where)
  if (!URL.canParse(where)) return bad()
  const url = new URL(where)
  if (url.password !== '') return usage('password-in-address')
  if (
    url.protocol !== 'ssh:' ||
    (url.pathname !== '' && url.pathname !== '/') ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    return bad()
  }
  const read = address.safeParse({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 22 : Number(url.port),
    user: url.username,
  })
  return read.success ? ok({ by: 'address', address: read.data }) : bad()
}
