// Reads the command line: which verb, about which appliance, and what it needs.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type FleetInvocation, readFleetLine } from './fleet-arguments.ts'
import { readLimit } from './limit-word.ts'
import { type LoginWords, loginOptions, readLoginWords } from './login-arguments.ts'
import { type OptionValues, pointlessOption, readOptions, usage } from './options.ts'
import { readSoak } from './soak-word.ts'
import { readTrustLine, type TrustInvocation } from './trust-arguments.ts'
import { passphraseSource, readVaultLine, type SecretSource, type VaultInvocation } from './vault-arguments.ts'
import { readWhere, type Where } from './where.ts'
import { readRules, ruleOptions } from './window-word.ts'

const aboutOne = ['detect', 'record', 'doctor', 'plan', 'setup', 'status', 'probe'] as const
const ofUpkeep = ['rollback', 'uninstall', 'drift', 'runs'] as const
export const verbs = [...aboutOne, ...ofUpkeep, 'connect', 'watch-helper'] as const
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
  /** How long a replacement must hold. */
  readonly soakSeconds: number | undefined
  /** What is replaced stops before its successor starts. */
  readonly stopFirst: boolean
  /** What the uploads may take of the network. */
  readonly limitMbit: number | undefined
  /** Another console's live run that gives way to this one. */
  readonly takesOver: string | undefined
  /** Of a rollback: the version, and of which deployment where several have it. */
  readonly to: string | undefined
  readonly deployment: string | undefined
  /** What differs of the server is right from now on. */
  readonly accept: boolean
  /** Of an uninstall: the data of services goes too. */
  readonly deletesData: boolean
  /** The host, typed, for what cannot be undone. */
  readonly typeHost: string | undefined
  /** When a setup may interrupt a service. */
  readonly rules: InterruptionRules
  readonly from: string | undefined
  readonly save: string | undefined
  /** The folder that a recording is written to. */
  readonly out: string | undefined
  /** The login is used once: from then on Rackside logs in with a key of its own. */
  readonly useOnce: UseOnce | undefined
  /** The login only watches, through the helper. */
  readonly watchOnly: boolean
  /** What a watch-helper command does, and for which login name. */
  readonly helper: WatchHelperAct | undefined
  readonly language: string | undefined
}

/** `name`: under which the appliance is saved, or is to be. */
export type UseOnce = { readonly name: string; readonly keepForSudo: boolean }

export type WatchHelperAct = { readonly act: 'show' | 'install'; readonly user: string } | { readonly act: 'remove' }

export type CommandLine =
  | Invocation
  | DemoInvocation
  | VaultInvocation
  | TrustInvocation
  | FleetInvocation
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
  if (verb === 'fleet') return readFleetLine(rest, values)
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

/** What puts services in the place of others. */
const replacing: readonly Verb[] = ['setup', 'rollback']
/** They mean nothing to a verb about an appliance. */
const ofOtherVerbs = ['preset', 'keep', 'new-passphrase-fd', 'new-passphrase-file', 'replace', 'all', 'canary']

