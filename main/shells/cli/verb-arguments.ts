// Reads what comes after a verb about one appliance: which one, how to get in, and how it is to be done.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { UseWishes } from '../../../shared/domain/installed-model.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import type { OutlookWish } from '../../../shared/domain/outlook.ts'
import { hostName, localAddress, type Publishing } from '../../../shared/domain/service-address.ts'
import type { PortWishes } from '../../../shared/domain/service-port.ts'
import type { SettingWishes } from '../../../shared/domain/setting.ts'
import { usage } from '../../terminal/option-words.ts'
import { type AcceptanceLine, readAcceptanceWish } from './acceptance-words.ts'
import { type BenchLine, readBenchLine } from './bench-words.ts'
import { type CanaryLine, readCanary } from './canary-words.ts'
import { entering, type OptionValues } from './commands.ts'
import { type EvaluationLine, readEvaluation } from './evaluation-words.ts'
import { type HistoryWish, readHistoryWish } from './history-words.ts'
import { readLimit } from './limit-word.ts'
import { type LoginWords, readLoginWords } from './login-arguments.ts'
import { type LogsLine, readLogsLine } from './logs-words.ts'
import { readPorts } from './port-words.ts'
import { readSettings } from './setting-words.ts'
import { readSoak } from './soak-word.ts'
import { readUses } from './use-words.ts'
import { passphraseSource, type SecretSource } from './vault-arguments.ts'
import { readWhere, type Where } from './where.ts'
import { readRules } from './window-word.ts'

const aboutOne = [
  'detect',
  'record',
  'doctor',
  'plan',
  'setup',
  'status',
  'probe',
  'bench',
  'acceptance',
  'canary',
  'evaluate',
] as const
const ofUpkeep = [
  'published',
  'sign-ins',
  'certificate',
  'rollback',
  'uninstall',
  'drift',
  'runs',
  'history',
  'logs',
  'watch',
] as const
export const verbs = [...aboutOne, ...ofUpkeep, 'connect', 'watch-helper', 'recorder', 'models'] as const
export type Verb = (typeof verbs)[number]

/** How to get in, and what is kept of it. */
type Entry = LoginWords & {
  readonly fingerprint: string | undefined
  /** What unlocks the vault for this command. */
  readonly vaultPassphrase: SecretSource
  /** The login is used once: from then on Rackside logs in with a key of its own. */
  readonly useOnce: UseOnce | undefined
}

/** How a setup or what goes back is carried out. */
type Manner = {
  /** How long a replacement must hold. */
  readonly soakSeconds: number | undefined
  /** What the uploads may take of the network. */
  readonly limitMbit: number | undefined
  /** When a setup may interrupt a service. */
  readonly rules: InterruptionRules
}

export type Invocation = Entry &
  Manner & {
    readonly verb: Verb
    readonly target: Where
    readonly json: boolean
    readonly yes: boolean
    /** What may run as root, by its name. */
    readonly allowRoot: readonly string[]
    /** Licence terms that are accepted, by their name. */
    readonly acceptLicence: readonly string[]
    /** What containers may get beyond their limits, by its name. */
    readonly allowPrivilege: readonly string[]
    /** Algorithms that are not safe any more are accepted for this appliance. */
    readonly weakAlgorithms: boolean
    readonly solution: string | undefined
    /** What is replaced stops before its successor starts. */
    readonly stopFirst: boolean
    /** Where people reach what the solution publishes. */
    readonly publish: Publishing | undefined
    /** What is said of settings; null: as the entry has it. */
    readonly settings: SettingWishes | undefined
    /** What is said of the ports of services; null: as the solution has it. */
    readonly ports: PortWishes | undefined
    /** Which installed models are asked. */
    readonly uses: UseWishes | undefined
    /** Services that are installed whatever the sum of their memory says. */
    readonly ignoreFit: readonly string[]
    /** Publishers whose deployments the bundle's publisher may take over, by id. */
    readonly takeFrom: readonly string[]
    /** Files in PEM. */
    readonly certificate: string | undefined
    readonly key: string | undefined
    /** The certificate that the server made is made anew. */
    readonly renews: boolean
    /** Whose password or key is to be shown. */
    readonly show: string | undefined
    /** The service whose published password somebody has changed. */
    readonly changed: string | undefined
    /** Keys that gateways gave out are made anew. */
    readonly rotatesKeys: boolean
    /** A recorder goes on measuring while no console watches. */
    readonly record: boolean
    /** The channel that it tells of plain trouble. */
    readonly recordAlert: string | undefined
    /** Another console's live run that gives way to this one. */
    readonly takesOver: string | undefined
    /** Of a rollback: the version, and of which deployment where several have it. */
    readonly to: string | undefined
    readonly deployment: string | undefined
    /** What differs of the server is right from now on. */
    readonly accept: boolean
    /** Of a probe: whether models are computed where they were planned. */
    readonly devices: boolean
    /** Of an uninstall: the data of services goes too. */
    readonly deletesData: boolean
    /** The host, typed, for what cannot be undone. */
    readonly typeHost: string | undefined
    readonly from: string | undefined
    readonly save: string | undefined
    /** The folder that a recording is written to. */
    readonly out: string | undefined
    /** The login only watches, through the helper. */
    readonly watchOnly: boolean
    /** What a watch-helper command does, and for which login name. */
    readonly helper: WatchHelperAct | undefined
    /** What a recorder command does. */
    readonly recorder?: RecorderAct
    /** What a model is asked for. */
    readonly wish?: OutlookWish
    /** What is asked of the history. */
    readonly history?: HistoryWish
    /** What of a log is shown. */
    readonly logs?: LogsLine
    /** What is measured under load, or which results are shown. */
    readonly bench?: BenchLine
    /** What a server is to be accepted for. */
    readonly acceptance?: AcceptanceLine
    /** What is asked, or which results are shown. */
    readonly canary?: CanaryLine
    /** Which questions are asked, or which evaluation goes on. */
    readonly evaluation?: EvaluationLine
  }

