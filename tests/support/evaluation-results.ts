// Evaluations that were never made, for what shows, keeps and compares them.
import type { EvaluationResult } from '../../shared/domain/evaluation.ts'
import type { EvaluationSetHead } from '../../shared/domain/evaluation-set.ts'
import { scoreOf } from '../../shared/verify/evaluation/score.ts'

export const smokeHead: EvaluationSetHead = {
  ...{ digest: '5'.repeat(64), name: 'smoke', form: 'cmb', items: 50, inChinese: 25, categories: 8, refused: 0 },
  builtIn: true,
}

type Verdicts = Partial<Record<'right' | 'wrong' | 'unreadable' | 'failed', number>>

/** Of so many answers of each kind. */
export function scoreWith(counts: Verdicts) {
  const kinds = ['right', 'wrong', 'unreadable', 'failed'] as const
  return scoreOf(kinds.flatMap((verdict) => Array.from({ length: counts[verdict] ?? 0 }, () => ({ verdict }))))
}

export function evaluationResultOf(other: Partial<EvaluationResult> = {}): EvaluationResult {
  return {
    ...{ format: 1, evaluationId: 'evaluation-0badcafe', startedAt: '2026-11-26T08:00:00.000Z', seconds: 95.5 },
    ...{ resumed: 0, who: 'lin' },
    subject: {
      ...{ host: '10.78.0.11', port: 22, deployment: 'ward-model', entry: 'llama-cpp', version: 'b11669' },
      ...{
        model: 'qwen3-8b',
        engine: 'llama-cpp',
        modelEntry: { entry: 'qwen3-8b', version: '1.0.0', form: 'gguf-q8' },
      },
      ...{ weights: 'b'.repeat(64), spec: 'c'.repeat(64), image: `sha256:${'d'.repeat(64)}` },
    },
    set: smokeHead,
    settings: { concurrency: 4, outputTokens: 256, seed: 1 },
    planned: 50,
    score: scoreWith({ right: 41, wrong: 8, unreadable: 1 }),
    categories: [
      { name: '医学常识', score: scoreWith({ right: 6, wrong: 1 }) },
      { name: 'Medical basics', score: scoreWith({ right: 7 }) },
    ],
    end: 'done',
    ...other,
  }
}
