// Reads what `rackside evaluate` is to do from the command line.
import {
  type EvaluationBound,
  type EvaluationWish,
  evaluationBounds,
  evaluationId,
} from '../../../shared/domain/evaluation.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type EvaluationLine =
  | {
      readonly act: 'run'
      readonly deployment: string | undefined
      /** "smoke", a file, or the name or digest of a set that was brought before. */
      readonly set: string
      readonly wish: EvaluationWish
      readonly keepsText: boolean
    }
  | { readonly act: 'resume'; readonly evaluationId: string }

export type EvaluationInvocation = { readonly verb: 'evaluate' } & (
  | { readonly act: 'list' }
  | { readonly act: 'sets' }
  | { readonly act: 'show'; readonly evaluationId: string }
  | { readonly act: 'compare'; readonly before: string; readonly after: string }
)

const numbers = {
  concurrency: 'concurrency',
  limit: 'limit',
  outputTokens: 'output',
  seed: 'seed',
} as const satisfies { readonly [B in EvaluationBound]: keyof OptionValues }

/** What an evaluation that is resumed was begun with cannot be said anew. */
const ofNewOnes = ['set', 'concurrency', 'limit', 'output', 'seed', 'with-answers', 'deployment'] as const

/** Of one that is made. `word`: what stands behind the appliance: a deployment. */
export function readEvaluation(word: string | undefined, values: OptionValues): Result<EvaluationLine> {
  const { resume, deployment, set = [] } = values
  if (resume !== undefined) return readResume(resume, word, values)
  const [named = 'smoke', surplus] = set
  if (surplus !== undefined) return usage('one-word-too-many', surplus)
  if (word !== undefined && deployment !== undefined) return usage('one-word-too-many', word)
  const wish: { -readonly [K in keyof EvaluationWish]: EvaluationWish[K] } = {}
  for (const name of Object.keys(numbers) as EvaluationBound[]) {
    const option = numbers[name]
    const given = values[option]
    if (given === undefined) continue
    const [least, most] = evaluationBounds[name]
    const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
    if (!(number >= least && number <= most)) {
      return usage('evaluation-number', `--${option} ${given}`, { other: `${least}-${most}` })
    }
    wish[name] = number
  }
  const keepsText = values['with-answers'] === true
  return ok({ act: 'run', deployment: word ?? deployment, set: named, wish, keepsText })
}

function readResume(resume: string, word: string | undefined, values: OptionValues): Result<EvaluationLine> {
  const pointless = ofNewOnes.find((name) => values[name] !== undefined)
  if (pointless !== undefined) return usage('option-elsewhere', `--${pointless}`, { command: 'evaluate --resume' })
  if (word !== undefined) return usage('one-word-too-many', word)
  const id = idOf(resume)
  return id === undefined ? usage('not-an-evaluation', resume) : ok({ act: 'resume', evaluationId: id })
}

/** Of those that are kept. */
export function readEvaluationLine(act: string, [first, second]: readonly string[]): Result<EvaluationInvocation> {
  const verb = 'evaluate'
  if (act === 'list') return ok({ verb, act })
  if (act === 'sets') return ok({ verb, act })
  const id = idOf(first)
  if (id === undefined) return usage('not-an-evaluation', first ?? '')
  if (act === 'show') return ok({ verb, act, evaluationId: id })
  const after = idOf(second)
  return after === undefined
    ? usage('not-an-evaluation', second ?? '')
    : ok({ verb, act: 'compare', before: id, after })
}

/** Its eight digits are enough. */
function idOf(word = ''): string | undefined {
  return evaluationId.safeParse(word.startsWith('evaluation-') ? word : `evaluation-${word}`).data
}
