// The options of every command, read without knowing yet what they mean together.
import { parseArgs } from 'node:util'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'

const options = {
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  test: { type: 'boolean' },
  'weak-algorithms': { type: 'boolean' },
  identity: { type: 'string' },
  fingerprint: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  'password-fd': { type: 'string' },
  'vault-passphrase-fd': { type: 'string' },
  'vault-passphrase-file': { type: 'string' },
  'new-passphrase-fd': { type: 'string' },
  'new-passphrase-file': { type: 'string' },
  'key-passphrase-fd': { type: 'string' },
  agent: { type: 'boolean' },
  'agent-key': { type: 'string' },
  'answers-fd': { type: 'string' },
  'sudo-password-fd': { type: 'string' },
  jump: { type: 'string', multiple: true },
  'jump-identity': { type: 'string', multiple: true },
  solution: { type: 'string' },
  from: { type: 'string' },
  soak: { type: 'string' },
  'limit-mbit': { type: 'string' },
  'take-over': { type: 'string' },
  to: { type: 'string' },
  deployment: { type: 'string' },
  accept: { type: 'boolean' },
  'delete-data': { type: 'boolean' },
  all: { type: 'boolean' },
  canary: { type: 'string' },
  window: { type: 'string' },
  'even-if-busy': { type: 'boolean' },
  'stop-first': { type: 'boolean' },
  save: { type: 'string' },
  out: { type: 'string' },
  replay: { type: 'string' },
  'use-once': { type: 'boolean' },
  'keep-for-sudo': { type: 'boolean' },
  user: { type: 'string' },
  'watch-only': { type: 'boolean' },
  preset: { type: 'string' },
  keep: { type: 'boolean' },
  replace: { type: 'boolean' },
  'type-host': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type OptionName = keyof typeof options
type ValueOf<O> = O extends { multiple: true } ? string[] : O extends { type: 'boolean' } ? boolean : string
export type OptionValues = { readonly [N in OptionName]?: ValueOf<(typeof options)[N]> }

export function usage(problem: FailureOf<'usage'>['problem'], word = ''): Result<never> {
  return fail({ kind: 'usage', problem, word: evidence(word, 200) })
}

export function readOptions(words: readonly string[]): Result<{ values: OptionValues; positionals: string[] }> {
  try {
    const read = parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
    return readsOneTwice(read.values) ? usage('passphrase-source') : ok(read)
  } catch (error) {
    return usage('unknown-option', (error as Error).message)
  }
}

/** Two secrets from one descriptor: the second one would be what the first one left of it. */
function readsOneTwice(values: OptionValues): boolean {
  const {
    'password-stdin': fromInput,
    'password-fd': password,
    'key-passphrase-fd': key,
    'answers-fd': answers,
    'sudo-password-fd': sudo,
  } = values
  const { 'vault-passphrase-fd': vault, 'new-passphrase-fd': fresh } = values
  const given = [fromInput === true ? '0' : undefined, password, key, answers, sudo, vault, fresh]
  const descriptors = given.filter((word) => word !== undefined).map(Number)
  return new Set(descriptors).size < descriptors.length
}

/** An option that is given and means nothing to this command; said as parseArgs says it of options that nobody knows. */
export function pointlessOption(
  values: OptionValues,
  command: string,
  isOfUse: (name: OptionName) => boolean,
): Result<void> {
  const names = Object.keys(values) as OptionName[]
  const pointless = names.find((name) => values[name] !== undefined && !isOfUse(name))
  return pointless === undefined
    ? ok(undefined)
    : usage('unknown-option', `Option '--${pointless}' has no meaning with '${command}'`)
}
