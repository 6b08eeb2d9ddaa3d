// Reads what comes after "bundle".
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** For whoever makes bundles: files alone are read and written, and no console is opened. */
export type MakerInvocation = { readonly verb: 'bundle'; readonly out: string; readonly mostPartBytes: number } & {
  readonly against: string | undefined
} & (
    | { readonly act: 'pack'; readonly folder: string }
    | {
        readonly act: 'build'
        readonly catalog: string
        readonly solution: string
        readonly sources: string
        readonly server: { readonly facts: string } | { readonly hardware: string }
      }
  )

export type BundleInvocation = { readonly verb: 'bundle' } & (
  | { readonly act: 'list' }
  | { readonly act: 'import' | 'verify'; readonly files: readonly string[] }
  | { readonly act: 'inspect'; readonly place: string; readonly against: string | undefined }
  | { readonly act: 'remove'; readonly place: string }
)

export function readBundleLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<BundleInvocation | MakerInvocation> {
  const verb = 'bundle'
  if (act === 'build' || act === 'pack') return readMakerLine(act, words, values)
  if (act === undefined || act === 'list') return ok({ verb, act: 'list' })
  const [place] = words
  if (place === undefined) return usage('bundle-needed', `bundle ${act}`)
  if (act === 'inspect') return ok({ verb, act, place, against: values.against })
  return act === 'remove'
    ? ok({ verb, act, place })
    : ok({ verb, act: act === 'import' ? act : 'verify', files: words })
}

/** What FAT32 takes. */
const usualPartBytes = 4 * 1024 ** 3 - 1
const units: Readonly<Record<string, number>> = { '': 1, K: 1000, M: 1000 ** 2, G: 1000 ** 3 }

function readMakerLine(
  act: 'build' | 'pack',
  [folder]: readonly string[],
  values: OptionValues,
): Result<MakerInvocation> {
  const verb = 'bundle'
  const { out, against, catalog, solution, sources } = values
  if (act === 'pack' && folder === undefined) return usage('bundle-needed', 'bundle pack')
  if (out === undefined) return usage('out-needed', `bundle ${act}`)
  const mostPartBytes = partBytes(values['part-size'])
  if (mostPartBytes === undefined) return usage('part-size', values['part-size'] ?? '')
  const refused = act === 'pack' ? otherEnding(out) : undefined
  if (refused !== undefined) return refused
  const common = { verb, out, against, mostPartBytes } as const
  if (act === 'pack') return ok({ ...common, act, folder: folder ?? '' })
  if (catalog === undefined || solution === undefined || sources === undefined)
    return usage('build-needs', 'bundle build')
  const target = targetOf(values)
  return target.ok ? ok({ ...common, act, catalog, solution, sources, server: target.value }) : target
}

function targetOf({
  for: facts,
  hardware,
}: OptionValues): Result<Extract<MakerInvocation, { act: 'build' }>['server']> {
  if (facts !== undefined && hardware === undefined) return ok({ facts })
  if (facts !== undefined || hardware === undefined) return usage('build-needs', 'bundle build')
  return ok({ hardware })
}

const ending = /\.(?:rsb\.\d+|[a-z][a-z0-9]*)$/i

/** It would be written beside the name that somebody meant: "x.zip" as "x.zip.rsb". A name without an ending gets ours. */
export function otherEnding(out: string): Result<never> | undefined {
  if (out.endsWith('.rsb') || !ending.test(out)) return undefined
  return usage('out-other-ending', out, { other: `${out.replace(ending, '')}.rsb` })
}

/** "64M", "4G", or bytes. */
export function partBytes(word: string | undefined): number | undefined {
  if (word === undefined) return usualPartBytes
  const [, digits, unit = ''] = /^(\d{1,12})([KMG]?)$/.exec(word) ?? []
  const bytes = Number(digits) * (units[unit] ?? Number.NaN)
  return Number.isSafeInteger(bytes) && bytes >= 1_000_000 ? bytes : undefined
}