/** `name`: under which the appliance is saved, or is to be. */
export type UseOnce = { readonly name: string; readonly keepForSudo: boolean }

export type RecorderAct = 'show' | 'fetch' | 'off'

type WatchHelperAct = { readonly act: 'show' | 'install'; readonly user: string } | { readonly act: 'remove' }

export function readVerbLine(verb: Verb, words: readonly string[], values: OptionValues): Result<Invocation> {
  // Nothing stays connected behind a command: there is only the test.
  if (verb === 'connect' && values.test !== true) return usage('test-needed')
  const target = readTarget(verb, words, values)
  if (!target.ok) return target
  const entry = readEntry(values, target.value)
  if (!entry.ok) return entry
  if (verb === 'record' && values.out === undefined) return usage('folder-needed', verb)
  if ((verb === 'plan' || verb === 'setup') && (values.solution === undefined || values.from === undefined)) {
    return usage('solution-and-folder-needed', verb)
  }
  if (verb === 'certificate' && !isOneWay(values)) return usage('certificate-and-key-needed')
  // An acceptance has a soak of its own, which is longer.
  const { soak: _, ...others } = values
  const manner = readManner(verb === 'acceptance' ? others : values)
  if (!manner.ok) return manner
  const publish = readPublish(values)
  if (!publish.ok) return publish
  // A set of questions is no setting.
  const { set: _set, ...withoutSet } = values
  const settings = readSettings(verb === 'evaluate' ? withoutSet : values)
  if (!settings.ok) return settings
  const ports = readPorts(values)
  if (!ports.ok) return ports
  const history = readHistoryWish(values)
  if (!history.ok) return history
  const uses = readUses(values)
  if (!uses.ok) return uses
  const bench = readBenchLine(words[1], values)
  if (verb === 'bench' && !bench.ok) return bench
  const logs = readLogsLine(words[1], values)
  if (verb === 'logs' && !logs.ok) return logs
  const acceptance = readAcceptanceWish(values)
  if (verb === 'acceptance' && !acceptance.ok) return acceptance
  const evaluation = readEvaluation(words[1], values)
  if (verb === 'evaluate' && !evaluation.ok) return evaluation
  const read = {
    ...(verb === 'evaluate' && evaluation.ok && { evaluation: evaluation.value }),
    ...(verb === 'acceptance' && acceptance.ok && { acceptance: acceptance.value }),
    ...(verb === 'bench' && bench.ok && { bench: bench.value }),
    ...(verb === 'logs' && logs.ok && { logs: logs.value }),
    ...(verb === 'history' && { history: history.value }),
    ...{ verb, target: target.value, helper: undefined, publish: publish.value, settings: settings.value },
    ...{ uses: uses.value, ports: ports.value },
    ...entry.value,
    ...manner.value,
  }
  return ok({ ...read, ...asGiven(values) })
}

/** Two files, or neither and a new one of the server's own. */
function isOneWay({ certificate, key, renew }: OptionValues): boolean {
  return (certificate !== undefined) === (renew !== true) && (key !== undefined) === (renew !== true)
}

/** "10.0.0.5", "10.0.0.5:8443", "[fd00::5]:8443": the port of HTTPS where none is said; or "none". */
function readPublish(values: OptionValues): Result<Publishing | undefined> {
  const { publish: text, 'publish-name': name, 'without-password': open } = values
  if (text === undefined || text === 'none') {
    const lonely = name !== undefined ? 'publish-name' : open === true ? 'without-password' : undefined
    return lonely === undefined ? ok(text) : usage('option-alone', `--${lonely}`, { other: '--publish' })
  }
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^[\]]+?))(?::([0-9]{1,5}))?$/.exec(text) ?? []
  const read = localAddress.safeParse({ address: bracketed ?? plain, port: port === undefined ? 443 : Number(port) })
  if (!read.success) return usage('not-a-local-address', text)
  const called = hostName.optional().safeParse(name)
  if (!called.success) return usage('not-a-host-name', name ?? '')
  return ok({
    ...read.data,
    ...(called.data !== undefined && { name: called.data }),
    ...(open !== true && { guarded: true as const }),
  })
}

