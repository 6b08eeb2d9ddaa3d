// Columns of numbers in few bytes: what was written comes back exactly, and nothing else is taken for columns.
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeColumns, encodeColumns } from '../../../../../main/store/history/codec.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const kinds = fc.oneof(
  finite,
  fc.integer(),
  fc.integer().map((value) => value / 1000),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 1e300, 2 ** 50, 2 ** 53),
)
const plain = (columns: readonly Float64Array[] | undefined) =>
  columns?.map((column) => [...column].map((value) => value + 0))

describe('columns', () => {
  it('come back as they were', () => {
    const table = fc
      .nat(300)
      .chain((rows) => fc.array(fc.array(kinds, { minLength: rows, maxLength: rows }), { minLength: 1, maxLength: 6 }))
    fc.assert(
      fc.property(table, (columns) => {
        const data = encodeColumns(columns.map((column) => Float64Array.from(column)))
        expect(plain(decodeColumns(data, columns.length))).toEqual(
          columns.map((column) => column.map((value) => value + 0)),
        )
      }),
    )
  })

  it('of a sampler take few bytes: percents about one a sample, times of every second almost none', () => {
    const times = Float64Array.from({ length: 250 }, (_, row) => 1_795_000_000_000 + row * 1000)
    const percents = Float64Array.from({ length: 250 }, (_, row) => Math.round(50 + 40 * Math.sin(row / 9)))
    expect(encodeColumns([times, percents]).length).toBeLessThan(250)
    expect(encodeColumns([times]).length).toBeLessThan(60)
  })

  it('are not what somebody else wrote there', () => {
    const data = encodeColumns([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)])
    expect(decodeColumns(data, 1)).toBeUndefined()
    expect(decodeColumns(data.subarray(0, data.length - 2), 2)).toBeUndefined()
    expect(decodeColumns(Buffer.from('not deflated'), 2)).toBeUndefined()
    expect(decodeColumns(deflateRawSync(Buffer.alloc(8 * 1024 * 1024)), 2)).toBeUndefined()
    expect(decodeColumns(deflateRawSync(Buffer.from([255, 255, 255, 127, 1, 0])), 1)).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, deflated) => {
        const columns = decodeColumns(deflated ? deflateRawSync(bytes) : bytes, 2)
        if (columns !== undefined) expect(columns.flatMap((column) => [...column]).every(Number.isFinite)).toBe(true)
      }),
    )
  })
})
