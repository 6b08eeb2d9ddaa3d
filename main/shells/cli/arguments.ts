// Reads the command line: which verb, about which appliance, and what it needs.
import { type Address, fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type LoginWords, loginOptions, readAddress, readLoginWords } from './login-arguments.ts'
import { type OptionValues, pointlessOption, readOptions, usage } from './options.ts'

export const verbs = ['detect', 'plan', 'setup', 'status', 'probe'] as const
export type Verb = (typeof verbs)[number]

export type Invocation = LoginWords & {
  readonly verb: Verb
  readonly target: { by: 'local' } | { by: 'address'; address: Address } | { by: 'name'; name: string }
  readonly json: boolean
  readonly yes: boolean
  readonly fingerprint: string | undefined
  readonly solution: string | undefined
  readonly from: string | undefined
  readonly save: string | undefined
  readonly language: string | undefined
}

export type CommandLine =
  | Invocation
  | DemoInvocation
  | { readonly verb: 'import-ssh-config' }
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
  if (verb === 'import-ssh-config') return readImportLine(rest, values)
  return isVerb(verb) ? readVerbLine(verb, rest, values) : usage('unknown-command', verb)
}

function readImportLine([more]: readonly string[], values: OptionValues): Result<CommandLine> {
  const verb = 'import-ssh-config'
  if (more !== undefined) return usage('one-word-too-many', more)
  const meant = pointlessOption(values, verb, (name) => name === 'json' || name === 'lang')
  return meant.ok ? ok({ verb }) : meant
}

function readVerbLine(verb: Verb, [where, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  if (where === undefined) return usage('no-appliance-named', verb)
  if (rest.length > 0) return usage('one-word-too-many', rest[0])
  const meant = pointlessOption(values, verb, (name) => name !== 'preset' && name !== 'keep')
  if (!meant.ok) return meant
  const target = readTarget(where)
  if (!target.ok) return target
  const login = readLoginWords(values)
  if (!login.ok) return login
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const forOthers = [...loginOptions, 'fingerprint', 'save'] as const
  const pointless = target.value.by === 'local' ? forOthers.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  const { identity, agent, passwordDescriptor, answersDescriptor } = login.value
  const onlyAnswers = answersDescriptor !== undefined && identity === undefined && agent === undefined
  if (values.save !== undefined && (passwordDescriptor !== undefined || onlyAnswers)) return usage('password-not-saved')
  if ((verb === 'plan' || verb === 'setup') && (values.solution === undefined || values.from === undefined)) {
    return usage('solution-and-folder-needed', verb)
  }
  return ok({
    verb,
    target: target.value,
    json: values.json === true,
    yes: values.yes === true,
    ...login.value,
    fingerprint: values.fingerprint,
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
  const read = readAddress(where)
  return read.ok ? ok({ by: 'address', address: read.value }) : read
}