/** What needs no reading. */
function asGiven(values: OptionValues) {
  const {
    solution,
    to,
    deployment,
    show,
    changed,
    certificate,
    key,
    from,
    save,
    out,
    'record-alert': recordAlert,
    'take-over': takesOver,
    'type-host': typeHost,
  } = values
  return {
    ...{ solution, to, deployment, show, changed, certificate, key, from, save, out, recordAlert, takesOver, typeHost },
    json: values.json === true,
    yes: values.yes === true,
    allowRoot: values['allow-root'] ?? [],
    acceptLicence: values['accept-licence'] ?? [],
    ignoreFit: values['ignore-fit'] ?? [],
    takeFrom: values['take-from'] ?? [],
    allowPrivilege: values['allow-privilege'] ?? [],
    acceptsExpired: values['accept-expired'] === true,
    weakAlgorithms: values['weak-algorithms'] === true,
    stopFirst: values['stop-first'] === true,
    rotatesKeys: values['rotate-keys'] === true,
    record: values.record === true,
    accept: values.accept === true,
    devices: values.devices === true,
    renews: values.renew === true,
    deletesData: values['delete-data'] === true,
    watchOnly: values['watch-only'] === true,
  }
}

function readTarget(verb: Verb, [where]: readonly string[], { replay }: OptionValues): Result<Where> {
  if (replay === undefined) return where === undefined ? usage('no-appliance-named', verb) : readWhere(where)
  return where === undefined ? ok({ by: 'replay', folder: replay }) : usage('one-word-too-many', where)
}

function readEntry(values: OptionValues, target: Where): Result<Entry> {
  const nobodyLogsIn = target.by === 'local' || target.by === 'replay'
  const pointless = nobodyLogsIn ? entering.find((name) => values[name] !== undefined) : undefined
  if (pointless !== undefined) return usage('not-for-this-machine', `--${pointless}`)
  const login = readLoginWords(values)
  if (!login.ok) return login
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  if (values.fingerprint !== undefined && !fingerprint.safeParse(values.fingerprint).success) {
    return usage('not-a-fingerprint', values.fingerprint)
  }
  const { identity, agent, passwordDescriptor, answersDescriptor } = login.value
  const otherWay = [identity, agent, passwordDescriptor].some((way) => way !== undefined)
  if (values.save !== undefined && answersDescriptor !== undefined && !otherWay) return usage('answers-not-saved')
  const useOnce = readUseOnce(values, target)
  if (!useOnce.ok) return useOnce
  const { fingerprint: given } = values
  return ok({ ...login.value, fingerprint: given, vaultPassphrase: vaultPassphrase.value, useOnce: useOnce.value })
}

export function readManner(values: OptionValues): Result<Manner> {
  const soak = readSoak(values.soak)
  if (!soak.ok) return soak
  const limit = readLimit(values['limit-mbit'])
  if (!limit.ok) return limit
  const rules = readRules(values)
  return rules.ok ? ok({ soakSeconds: soak.value, limitMbit: limit.value, rules: rules.value }) : rules
}

/** What is used once has to be known by a name the next time. */
function readUseOnce(values: OptionValues, target: Where): Result<UseOnce | undefined> {
  const { save, 'use-once': useOnce, 'keep-for-sudo': keepForSudo = false } = values
  const lonely = (option: string, other: string) => usage('option-alone', `--${option}`, { other: `--${other}` })
  if (useOnce !== true) return keepForSudo ? lonely('keep-for-sudo', 'use-once') : ok(undefined)
  const name = save ?? (target.by === 'name' ? target.name : undefined)
  return name === undefined ? lonely('use-once', 'save') : ok({ name, keepForSudo })
}

/** `show` shows the same for every appliance, so it needs none. */
export function readWatchHelperLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<Invocation> {
  const line = readVerbLine('watch-helper', act === 'show' && words.length === 0 ? ['local'] : words, values)
  if (!line.ok) return line
  if (act !== 'show' && act !== 'install') return ok({ ...line.value, helper: { act: 'remove' } })
  const { user } = values
  return user === undefined ? usage('user-needed', act) : ok({ ...line.value, helper: { act, user } })
}

export function readRecorderLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<Invocation> {
  const line = readVerbLine('recorder', words, values)
  const recorder = act === 'fetch' || act === 'off' ? act : 'show'
  return line.ok ? ok({ ...line.value, recorder }) : line
}

export function readCanaryLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<Invocation> {
  const line = readVerbLine('canary', words, values)
  if (!line.ok) return line
  const canary = readCanary(act, words[1], values)
  return canary.ok ? ok({ ...line.value, canary: canary.value }) : canary
}

export function isVerb(word: string): word is Verb {
  return verbs.some((verb) => verb === word)
}
