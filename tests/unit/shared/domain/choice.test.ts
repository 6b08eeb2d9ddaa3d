// Which of the variants that were passed over a person is told about.
import { describe, expect, it } from 'vitest'
import { namedRejections, type RejectedVariant, type Rejection } from '../../../../shared/domain/choice.ts'

const elsewhere: Rejection = { reason: 'accelerator-absent', vendor: 'nvidia' }
const old: Rejection = { reason: 'driver-differs', vendor: 'ascend', needs: { atLeast: '26.0' }, has: '25.2.0' }
const variants = (...all: Rejection[][]): RejectedVariant[] =>
  all.map((rejections, at) => ({ entry: 'vllm', variant: `v${at}`, rejections }))
const told = (rejected: RejectedVariant[]) => {
  const { named, others } = namedRejections(rejected)
  return [...named.map(({ variant }) => variant), others]
}

describe('the variants that were passed over', () => {
  it('are all named while they are few, whatever stands against them', () => {
    expect(told(variants([elsewhere], [elsewhere], [old]))).toEqual(['v0', 'v1', 'v2', 0])
    expect(told([])).toEqual([0])
  })

  it('for other hardware are only counted where there are many', () => {
    expect(told(variants([elsewhere], [elsewhere], [old], [old, elsewhere], [old]))).toEqual(['v2', 'v4', 3])
  })

  it('are named as far as that goes where all are for other hardware', () => {
    expect(told(variants([elsewhere], [elsewhere], [elsewhere], [elsewhere]))).toEqual(['v0', 'v1', 'v2', 1])
  })
})
