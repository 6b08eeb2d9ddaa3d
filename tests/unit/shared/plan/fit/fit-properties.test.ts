// What holds of every model and every machine: more is never less.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModelLayout, oneDevice } from '../../../../../shared/domain/model-layout.ts'
import { fitModel, usersOn } from '../../../../../shared/plan/fit/answer.ts'
import { sequenceBytes } from '../../../../../shared/plan/fit/kv-cache.ts'
import { possibleLayouts } from '../../../../../shared/plan/fit/layouts.ts'
import { placesOfKind } from '../../../../../shared/plan/fit/places.ts'
import { layoutFit } from '../../../../../shared/plan/fit/room.ts'
import { fitRules } from '../../../../../shared/plan/fit/rules.ts'
import { modelNames, shapeNamed } from '../../../../support/model-cases.ts'

const GiB = 2 ** 30
const shape = fc.constantFrom(...modelNames.map(shapeNamed))
const rules = fc.constantFrom(...Object.values(fitRules))
const kvBits = fc.constantFrom(8 as const, 16 as const)
const usable = fc.integer({ min: 8, max: 192 }).map((gibibytes) => gibibytes * GiB)
const weights = fc.integer({ min: 1, max: 800 }).map((gigabytes) => gigabytes * 1e9)
const tokens = fc.integer({ min: 1, max: 200_000 })
const count = fc.integer({ min: 1, max: 12 })
const split = fc.constantFrom<number[]>(1, 2, 4, 8)

describe('the arithmetic', () => {
  it('never takes less memory for more tokens, and never more for a larger split', () => {
    fc.assert(
      fc.property(shape, tokens, tokens, kvBits, split, split, (model, some, more, bits, tensor, pipeline) => {
        const whole: ModelLayout = { ...oneDevice, tensor, pipeline }
        const at = (length: number, layout = whole) => sequenceBytes(model, length, { layout, kvBits: bits })
        expect(at(some + more)).toBeGreaterThanOrEqual(at(some))
        expect(at(some, { ...oneDevice, tensor: tensor * 2, pipeline })).toBeLessThanOrEqual(at(some))
        expect(at(some, { ...oneDevice, tensor, pipeline: pipeline + 1 })).toBeLessThanOrEqual(at(some))
      }),
    )
  })

  it('never leaves less room on a device, nor fewer users, when there are more devices', () => {
    fc.assert(
      fc.property(shape, weights, usable, count, rules, (model, weightsBytes, usableBytes, few, engine) => {
        const where = (n: number) => ({ places: placesOfKind({ usableBytes, perMachine: 8 }, n), rules: engine })
        const wish = { contextTokens: 4096, kvBits: 16 } as const
        const fit = { shape: model, weightsBytes }
        expect(usersOn(fit, where(few + 1), wish)).toBeGreaterThanOrEqual(usersOn(fit, where(few), wish))
        const room = (tensor: number) =>
          layoutFit(fit, { ...oneDevice, tensor }, { ...where(tensor), wish: { ...wish, users: 1 } }).perDevice
            .kvRoomBytes
        expect(room(few + 1)).toBeGreaterThan(room(few))
      }),
      { numRuns: 60 },
    )
  })

  it('adds up, on no more devices than there are, and fits just where nothing is missing', () => {
    fc.assert(
      fc.property(shape, weights, usable, count, rules, (model, weightsBytes, usableBytes, devices, engine) => {
        const places = placesOfKind({ usableBytes, perMachine: 8 }, devices)
        const wish = { contextTokens: 4096, users: 3, kvBits: 16 } as const
        for (const { layout, places: used } of possibleLayouts(model, places, engine)) {
          const fit = layoutFit({ shape: model, weightsBytes }, layout, { places: used, rules: engine, wish })
          const { perDevice: sum } = fit
          expect(fit.devices).toHaveLength(layout.tensor * layout.pipeline * layout.data)
          expect(new Set(fit.devices).size).toBe(fit.devices.length)
          const left = sum.usableBytes * sum.utilization - sum.heldBytes - sum.weightsBytes - sum.activationBytes
          expect(sum.kvRoomBytes).toBe(left - sum.runtimeBytes)
          expect(fit.missingBytes === 0).toBe(fit.users >= 3)
          expect(fit.longestContextTokens).toBeLessThanOrEqual(model.maxContextTokens)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('answers with what fits, or with what is missing, and nothing between', () => {
    fc.assert(
      fc.property(shape, weights, usable, count, rules, (model, weightsBytes, usableBytes, devices, engine) => {
        const places = placesOfKind({ usableBytes, perMachine: 8 }, devices)
        const wish = { contextTokens: 4096, users: 2, kvBits: 16 } as const
        const answer = fitModel({ shape: model, weightsBytes }, { places, rules: engine }, wish)
        if (answer.kind === 'fits') expect(answer.fits.every(({ missingBytes }) => missingBytes === 0)).toBe(true)
        if (answer.kind === 'memory-missing') {
          expect(answer.nearest.missingBytes).toBeGreaterThan(0)
          if (answer.cardsNeeded !== undefined) expect(answer.cardsNeeded).toBeGreaterThan(devices)
        }
      }),
      { numRuns: 60 },
    )
  })
})
