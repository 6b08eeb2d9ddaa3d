// Reads what a benchmark is to be from the command line, or which results are to be shown.
import { type BenchBound, type BenchWish, benchBounds, benchId } from '../../../shared/domain/bench.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type BenchLine =
  | { readonly act: 'run'; readonly deployment: string | undefined; readonly wish: BenchWish }
  | { readonly act: 'list' }
  | { readonly act: 'compare'; readonly before: string; readonly after: string }

const numbers = {
  ttftLimitMs: 'slo-ttft',
  tpotLimitMs: 'slo-tpot',
  inputTokens: 'input',
  outputTokens: 'output',
  seconds: 'seconds',
  seed: 'seed',
} as const satisfies { readonly [B in Exclude<BenchBound, 'users'>]: keyof OptionValues }

/** `word`: what stands behind the appliance: a deployment, or the second one of two results. */
export function readBenchLine(word: string | undefined, values: OptionValues): Result<BenchLine> {
  if (values.list === true) return word === undefined ? ok({ act: 'list' }) : usage('one-word-too-many', word)
  if (values.compare !== undefined) return readTwo(values.compare, word)
  const wish: { -readonly [K in keyof BenchWish]: BenchWish[K] } = {}
  for (const name of Object.keys(numbers) as (keyof typeof numbers)[]) {
    const option = numbers[name]
    const given = values[option]
    if (given === undefined) continue
    const number = numberIn(given, name)
    if (number === undefined) return usage('bench-number', `--${option} ${given}`, { other: boundText(name) })
    wish[name] = number
  }
  const levels = readLevels(values.concurrency)
  if (!levels.ok) return levels
  if (levels.value !== undefined) wish.levels = levels.value
  if (values['same-prompt'] === true) wish.repeatsPrompts = true
  return ok({ act: 'run', deployment: word, wish })
}

function readTwo(first: string, second: string | undefined): Result<BenchLine> {
  const [before, after] = [idOf(first), idOf(second ?? '')]
  if (before === undefined) return usage('not-a-bench', first)
  return after === undefined ? usage('not-a-bench', second ?? '') : ok({ act: 'compare', before, after })
}

/** Its eight digits are enough. */
function idOf(word: string): string | undefined {
  return benchId.safeParse(word.startsWith('bench-') ? word : `bench-${word}`).data
}

/** "1,4,16" */
function readLevels(word: string | undefined): Result<number[] | undefined> {
  if (word === undefined) return ok(undefined)
  const levels = word.split(',').map((one) => numberIn(one.trim(), 'users'))
  const known = levels.filter((one) => one !== undefined)
  const isGood = known.length === levels.length && new Set(known).size === known.length && known.length <= 16
  return isGood ? ok(known) : usage('bench-levels', word, { other: boundText('users') })
}

function numberIn(word: string, bound: BenchBound): number | undefined {
  const [least, most] = benchBounds[bound]
  const number = /^\d{1,10}$/.test(word) ? Number(word) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

function boundText(bound: BenchBound): string {
  const [least, most] = benchBounds[bound]
  return `${least}-${most}`
}
