// Reads what an acceptance is to be from the command line, and what is to be done with one that is there.
import {
  type AcceptanceBound,
  type AcceptanceWish,
  acceptanceBounds,
  acceptanceId,
} from '../../../shared/domain/acceptance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type AcceptanceLine = { readonly wish: AcceptanceWish; readonly out: string | undefined }

export type AcceptanceInvocation = { readonly verb: 'acceptance' } & (
  | { readonly act: 'list' }
  | { readonly act: 'show'; readonly acceptanceId: string; readonly out: string | undefined }
  | { readonly act: 'compare'; readonly before: string; readonly after: string }
  | {
      readonly act: 'verify'
      readonly file: string
      readonly signature: string | undefined
      readonly fingerprint: string | undefined
    }
)

const numbers = {
  users: 'users',
  ttftLimitMs: 'slo-ttft',
  tpotLimitMs: 'slo-tpot',
  inputTokens: 'input',
  outputTokens: 'output',
  seconds: 'seconds',
  soakSeconds: 'soak',
} as const satisfies { readonly [B in AcceptanceBound]: keyof OptionValues }

/** Of one that is made. */
export function readAcceptanceWish(values: OptionValues): Result<AcceptanceLine> {
  const wish: { -readonly [K in keyof AcceptanceWish]: AcceptanceWish[K] } = {}
  for (const name of Object.keys(numbers) as AcceptanceBound[]) {
    const given = values[numbers[name]]
    if (given === undefined) continue
    const [least, most] = acceptanceBounds[name]
    const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
    if (!(number >= least && number <= most)) {
      return usage('bench-number', `--${numbers[name]} ${given}`, { other: `${least}-${most}` })
    }
    wish[name] = number
  }
  return ok({ wish, out: values.out })
}

/** Of those that are kept, and of files. */
export function readAcceptanceLine(
  act: string | undefined,
  [first, second]: readonly string[],
  values: OptionValues,
): Result<AcceptanceInvocation> {
  const verb = 'acceptance'
  if (act === 'verify') {
    if (first === undefined) return usage('no-file-named', 'acceptance verify')
    const { signature, fingerprint } = values
    return ok({ verb, act, file: first, signature, fingerprint })
  }
  if (act === 'list') return ok({ verb, act })
  const id = idOf(first)
  if (id === undefined) return usage('not-an-acceptance', first ?? '')
  if (act === 'show') return ok({ verb, act, acceptanceId: id, out: values.out })
  const after = idOf(second)
  if (after === undefined) return usage('not-an-acceptance', second ?? '')
  return ok({ verb, act: 'compare', before: id, after })
}

/** Its eight digits are enough. */
function idOf(word = ''): string | undefined {
  return acceptanceId.safeParse(word.startsWith('acceptance-') ? word : `acceptance-${word}`).data
}
