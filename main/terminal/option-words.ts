// Splits a command line into options and words, for every shell that has one. What is wrong with an option is a failure
// of ours, which can be said in both languages; a value is never shown: it may be a secret.
import { parseArgs } from 'node:util'
import { evidence, type FailureOf, fail, type Result } from '../../shared/domain/failure.ts'
import { nearest } from '../../shared/domain/nearest.ts'
import { isSpoken } from './spoken-language.ts'

type OptionKind = { readonly type: 'boolean' | 'string'; readonly multiple?: true; readonly short?: string }
export type OptionKinds = { readonly [name: string]: OptionKind }
type ValueOf<K> = K extends { multiple: true } ? string[] : K extends { type: 'boolean' } ? boolean : string
export type ValuesOf<K> = { readonly [N in keyof K]?: ValueOf<K[N]> }

type Problem = FailureOf<'usage'>['problem']
type Wrong = { readonly problem: Problem; readonly word: string }
/** `wrong`: the first option that cannot be what was meant. */
type Split<K> = { values: ValuesOf<K>; positionals: string[]; wrong: Wrong | undefined }
type OptionToken = {
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

/** `about`: which command, and what was perhaps meant. */
export function usage(problem: Problem, word = '', about: { command?: string; other?: string | undefined } = {}) {
  const { command, other } = about
  const meant = { ...(command !== undefined && { command }), ...(other !== undefined && { other }) }
  return fail({ kind: 'usage', problem, word: evidence(word, 200), ...meant })
}

export function splitWords<K extends OptionKinds>(words: readonly string[], kinds: K): Split<K> {
  const { tokens } = parseArgs({
    args: [...words],
    options: kinds,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const values: { [name: string]: string | boolean | string[] } = {}
  const positionals: string[] = []
  let wrong: Wrong | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const kind = Object.hasOwn(kinds, token.name) ? kinds[token.name] : undefined
    const problem = problemOf(token, kind)
    if (problem !== undefined) wrong ??= { problem, word: token.rawName }
    else if (kind?.multiple === true)
      values[token.name] = [...((values[token.name] ?? []) as string[]), token.value ?? '']
    else values[token.name] = token.value ?? true
  }
  return { values: values as ValuesOf<K>, positionals, wrong: wrong ?? unspoken(values['lang']) }
}

function problemOf({ value, inlineValue }: OptionToken, kind: OptionKind | undefined): Problem | undefined {
  if (kind === undefined) return 'unknown-option'
  if (kind.type === 'boolean') return value === undefined ? undefined : 'value-too-many'
  // "--save --json" forgot the name.
  return value === undefined || (inlineValue !== true && /^-./.test(value)) ? 'value-missing' : undefined
}

function unspoken(language: unknown): Wrong | undefined {
  return typeof language !== 'string' || isSpoken(language)
    ? undefined
    : { problem: 'unknown-language', word: language }
}

/** `known`: the options that the command has. */
export function wrongOption(
  { problem, word }: Wrong,
  command: string | undefined,
  known: readonly string[],
): Result<never> {
  const about = command === undefined ? {} : { command }
  if (problem !== 'unknown-option') return usage(problem, word, about)
  return usage(problem, word, {
    ...about,
    other: nearest(
      word,
      known.map((name) => `--${name}`),
    ),
  })
}
