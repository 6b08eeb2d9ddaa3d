// Reads the command line. Nothing secret is ever an argument: a password comes from standard input or
// a file descriptor.
import type * as z from 'zod'
import { address, fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type OptionValues, pointlessOption, readOptions, usage } from './options.ts'

export const verbs = ['detect', 'plan', 'setup', 'status', 'probe', 'connect'] as const
export type Verb = (typeof verbs)[number]

export type Invocation = {
  readonly verb: Verb
  readonly target: { by: 'local' } | { by: 'address'; address: z.infer<typeof address> } | { by: 'name'; name: string }
  readonly json: boolean
  readonly yes: boolean
  readonly identity: string | undefined
  readonly fingerprint: string | undefined
  /** Algorithms that are not safe any more are accepted for this appliance. */
  readonly weakAlgorithms: boolean
  /** File descriptor to read the password from; 0 is standard input. */
  readonly passwordDescriptor: number | undefined
  readonly solution: string | undefined
  readonly from: string | undefined
  readonly save: string | undefined
  readonly language: string | undefined
}

export type CommandLine = Invocation | DemoInvocation | { readonly verb: 'help' } | { readonly verb: 'version' }

export function readCommandLine(words: readonly string[]): Result<CommandLine> {
  const parsed = readOptions(words)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.version === true) return ok({ verb: 'version' })
  if (values.help === true || positionals.length === 0) return ok({ verb: 'help' })
  const [verb, ...rest] = positionals
  if (verb === 'demo') return readDemoLine(rest, values)
  return isVerb(verb) ? readVerbLine(verb, rest, values) : usage('unknown-command', verb)
}

function readVerbLine(verb: Verb, [where, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  // Nothing stays connected behind a command: there is only the test.
  if (verb === 'connect' && values.test !== true) return usage('unknown-command', 'connect without --test')
  if (where === undefined) return usage('no-appliance-named', verb)
  if (rest.length > 0) return usage('one-word-too-many', rest[0])
  const meant = pointlessOption(values, verb, (name) => isOfUse(verb, name))
  if (!meant.ok) return meant
  const target = readTarget(where)
  if (!target.ok) return target
  const { 'password-fd': passwordFd, 'password-stdin': passwordStdin } = values
  if (passwordFd !== undefined && !/^[0-9]{1,4}$/.test(passwordFd)) return usage('not-a-descriptor', passwordFd)
  const passwordDescriptor = passwordFd !== undefined ? Number(passwordFd) : passwordStdin === true ? 0 : undefined
  if (values.identity !== undefined && passwordDescriptor !== undefined) {
    return usage('key-and-password')
  }
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const login = ['identity', 'password-stdin', 'password-fd', 'fingerprint', 'save', 'weak-algorithms'] as const
  const pointless = target.value.by === 'local' ? login.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  if (values.save !== undefined && passwordDescriptor !== undefined) return usage('password-not-saved')
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
    weakAlgorithms: values['weak-algorithms'] === true,
    passwordDescriptor,
    solution: values.solution,
    from: values.from,
    save: values.save,
    language: values.lang,
  })
}

function isOfUse(verb: Verb, option: string): boolean {
  return option === 'test' ? verb === 'connect' : option !== 'preset' && option !== 'keep'
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
