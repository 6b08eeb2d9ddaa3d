// Every command with what it takes: how many words behind its name, and which options. How a command line is read, what
// its help shows and what is refused with it all come from here.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { nearest } from '../../../shared/domain/nearest.ts'
import type { CommandName, OptionName } from '../../../shared/words/help-words.ts'
import { type OptionKinds, usage, type ValuesOf } from '../../terminal/option-words.ts'

const flag = { type: 'boolean' } as const
const value = { type: 'string' } as const
const values = { type: 'string', multiple: true } as const

export const options = {
  ...{ json: flag, lang: value, help: { type: 'boolean', short: 'h' }, version: flag, yes: flag },
  signature: value,
  ...{ identity: value, 'password-stdin': flag, 'password-fd': value, 'key-passphrase-fd': value, agent: flag },
  ...{ 'agent-key': value, 'answers-fd': value, 'sudo-password-fd': value, jump: values, 'jump-identity': values },
  ...{ fingerprint: value, 'weak-algorithms': flag, save: value, 'use-once': flag, 'keep-for-sudo': flag },
  ...{ 'watch-only': flag, 'vault-passphrase-fd': value, 'vault-passphrase-file': value },
  ...{ 'new-passphrase-fd': value, 'new-passphrase-file': value, replace: flag, 'type-host': value, user: value },
  ...{
    solution: value,
    from: value,
    soak: value,
    'stop-first': flag,
    'rotate-keys': flag,
    record: flag,
    'record-alert': value,
    publish: value,
    set: values,
    'ignore-fit': values,
    'use-model': values,
    'take-from': values,
    unset: values,
    'publish-name': value,
    'without-password': flag,
    show: value,
    changed: value,
    certificate: value,
    renew: flag,
    key: value,
    'limit-mbit': value,
    'take-over': value,
  },
  ...{ window: value, 'even-if-busy': flag, all: flag, canary: value, to: value, deployment: value, accept: flag },
  ...{ 'delete-data': flag, out: value, replay: value, test: flag, preset: value, keep: flag },
  ...{ 'allow-root': values, 'accept-licence': values, 'allow-privilege': values },
  ...{ 'accept-expired': flag, 'accept-clock': flag, 'type-name': value },
  ...{
    context: value,
    users: value,
    against: value,
    catalog: value,
    for: value,
    hardware: value,
    sources: value,
    'part-size': value,
  },
  ...{ concurrency: value, 'slo-ttft': value, 'slo-tpot': value, input: value, output: value, seconds: value },
  ...{ 'same-prompt': flag, seed: value, list: flag, compare: value, devices: flag, 'with-answers': flag },
  ...{ limit: value, resume: value },
  ...{ who: value, appliance: value, act: value, before: value, checkpoint: values, copy: values },
  ...{ series: values, since: value, until: value, format: value, follow: flag, tail: value },
  ...{ 'passphrase-fd': value, 'passphrase-file': value, 'publisher-id': value, 'publisher-name': value, keys: value },
  ...{ with: values, into: value, 'keep-names': flag },
  ...{ app: value, 'valid-days': value, 'root-too': flag, 'at-least': value },
  ...{ role: values, 'grant-publisher': values, 'grant-appliance': values, note: value, digest: value },
  ...{ 'idle-minutes': value, 'longest-hours': value, 'two-persons': value },
  ...{ 'client-id': value, 'client-secret-fd': value, 'client-secret-file': value, authority: value },
  ...{ port: values, import: value, 'no-open': flag, unit: flag, 'metrics-token-file': value },
  ...{ address: value, 'tls-name': value, 'tls-certificate': value, 'tls-key': value },
} as const satisfies { readonly [O in OptionName]: OptionKinds[string] }

export type OptionValues = ValuesOf<typeof options>

type Command = {
  /** The most that it takes behind its name. */
  readonly words: number
  readonly options: readonly OptionName[]
}

/** What every command has. */
const everywhere: readonly OptionName[] = ['json', 'lang', 'help']
const login: readonly OptionName[] = [
  ...(['identity', 'password-stdin', 'password-fd', 'key-passphrase-fd', 'agent', 'agent-key'] as const),
  ...(['answers-fd', 'sudo-password-fd', 'jump', 'jump-identity', 'fingerprint', 'weak-algorithms'] as const),
  ...(['vault-passphrase-fd', 'vault-passphrase-file'] as const),
]
/** What means nothing where nobody logs in. */
export const entering: readonly OptionName[] = [...login, 'save', 'use-once', 'keep-for-sudo', 'watch-only']
/** Whoever always says --yes is not told off where nothing is asked. */
const aboutOne: readonly OptionName[] = [...entering, 'yes']
const interruption: readonly OptionName[] = ['window', 'even-if-busy', 'soak']
const publishing: readonly OptionName[] = ['publish', 'publish-name', 'without-password']
/** What is to be set up, and how: of a plan, and of a set-up, which makes one. */
const choosing: readonly OptionName[] = [
  ...([
    'solution',
    'from',
    'stop-first',
    'rotate-keys',
    'record',
    'record-alert',
    'set',
    'unset',
    'port',
    'ignore-fit',
    'use-model',
    'take-from',
  ] as const),
  ...publishing,
]
const passphrase: readonly OptionName[] = ['yes', 'vault-passphrase-fd', 'vault-passphrase-file']

