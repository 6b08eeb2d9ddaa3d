// The worked examples of the facts, row by row: weights and room on each device, tokens and users in all.
import { describe, expect, it } from 'vitest'
import { oneDevice } from '../../../../../shared/domain/model-layout.ts'
import { kvBytesPerToken, sequenceBytes } from '../../../../../shared/plan/fit/kv-cache.ts'
import { placesOfKind } from '../../../../../shared/plan/fit/places.ts'
import { layoutFit } from '../../../../../shared/plan/fit/room.ts'
import { fitRules } from '../../../../../shared/plan/fit/rules.ts'
import { kvCases, shapeNamed, workedRows } from '../../../../support/model-cases.ts'

const GiB = 2 ** 30
const whole = { layout: oneDevice, kvBits: 16 } as const

describe('the cache of one token', () => {
  it.each(kvCases.map((one) => [one.model, one] as const))('of %s is as in the facts', (_name, one) => {
    const shape = shapeNamed(one.model)
    expect(kvBytesPerToken(shape, 16)).toBe(one.kibibytesPerToken * 1024)
    expect(kvBytesPerToken(shape, 8)).toBe(one.kibibytesPerToken * 512)
    if (one.gibibytesAt32k === undefined) return
    expect(sequenceBytes(shape, 32_768, whole) / GiB).toBeCloseTo(one.gibibytesAt32k, 1)
  })
})

describe('a worked example', () => {
  const named = workedRows.map((row) => [`${row.model} on ${row.devices}`, row] as const)
  it.each(named)('%s comes out as in the facts', (_name, row) => {
    const usableBytes = row.usableGibibytes * GiB
    const { perDevice, tokens, users } = layoutFit(
      { shape: shapeNamed(row.config), weightsBytes: row.weightsGigabytes * 1e9 },
      { ...oneDevice, tensor: row.count },
      {
        places: placesOfKind({ usableBytes, perMachine: row.count }, row.count),
        rules: fitRules.cuda,
        wish: { contextTokens: 8192, users: 1, kvBits: 16 },
      },
    )
    expect(Math.abs(perDevice.weightsBytes / GiB - row.weightsPerDeviceGibibytes)).toBeLessThan(0.1)
    expect(Math.abs(perDevice.kvRoomBytes / GiB - row.kvRoomGibibytes)).toBeLessThan(0.1)
    if (row.tokens !== undefined) expect(Math.abs(tokens - row.tokens)).toBeLessThanOrEqual(row.tokensWithin ?? 0)
    if (row.users !== undefined) expect(users).toBe(row.users)
  })

  it('is there for each of the facts', () => {
    expect(workedRows).toHaveLength(27)
  })
})
