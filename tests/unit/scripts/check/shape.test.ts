import { describe, expect, it } from 'vitest'
import { functionLengths, shapeOf } from '../../../../scripts/check/shape.ts'

describe('the shape of the code', () => {
  it('counts functions with a body, those inside others too', () => {
    const text = 'function a() {\n  const b = () => {\n    return 1\n  }\n  return b\n}\nconst c = () => 2\n'
    expect(functionLengths(text)).toEqual([6, 3])
  })

  it('says how they spread', () => {
    const lengths = Array.from({ length: 100 }, (_, at) => at + 1)
    expect(shapeOf(lengths)).toEqual({ count: 100, lines: 5050, median: 51, p90: 91, longest: 100 })
    expect(shapeOf([])).toEqual({ count: 0, lines: 0, median: 0, p90: 0, longest: 0 })
  })
})