const auditFilter: readonly OptionName[] = ['who', 'appliance', 'act', 'since', 'until', 'before', 'limit', 'yes']
const duties: readonly OptionName[] = ['role', 'grant-publisher', 'grant-appliance']

const signing: readonly OptionName[] = ['yes', 'passphrase-fd', 'passphrase-file']

const commands: { readonly [C in CommandName]: Command } = {
  start: { words: 0, options: [] },
  desktop: { words: 0, options: [] },
  web: { words: 0, options: ['port', 'import', 'no-open', 'metrics-token-file'] },
  serve: {
    words: 0,
    options: [
      ...(['port', 'vault-passphrase-file', 'metrics-token-file', 'unit'] as const),
      ...(['address', 'tls-name', 'tls-certificate', 'tls-key'] as const),
    ],
  },
  demo: { words: 0, options: ['yes', 'preset', 'keep'] },
  'demo list': { words: 0, options: ['yes'] },
  'demo remove': { words: 1, options: ['yes'] },
  'demo drill': { words: 3, options: ['yes'] },
  detect: { words: 1, options: [...aboutOne, 'replay'] },
  record: { words: 1, options: [...aboutOne, 'out'] },
  plan: {
    words: 1,
    options: [...choosing, 'replay', 'soak', ...aboutOne],
  },
  setup: {
    words: 1,
    options: [
      ...choosing,
      'allow-root',
      'accept-licence',
      'allow-privilege',
      'accept-expired',
      'limit-mbit',
      'take-over',
      ...interruption,
      ...aboutOne,
    ],
  },
  fleet: {
    words: Number.POSITIVE_INFINITY,
    options: [
      'all',
      'canary',
      'solution',
      'from',
      'allow-root',
      'accept-licence',
      'limit-mbit',
      ...interruption,
      ...passphrase,
    ],
  },
  status: { words: 1, options: aboutOne },
  doctor: { words: 1, options: [...aboutOne, 'replay'] },
  probe: { words: 1, options: ['devices', ...aboutOne] },
  bench: {
    words: 2,
    options: [
      ...(['concurrency', 'slo-ttft', 'slo-tpot', 'input', 'output', 'seconds'] as const),
      ...(['same-prompt', 'seed', 'list', 'compare'] as const),
      ...aboutOne,
    ],
  },
  acceptance: {
    words: 1,
    options: [
      ...(['users', 'slo-ttft', 'slo-tpot', 'input', 'output', 'seconds', 'soak', 'out'] as const),
      ...aboutOne,
    ],
  },
  'acceptance list': { words: 0, options: ['yes'] },
  'acceptance show': { words: 1, options: ['out', 'yes'] },
  'acceptance compare': { words: 2, options: ['yes'] },
  'acceptance verify': { words: 1, options: ['signature', 'fingerprint', 'yes'] },
  'certificate verify': { words: 1, options: ['signature', 'fingerprint', 'yes'] },
  evaluate: {
    words: 2,
    options: [
      ...(['set', 'deployment', 'concurrency', 'limit', 'output', 'seed', 'with-answers', 'resume'] as const),
      ...aboutOne,
    ],
  },
  'evaluate list': { words: 0, options: ['yes'] },
  'evaluate sets': { words: 0, options: ['yes'] },
  'evaluate show': { words: 1, options: ['yes'] },
  'evaluate compare': { words: 2, options: ['yes'] },
  'canary run': { words: 2, options: ['with-answers', ...aboutOne] },
  'canary list': { words: 1, options: aboutOne },
  'canary show': { words: 2, options: aboutOne },
  'canary accept': { words: 2, options: aboutOne },
  rollback: {
    words: 1,
    options: [
      'to',
      'deployment',
      'allow-root',
      'allow-privilege',
      'publish',
      'take-from',
      'take-over',
      ...interruption,
      ...aboutOne,
    ],
  },
  published: { words: 1, options: aboutOne },
  certificate: { words: 1, options: ['certificate', 'key', 'renew', 'deployment', 'take-over', ...aboutOne] },
  'sign-ins': { words: 1, options: ['show', 'changed', ...aboutOne] },
  drift: { words: 1, options: ['accept', ...aboutOne] },
  runs: { words: 1, options: aboutOne },
  logs: { words: 2, options: ['follow', 'tail', 'since', ...aboutOne] },
  'terminal recordings': { words: 1, options: ['yes'] },
  'terminal show': { words: 1, options: ['yes'] },
  watch: { words: 1, options: aboutOne },
  history: { words: 1, options: ['series', 'since', 'until', 'format', ...aboutOne] },
  uninstall: { words: 1, options: ['type-host', 'delete-data', 'take-over', ...aboutOne] },
  connect: { words: 1, options: ['test', ...aboutOne] },
  trust: { words: 1, options: ['fingerprint', 'replace', 'type-host'] },
  'trust forget': { words: 1, options: ['type-host'] },
  'trust list': { words: 0, options: [] },
  'trust import': { words: 1, options: [] },
  'trust export': { words: 0, options: [] },
  vault: { words: 0, options: ['yes'] },
  'vault status': { words: 0, options: ['yes'] },
  'vault create': { words: 0, options: passphrase },
  'vault change-passphrase': { words: 0, options: ['new-passphrase-fd', 'new-passphrase-file', ...passphrase] },
  'vault list': { words: 0, options: passphrase },
  'vault remove': { words: 1, options: passphrase },
  'vault unlock': { words: 0, options: passphrase },
  'vault lock': { words: 0, options: ['yes'] },
  support: { words: Number.POSITIVE_INFINITY, options: ['out', 'keep-names', ...passphrase] },
  'backup write': { words: 1, options: ['with', ...signing] },
  'update check': { words: 1, options: ['yes'] },
  'update take': { words: 1, options: ['yes'] },
  'backup show': { words: 1, options: signing },
  'backup restore': { words: 1, options: ['into', ...signing] },
  'sign-in': { words: 1, options: signing },
  'sign-out': { words: 0, options: ['yes'] },
  operators: { words: 0, options: ['yes'] },
  'operators list': { words: 0, options: ['yes'] },
  'operators begin': { words: 1, options: signing },
  'operators add': { words: 1, options: [...duties, ...signing] },
  'operators change': { words: 1, options: [...duties, 'yes'] },
  'operators remove': { words: 1, options: ['yes'] },
  'operators unlock': { words: 1, options: ['yes'] },
  'operators reset': { words: 1, options: signing },
  'operators passphrase': { words: 0, options: ['new-passphrase-fd', 'new-passphrase-file', ...signing] },
  'operators policy': { words: 0, options: ['idle-minutes', 'longest-hours', 'two-persons', 'yes'] },
  'operators end': { words: 0, options: ['yes'] },
  'operators recover': { words: 1, options: signing },
  'operators provider': { words: 0, options: ['yes'] },
  'operators set-provider': {
    words: 1,
    options: ['client-id', 'client-secret-fd', 'client-secret-file', 'authority', ...passphrase],
  },
  'operators test-provider': { words: 0, options: ['yes'] },
  'operators remove-provider': { words: 0, options: ['yes'] },
  'operators bind': { words: 2, options: ['yes'] },
  'operators unbind': { words: 1, options: ['yes'] },
  approvals: { words: 0, options: ['yes'] },
  'approvals list': { words: 0, options: ['yes'] },
  'approvals ask': { words: 1, options: ['note', 'yes'] },
  'approvals give': { words: 1, options: ['digest', 'yes'] },
  'approvals refuse': { words: 1, options: ['note', 'yes'] },
  appliances: { words: 0, options: ['yes'] },
  'appliances list': { words: 0, options: ['yes'] },
  'appliances forget': { words: 1, options: ['yes'] },
  publishers: { words: 0, options: [] },
  'publishers list': { words: 0, options: [] },
  'publishers pin': { words: 1, options: ['fingerprint', 'accept-clock'] },
  'publishers remove': { words: 1, options: ['type-name'] },
  alerts: { words: 0, options: ['yes'] },
  'alerts list': { words: 0, options: ['yes'] },
  'alerts history': { words: 0, options: ['yes'] },
  'alerts show': { words: 1, options: ['yes'] },
  'alerts ack': { words: 1, options: ['yes'] },
  'alerts silence': { words: 2, options: ['until', 'yes'] },
  'alerts maintenance': { words: 2, options: ['until', 'yes'] },
  'alerts end': { words: 1, options: ['yes'] },
  'alerts channels': { words: 0, options: ['yes'] },
  'alerts set-channel': { words: 1, options: ['password-stdin', 'password-fd', ...passphrase] },
  'alerts remove-channel': { words: 1, options: ['yes'] },
  'alerts test': { words: 1, options: passphrase },
  audit: { words: 0, options: auditFilter },
  'audit list': { words: 0, options: auditFilter },
  'audit show': { words: 1, options: ['yes'] },
  'audit export': { words: 0, options: ['out', 'format', ...auditFilter] },
  'audit verify': { words: 1, options: ['checkpoint', 'copy', 'yes'] },
  'audit checkpoint': { words: 0, options: ['yes'] },
  'audit keep': { words: 1, options: ['yes'] },
  'audit send-to': { words: 1, options: ['yes'] },
  'import-ssh-config': { words: 0, options: [] },
  'recorder show': { words: 1, options: aboutOne },
  'recorder fetch': { words: 1, options: aboutOne },
  'recorder off': { words: 1, options: aboutOne },
  'watch-helper show': { words: 1, options: ['user', ...login] },
  'watch-helper install': { words: 1, options: ['user', ...login] },
  'watch-helper remove': { words: 1, options: login },
  'catalog models': { words: 1, options: ['context', 'users', 'replay', ...aboutOne] },
  'catalog show': { words: 1, options: ['yes'] },
  'catalog lint': { words: 1, options: [] },
  'catalog schema': { words: 0, options: [] },
  'catalog evidence': { words: 2, options: ['signature', 'fingerprint'] },
  'bundle build': {
    words: 0,
    options: ['catalog', 'solution', 'for', 'hardware', 'sources', 'out', 'against', 'part-size', 'yes'],
  },
  'bundle pack': { words: 1, options: ['out', 'against', 'part-size', 'yes'] },
  'bundle list': { words: 0, options: ['yes'] },
  'bundle import': { words: Number.POSITIVE_INFINITY, options: ['yes'] },
  'bundle verify': { words: Number.POSITIVE_INFINITY, options: ['yes'] },
  'bundle inspect': { words: 1, options: ['against', 'yes'] },
  'bundle remove': { words: 1, options: ['yes'] },
  'vendor init': { words: 1, options: ['publisher-id', 'publisher-name', 'keys', 'app', ...signing] },
  'vendor lint': { words: 1, options: ['yes'] },
  'vendor try': { words: 1, options: ['for', 'yes'] },
  'vendor pack': { words: 1, options: ['yes'] },
  'vendor sign': { words: 1, options: ['from', 'out', 'against', 'part-size', 'valid-days', 'at-least', ...signing] },
  'vendor verify': { words: Number.POSITIVE_INFINITY, options: ['fingerprint', 'yes'] },
  'vendor rotate': { words: 1, options: ['root-too', ...signing] },
  'vendor show': { words: 1, options: ['yes'] },
  help: { words: Number.POSITIVE_INFINITY, options: [] },
}

