// Which files a split model has, and how long a whole safetensors file is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  safetensorsHeaderBytes,
  safetensorsIndex,
  safetensorsTensorBytes,
} from '../../../../../shared/plan/shape/safetensors-index.ts'

const index = (weight_map: unknown, metadata: unknown = { total_size: 12 }) =>
  safetensorsIndex(JSON.stringify({ metadata, weight_map }))
const tensors = (...places: unknown[]) =>
  safetensorsTensorBytes(JSON.stringify(Object.fromEntries(places.map((at, of) => [`t${of}`, { data_offsets: at }]))))

describe('an index of safetensors files', () => {
  it('names each file once, and the bytes of all tensors where it knows them', () => {
    const [one, two] = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors']
    expect(index({ b: two, a: one, c: two })).toEqual({ state: 'known', value: { files: [one, two], totalBytes: 12 } })
    expect(index({ a: one }, {})).toEqual({ state: 'known', value: { files: [one], totalBytes: undefined } })
    expect(index({ a: one }, { total_size: '12' })).toMatchObject({ value: { totalBytes: undefined } })
  })

  it.each([
    ['a path', { a: '../other/model.safetensors' }],
    ['a path from the root', { a: '/etc/model.safetensors' }],
    ['a path of Windows', { a: 'c:\\model.safetensors' }],
    ['a hidden file', { a: '.model.safetensors' }],
    ['another kind of file', { a: 'pytorch_model.bin' }],
    ['no name', { a: 7 }],
    ['nothing', {}],
    ['a list', ['model.safetensors']],
    ['no map', undefined],
  ])('that names %s is refused', (_name, map) => {
    expect(index(map)).toMatchObject({ state: 'unreadable' })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        expect(safetensorsIndex(text).state).toBe('unreadable')
        expect(index(value).state).toBe(index(value).state)
      }),
    )
  })
})

describe('the header of a safetensors file', () => {
  it('begins with its length', () => {
    const prefix = new Uint8Array([0x10, 0x27, 0, 0, 0, 0, 0, 0, 0x7b])
    expect(safetensorsHeaderBytes(prefix)).toEqual({ state: 'known', value: 10_000 })
    expect(safetensorsHeaderBytes(prefix.subarray(0, 7))).toMatchObject({ state: 'unreadable' })
    expect(safetensorsHeaderBytes(new Uint8Array(8).fill(255))).toMatchObject({ state: 'unreadable' })
  })

  it('says how many bytes the tensors have that lie behind it', () => {
    expect(tensors([0, 8], [12, 20], [8, 12])).toEqual({ state: 'known', value: 20 })
    expect(safetensorsTensorBytes('{"__metadata__":{"format":"pt"}}')).toEqual({ state: 'known', value: 0 })
  })

  it.each([
    [
      'overlap',
      [
        [0, 8],
        [4, 12],
      ],
    ],
    [
      'leave gaps',
      [
        [0, 8],
        [12, 20],
      ],
    ],
    ['end before they begin', [[8, 0]]],
    ['lie nowhere', [[0]]],
    ['lie before the beginning', [[-4, 4]]],
    ['have half bytes', [[0, 1.5]]],
    ['have no numbers', [['0', '8']]],
  ])('is refused where tensors %s', (_name, places) => {
    expect(tensors(...places)).toMatchObject({ state: 'unreadable' })
    expect(safetensorsTensorBytes('[]')).toMatchObject({ state: 'unreadable' })
  })
})
