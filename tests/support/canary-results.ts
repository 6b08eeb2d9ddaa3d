// Results of canaries for tests: the same but for their number.
import type { CanaryResult } from '../../shared/domain/canary.ts'

export function canaryResultAt(number: number, changes: Partial<CanaryResult> = {}): CanaryResult {
  const minutes = `${Math.floor(number / 60) % 24}`.padStart(2, '0')
  return {
    ...{ format: 1, canaryId: `canary-${number.toString(16).padStart(8, '0')}`, seconds: 12.5, who: 'li' },
    startedAt: `2026-11-24T${minutes}:${`${number % 60}`.padStart(2, '0')}:00.000Z`,
    ...{ cause: 'asked', set: 'clinical', verdict: 'passed', end: 'done' },
    subject: {
      ...{ host: 'h', port: 22, deployment: 'ward-model', entry: 'vllm', version: '1', model: 'qwen' },
    },
    questions: [
      {
        ...{ question: 'fever-en', verdict: 'passed', problems: [], holds: ['right-figure'], sketch: [1, 2, 3] },
        ...{ answerDigest: 'a'.repeat(64), answerTokens: 14, ttftMs: 120, tokensPerSecond: 41.5 },
      },
      { question: 'tool', verdict: 'skipped', problems: [], holds: [] },
    ],
    ...changes,
  }
}
