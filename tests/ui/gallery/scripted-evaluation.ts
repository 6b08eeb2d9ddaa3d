// Evaluations of a server as a console has them: none yet, one that goes on, one that ended, and one whose requests failed.
import { type EvaluationResult, evaluationHeadOf } from '../../../shared/domain/evaluation.ts'
import type { EvaluationSetHead } from '../../../shared/domain/evaluation-set.ts'
import { evaluationResultOf, scoreWith, smokeHead } from '../../support/evaluation-results.ts'
import { answers, type Script, streams } from './pretend-console.ts'

type Evaluations = NonNullable<Script['evaluation']>

const cmexam: EvaluationSetHead = {
  ...{ digest: '7'.repeat(64), name: 'cmexam-test.csv', form: 'cmexam', items: 6607, inChinese: 6607 },
  ...{ categories: 0, refused: 204 },
}
const found = [{ foundId: 'found-0badcafe0badcafe', name: 'cmb-exam-test-merge.json', bytes: 6_214_310 }]

const candidates = answers([{ deployment: 'ward-model', model: 'qwen3-8b' }])
const sets = answers({ sets: [smokeHead, cmexam], found })

const done = evaluationResultOf()
export const evaluationResults: EvaluationResult[] = [
  done,
  evaluationResultOf({
    ...{ evaluationId: 'evaluation-0badcaff', startedAt: '2026-11-24T19:30:00.000Z', set: cmexam, planned: 500 },
    ...{ settings: { concurrency: 8, limit: 500, outputTokens: 256, seed: 1 }, categories: [], seconds: 1310 },
    ...{ score: scoreWith({ right: 214, wrong: 81, unreadable: 6 }), end: 'cut-off' },
  }),
  evaluationResultOf({
    ...{ evaluationId: 'evaluation-0badcafd', startedAt: '2026-11-20T09:00:00.000Z', seconds: 130 },
    score: scoreWith({ right: 36, wrong: 12, unreadable: 2 }),
  }),
]

export const evaluationNothing: Evaluations = { candidates, sets, list: answers([]) }

const { evaluationId, subject, settings } = done

export const evaluationGoing: Evaluations = {
  ...evaluationNothing,
  run: streams([
    {
      ...{ event: 'begin' as const, evaluationId, subject, set: cmexam, planned: 500, asked: 0 },
      settings: { ...settings, limit: 500 },
    },
    {
      ...{ event: 'progress' as const, planned: 500, perMinute: 34.2, secondsLeft: 668 },
      score: scoreWith({ right: 84, wrong: 33, unreadable: 2 }),
    },
  ]),
}

export const evaluationDone: Evaluations = {
  ...{ candidates, sets, list: answers(evaluationResults.map(evaluationHeadOf)), read: answers(done) },
  run: streams([{ event: 'result' as const, result: done }], 'ends'),
}

const failed = evaluationResultOf({
  ...{ resumed: 1, end: 'failed', score: scoreWith({ right: 12, wrong: 3, failed: 10 }), categories: [] },
  failure: { kind: 'http-failed', port: 18_000, detail: 'HTTP 503: the service is unavailable' },
})

/** Gone on with, and failed again. */
export const evaluationFailed: Evaluations = {
  ...{ candidates, sets, list: answers([evaluationHeadOf(failed)]) },
  resume: streams([{ event: 'result' as const, result: failed }], 'ends'),
  run: streams([{ event: 'result' as const, result: failed }], 'ends'),
}
