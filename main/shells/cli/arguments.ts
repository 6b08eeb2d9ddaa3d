// Reads the command line: which verb, about which appliance, and what it needs.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type LoginWords, loginOptions, readLoginWords } from './login-arguments.ts'
import { type OptionValues, pointlessOption, readOptions, usage } from './options.ts'
import { readTrustLine, type TrustInvocation } from './trust-arguments.ts'
import { passphraseSource, readVaultLine, type SecretSource, type VaultInvocation } from './vault-arguments.ts'
import { readWhere, type Where } from './where.ts'

export const verbs = ['detect', 'plan', 'setup', 'status', 'probe', 'doctor', 'connect', 'watch-helper'] as const
export type Verb = (typeof verbs)[number]

export type Invocation = LoginWords & {
  readonly verb: Verb
  readonly target: Where
  readonly json: boolean
  readonly yes: boolean
  readonly fingerprint: string | undefined
  /** What unlocks the vault for this command. */
  readonly vaultPassphrase: SecretSource
  /** Algorithms that are not safe any more are accepted for this appliance. */
  readonly weakAlgorithms: boolean
  readonly solution: string | undefined
  readonly from: string | undefined
  readonly save: string | undefined
  /** The login only watches, through the helper. */
  readonly watchOnly: boolean
  /** What a watch-helper command does, and for which login name. */
  readonly helper: WatchHelperAct | undefined
  readonly language: string | undefined
}

export type WatchHelperAct = { readonly act: 'show' | 'install'; readonly user: string } | { readonly act: 'remove' }

export type CommandLine =
  | Invocation
  | DemoInvocation
  | VaultInvocation
  | TrustInvocation
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
  if (verb === 'vault') return readVaultLine(rest, values)
  if (verb === 'trust') return readTrustLine(rest, values)
  if (verb === 'import-ssh-config') return readImportLine(rest, values)
  if (verb === 'watch-helper') return readWatchHelperLine(rest, values)
  return isVerb(verb) ? readVerbLine(verb, rest, values) : usage('unknown-command', verb)
}

function readImportLine([more]: readonly string[], values: OptionValues): Result<CommandLine> {
  const verb = 'import-ssh-config'
  if (more !== undefined) return usage('one-word-too-many', more)
  const meant = pointlessOption(values, verb, (name) => name === 'json' || name === 'lang')
  return meant.ok ? ok({ verb }) : meant
}

/** They mean nothing to a verb about an appliance. */
const ofOtherVerbs = ['preset', 'keep', 'new-passphrase-fd', 'new-passphrase-file', 'replace', 'type-host']

function readVerbLine(verb: Verb, [where, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  // Nothing stays connected behind a command: there is only the test.
  if (verb === 'connect' && values.test !== true) return usage('unknown-command', 'connect without --test')
  if (where === undefined) return usage('no-appliance-named', verb)
  if (rest.length > 0) return usage('one-word-too-many', rest[0])
  const helperOnly = verb === 'watch-helper' ? notForHelper : ['user']
  const elsewhere = [...ofOtherVerbs, ...helperOnly, ...(verb === 'connect' ? [] : ['test'])]
  const meant = pointlessOption(values, verb, (name) => !elsewhere.includes(name))
  if (!meant.ok) return meant
  const target = readWhere(where)
  if (!target.ok) return target
  const login = readLoginWords(values)
  if (!login.ok) return login
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const forOthers = [
    ...([...loginOptions, 'fingerprint', 'save', 'watch-only', 'weak-algorithms'] as const),
    ...(['vault-passphrase-fd', 'vault-passphrase-file'] as const),
  ]
  const pointless = target.value.by === 'local' ? forOthers.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  const { identity, agent, passwordDescriptor, answersDescriptor } = login.value
  const onlyAnswers = answersDescriptor !== undefined && identity === undefined && agent === undefined
  if (values.save !== undefined && onlyAnswers && passwordDescriptor === undefined) return usage('answers-not-saved')
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
    vaultPassphrase: vaultPassphrase.value,
    weakAlgorithms: values['weak-algorithms'] === true,
    solution: values.solution,
    from: values.from,
    save: values.save,
    watchOnly: values['watch-only'] === true,
    helper: undefined,
    language: values.lang,
  })
}

const notForHelper = ['solution', 'from', 'yes', 'save', 'watch-only']

/** `show` shows the same for every appliance, so it needs none. */
function readWatchHelperLine([act, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  if (act !== 'show' && act !== 'install' && act !== 'remove')
    return usage('unknown-command', `watch-helper ${act ?? ''}`.trim())
  const line = readVerbLine('watch-helper', act === 'show' && rest.length === 0 ? ['local'] : rest, values)
  if (!line.ok) return line
  if (act === 'remove') return ok({ ...line.value, helper: { act } })
  return values.user === undefined
    ? usage('user-needed', act)
    : ok({ ...line.value, helper: { act, user: values.user } })
}

function isVerb(word: string | undefined): word is Verb {
  return verbs.some((v) => v === word)
}