function readVerbLine(verb: Verb, [where, ...rest]: readonly string[], values: OptionValues): Result<Invocation> {
  // Nothing stays connected behind a command: there is only the test.
  if (verb === 'connect' && values.test !== true) return usage('unknown-command', 'connect without --test')
  if (where === undefined && values.replay === undefined) return usage('no-appliance-named', verb)
  const tooMany = values.replay === undefined ? rest[0] : where
  if (tooMany !== undefined) return usage('one-word-too-many', tooMany)
  const helperOnly = verb === 'watch-helper' ? notForHelper : ['user']
  const ofSome = [
    ...(verb === 'connect' ? [] : ['test']),
    ...(verb === 'record' ? [] : ['out']),
    ...(replacing.includes(verb) || verb === 'plan' ? [] : ['soak']),
    ...(verb === 'rollback' ? [] : ['to', 'deployment']),
    ...(verb === 'uninstall' ? [] : ['type-host', 'delete-data']),
    ...(verb === 'drift' ? [] : ['accept']),
    ...(replacing.includes(verb) ? [] : ruleOptions),
    ...(replacing.includes(verb) || verb === 'uninstall' ? [] : ['take-over']),
    ...(verb === 'setup' ? [] : ['limit-mbit']),
    ...(verb === 'setup' || verb === 'plan' ? [] : ['stop-first']),
  ]
  const elsewhere = [...ofOtherVerbs, ...helperOnly, ...ofSome, ...(replayable.includes(verb) ? [] : ['replay'])]
  const meant = pointlessOption(values, verb, (name) => !elsewhere.includes(name))
  if (!meant.ok) return meant
  const target: Result<Where> =
    values.replay === undefined ? readWhere(where ?? '') : ok({ by: 'replay', folder: values.replay })
  if (!target.ok) return target
  const login = readLoginWords(values)
  if (!login.ok) return login
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const forOthers = [
    ...([...loginOptions, 'fingerprint', 'save', 'use-once', 'keep-for-sudo'] as const),
    ...(['watch-only', 'weak-algorithms'] as const),
    ...(['vault-passphrase-fd', 'vault-passphrase-file'] as const),
  ]
  const nobodyLogsIn = target.value.by === 'local' || target.value.by === 'replay'
  const pointless = nobodyLogsIn ? forOthers.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  if (verb === 'record' && values.out === undefined) return usage('folder-needed', verb)
  const { identity, agent, passwordDescriptor, answersDescriptor } = login.value
  const onlyAnswers = answersDescriptor !== undefined && identity === undefined && agent === undefined
  if (values.save !== undefined && onlyAnswers && passwordDescriptor === undefined) return usage('answers-not-saved')
  if ((verb === 'plan' || verb === 'setup') && (values.solution === undefined || values.from === undefined)) {
    return usage('solution-and-folder-needed', verb)
  }
  const soak = readSoak(values.soak)
  if (!soak.ok) return soak
  const limit = readLimit(values['limit-mbit'])
  if (!limit.ok) return limit
  const rules = readRules(values)
  if (!rules.ok) return rules
  const useOnce = readUseOnce(values, target.value)
  if (!useOnce.ok) return useOnce
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
    soakSeconds: soak.value,
    stopFirst: values['stop-first'] === true,
    limitMbit: limit.value,
    takesOver: values['take-over'],
    to: values.to,
    deployment: values.deployment,
    accept: values.accept === true,
    deletesData: values['delete-data'] === true,
    typeHost: values['type-host'],
    rules: rules.value,
    from: values.from,
    save: values.save,
    out: values.out,
    useOnce: useOnce.value,
    watchOnly: values['watch-only'] === true,
    helper: undefined,
    language: values.lang,
  })
}

/** What is used once has to be known by a name the next time. */
function readUseOnce(values: OptionValues, target: Where): Result<UseOnce | undefined> {
  const { save, 'use-once': useOnce, 'keep-for-sudo': keepForSudo = false } = values
  const lonely = (option: string, other: string) =>
    usage('unknown-option', `Option '--${option}' has no meaning without '--${other}'`)
  if (useOnce !== true) return keepForSudo ? lonely('keep-for-sudo', 'use-once') : ok(undefined)
  const name = save ?? (target.by === 'name' ? target.name : undefined)
  return name === undefined ? lonely('use-once', 'save') : ok({ name, keepForSudo })
}

const notForHelper = ['solution', 'from', 'yes', 'save', 'watch-only', 'use-once', 'keep-for-sudo']

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

/** What only reads answers reads recorded ones as well. */
const replayable: readonly Verb[] = ['detect', 'doctor', 'plan']

function isVerb(word: string | undefined): word is Verb {
  return verbs.some((v) => v === word)
}