export const commandNames = Object.keys(commands) as CommandName[]

export function optionsOf(command: CommandName): readonly OptionName[] {
  return [...commands[command].options, ...everywhere]
}

/** A command and those that begin with its word. */
export function familyOf(verb: string): readonly CommandName[] {
  return commandNames.filter((name) => name === verb || name.startsWith(`${verb} `))
}

export type Found = { readonly command: CommandName; readonly rest: readonly string[] }

/** "demo list" before "demo". A word behind the name is a part of it where the command alone takes none. */
export function commandIn([verb = '', act, ...rest]: readonly string[]): Result<Found> {
  const both = act === undefined ? verb : `${verb} ${act}`
  const family = familyOf(verb)
  const whole = family.find((name) => name === both)
  if (whole !== undefined) return ok({ command: whole, rest: act === undefined ? [] : rest })
  const alone = family.find((name) => name === verb)
  const takesIt = family.length === 1 || (alone !== undefined && commands[alone].words > 0)
  if (alone !== undefined && takesIt) return ok({ command: alone, rest: act === undefined ? [] : [act, ...rest] })
  if (family.length > 0) return usage('unknown-command', both, { other: nearest(both, family) })
  const verbs = [...new Set(commandNames.map((name) => name.split(' ')[0] ?? name))]
  return usage('unknown-command', verb, { other: nearest(verb, verbs) })
}

/** Neither a word nor an option more than the command takes. */
export function belongsTo(command: CommandName, rest: readonly string[], given: OptionValues): Result<void> {
  const surplus = rest[commands[command].words]
  if (surplus !== undefined) return usage('one-word-too-many', surplus, { command })
  const taken = optionsOf(command)
  const pointless = (Object.keys(given) as OptionName[]).find((name) => !taken.includes(name))
  return pointless === undefined ? ok(undefined) : usage('option-elsewhere', `--${pointless}`, { command })
}
