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
  solution: { type: 'string' },
  from: { type: 'string' },
  save: { type: 'string' },
  preset: { type: 'string' },
  keep: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type OptionName = keyof typeof options
export type OptionValues = {
  readonly [N in OptionName]?: (typeof options)[N]['type'] extends 'boolean' ? boolean : string
}

export function usage(problem: FailureOf<'usage'>['problem'], word = ''): Result<never> {
  return fail({ kind: 'usage', problem, word: evidence(word, 200) })
}

export function readOptions(words: readonly string[]): Result<{ values: OptionValues; positionals: string[] }> {
  try {
    return ok(parseArgs({ args: [...words], options, allowPositionals: true, strict: true }))
  } catch (error) {
    return usage('unknown-option', (error as Error).message)
  }
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
