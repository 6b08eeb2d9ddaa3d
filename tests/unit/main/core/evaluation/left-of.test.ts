// What is left of an evaluation that is resumed, and in which order it is asked.
import { describe, expect, it } from 'vitest'
import { leftOf } from '../../../../../main/core/evaluation/evaluate.ts'
import type { EvaluationRecord } from '../../../../../shared/domain/evaluation.ts'

describe('what is left of an evaluation', () => {
  it('is first what nobody has asked yet, then what failed', () => {
    const verdicts = { 0: 'failed', 1: 'right', 3: 'unreadable', 4: 'failed' } as const
    const records = new Map(
      Object.entries(verdicts).map(([item, verdict]): [number, EvaluationRecord] => [
        Number(item),
        { item: Number(item), verdict, milliseconds: 1 },
      ]),
    )
    expect(leftOf([0, 1, 2, 3, 4, 5], records)).toEqual([2, 5, 0, 4])
  })
})
