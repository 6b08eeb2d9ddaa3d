// An evaluation is gone on with only where the same model is asked, on the same appliance.
import { describe, expect, it } from 'vitest'
import type { EvaluationSubject } from '../../../../../shared/domain/evaluation.ts'
import { isSameModel } from '../../../../../shared/verify/evaluation/same-model.ts'
import { evaluationResultOf } from '../../../../support/evaluation-results.ts'

const { subject } = evaluationResultOf()
const modelEntry = { entry: 'qwen3-8b', version: '1.0.0', form: 'gguf-q8' }
const others: [what: string, Partial<EvaluationSubject>][] = [
  ['another host', { host: '10.78.0.12' }],
  ['another port', { port: 2222 }],
  ['a demo', { demo: true }],
  ['another deployment', { deployment: 'other-model' }],
  ['another image', { image: 'sha256:1' }],
  ['other weights', { weights: '1'.repeat(64) }],
  ['another model entry', { modelEntry: { ...modelEntry, entry: 'qwen3-4b' } }],
  ['another version of its entry', { modelEntry: { ...modelEntry, version: '1.0.1' } }],
  ['another form of its entry', { modelEntry: { ...modelEntry, form: 'gguf-q4' } }],
]

describe('what is asked now', () => {
  it.each(others)('is not what was asked before where it is %s', (_what, other) => {
    expect(isSameModel(subject, { ...subject, ...other })).toBe(false)
    expect(isSameModel({ ...subject, ...other }, subject)).toBe(false)
  })

  it('is the same where one of the two says less of it', () => {
    const { weights: _weights, modelEntry: _entry, ...less } = subject
    expect(isSameModel(subject, subject)).toBe(true)
    expect(isSameModel(subject, less)).toBe(true)
    expect(isSameModel(less, subject)).toBe(true)
  })
})
