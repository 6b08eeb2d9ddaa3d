// Benchmarks of a server as a console has them: nothing to measure, one that goes on, one that ended, and earlier ones.
import { headOf } from '../../../shared/domain/bench.ts'
import { benchLevelAt, benchResultAt } from '../../support/bench-results.ts'
import { answers, type Script, streams } from './pretend-console.ts'

const place = { host: '10.78.0.11', port: 22 }

export const benchResults = [2, 1].map((at) => {
  const result = benchResultAt(at)
  return { ...result, subject: { ...result.subject, ...place } }
})
const [newest] = benchResults
if (newest === undefined) throw new Error('no result')

export const benchNothing: NonNullable<Script['bench']> = { candidates: answers([]), list: answers([]) }

const candidates = answers([{ deployment: 'ward-model', models: ['qwen'] }])
const { benchId, subject, settings } = newest

export const benchGoing: Script['bench'] = {
  ...{ candidates, list: answers([]) },
  run: streams([
    { event: 'begin' as const, benchId, subject, settings },
    { event: 'level-end' as const, level: benchLevelAt(1, 120) },
    {
      ...{ event: 'progress' as const, users: 2, phase: 'measuring' as const, seconds: 7 },
      ...{ ended: 14, failed: 0, piecesPerSecond: 88 },
    },
  ]),
}

export const benchDone: Script['bench'] = {
  ...{ candidates, list: answers(benchResults.map(headOf)), read: answers(newest) },
  run: streams([{ event: 'result' as const, result: newest }], 'ends'),
}
