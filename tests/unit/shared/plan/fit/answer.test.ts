// How a model goes on given devices, best first, and what is missing where it does not.
import { describe, expect, it } from 'vitest'
import { cardsFor, fitModel, usersOn } from '../../../../../shared/plan/fit/answer.ts'
import { possibleLayouts, tensorSizes } from '../../../../../shared/plan/fit/layouts.ts'
import { type Place, placeOfHost, placesOf, placesOfKind } from '../../../../../shared/plan/fit/places.ts'
import { type FitRules, fitRules } from '../../../../../shared/plan/fit/rules.ts'
import { shapeNamed } from '../../../../support/model-cases.ts'

const GiB = 2 ** 30
const qwen32 = { shape: shapeNamed('qwen3-32b'), weightsBytes: 65.5e9 }
const r1 = { shape: shapeNamed('deepseek-r1'), weightsBytes: 689e9 }
const antangelmed = { shape: shapeNamed('antangelmed'), weightsBytes: 206e9 }
const cards = (usableGibibytes: number, count: number, perMachine = 8) =>
  placesOfKind({ usableBytes: usableGibibytes * GiB, perMachine }, count)
const wish = { contextTokens: 8192, users: 1, kvBits: 16 } as const
const fitsOf = (answer: ReturnType<typeof fitModel>) => (answer.kind === 'fits' ? answer.fits : [])
const bestOf = (answer: ReturnType<typeof fitModel>) => fitsOf(answer)[0]
const layoutsOf = (answer: ReturnType<typeof fitModel>) =>
  fitsOf(answer).map(({ layout: { tensor, pipeline, data } }) => [tensor, pipeline, data])

describe('a model that fits', () => {
  it('takes as few devices as serve the wish, and says the sum of one of them', () => {
    const answer = fitModel(qwen32, { places: cards(61, 8), rules: fitRules['atlas-a2'] }, { ...wish, users: 20 })
    expect(bestOf(answer)).toMatchObject({
      layout: { tensor: 2, pipeline: 1, data: 1, attentionGroups: 1 },
      devices: ['0', '1'],
      users: 22,
    })
    expect(bestOf(answer)?.perDevice).toEqual({
      ...{ usableBytes: 61 * GiB, utilization: 0.9, heldBytes: 0 },
      ...{ weightsBytes: 65.5e9 / 2, activationBytes: 1.5 * GiB, runtimeBytes: 0.5 * GiB },
      kvRoomBytes: 61 * GiB * 0.9 - 65.5e9 / 2 - 2 * GiB,
      kvNeededBytes: 20 * 8192 * 128 * 1024,
    })
  })

  it('prefers no pipeline, then few devices, then the most users', () => {
    const answer = fitModel(qwen32, { places: cards(61, 4), rules: fitRules.cuda }, wish)
    expect(layoutsOf(answer)).toEqual([
      ...[
        [2, 1, 1],
        [4, 1, 1],
        [2, 1, 2],
      ],
      ...[
        [1, 2, 1],
        [2, 2, 1],
        [1, 2, 2],
        [1, 3, 1],
        [1, 4, 1],
      ],
    ])
  })

  it('puts copies side by side, each with users of its own', () => {
    const two = { places: cards(95, 2), rules: { ...fitRules.cuda, tensor: 'one', pipeline: 'none' } as const }
    expect(usersOn(qwen32, two, wish)).toBe(22)
    const answer = fitModel(qwen32, two, { ...wish, users: 12 })
    expect(bestOf(answer)).toMatchObject({ layout: { data: 2 }, users: 22 })
    expect(layoutsOf(answer)).toHaveLength(1)
  })

  it('says the longest sequence that fits, at most what the model was made for', () => {
    const longest = (usable: number) => {
      const answer = fitModel(
        { shape: shapeNamed('baichuan-m2-32b'), weightsBytes: 19.5e9 },
        { places: cards(usable, 1), rules: fitRules.cuda },
        { ...wish, contextTokens: 1024 },
      )
      return bestOf(answer)?.longestContextTokens
    }
    expect(longest(23.5)).toBe(Math.floor((23.5 * 0.9 * GiB - 2 * GiB - 19.5e9) / (256 * 1024)))
    expect(longest(95)).toBe(131_072)
  })

  it('with a compressed cache serves more in groups of their own, which hold the attention again', () => {
    const answer = fitModel(r1, { places: cards(61, 16, 16), rules: fitRules['atlas-a3'] }, { ...wish, users: 40 })
    expect(bestOf(answer)?.layout).toEqual({ tensor: 16, pipeline: 1, data: 1, attentionGroups: 8 })
    const groups = fitsOf(answer).find(({ layout }) => layout.attentionGroups === 2)
    expect((groups?.perDevice.kvRoomBytes ?? 0) / GiB).toBeCloseTo(12.1, 1)
    expect(groups?.tokens).toBeGreaterThan(2 * 184_000)
    if (r1.shape.attention.kind !== 'latent') throw new Error('the fixture has a compressed cache')
    const { attentionWeightsBytes: _, ...attention } = r1.shape.attention
    const unweighed = possibleLayouts({ ...r1.shape, attention }, cards(61, 16, 16), fitRules['atlas-a3'])
    expect(unweighed.every(({ layout }) => layout.attentionGroups === 1)).toBe(true)
  })
})

describe('a model that does not fit', () => {
  it('says how many bytes are missing on each device, and how many of these cards would do', () => {
    const answer = fitModel(qwen32, { places: cards(30, 2), rules: fitRules['atlas-a2'] }, wish)
    const room = 27 * GiB - 65.5e9 / 2 - 2 * GiB
    expect(answer).toMatchObject({
      kind: 'memory-missing',
      nearest: { layout: { tensor: 2 }, missingBytes: 8192 * 128 * 1024 - room, users: 0, tokens: 0 },
      cardsNeeded: 4,
    })
  })

  it('says no number of cards where none would do', () => {
    const one: FitRules = { ...fitRules.cuda, tensor: 'one', pipeline: 'none' }
    const answer = fitModel(qwen32, { places: cards(30, 2), rules: one }, wish)
    expect(answer).toMatchObject({ kind: 'memory-missing' })
    expect(answer).not.toHaveProperty('cardsNeeded')
  })

  it('is told apart from a context that is too long for it', () => {
    const tooLong = { ...wish, contextTokens: 50_000 }
    const where = { places: cards(95, 8), rules: fitRules.cuda }
    expect(fitModel(qwen32, where, tooLong)).toMatchObject({ kind: 'context-too-long', maxContextTokens: 40_960 })
    const answer = fitModel(qwen32, where, tooLong, { override: true })
    expect(bestOf(answer)).toMatchObject({ overridden: ['context'] })
  })

  it('is given all the same to who overrides it, with what it lacks', () => {
    const where = { places: cards(30, 4), rules: fitRules['atlas-a2'] }
    const answer = fitModel(qwen32, where, wish, { override: true })
    const [best, ...others] = fitsOf(answer)
    expect(best).toMatchObject({ layout: { tensor: 4, pipeline: 1 }, missingBytes: 0 })
    expect(best).not.toHaveProperty('overridden')
    const alone = others.find(({ devices }) => devices.length === 1)
    expect(alone).toMatchObject({ overridden: ['memory'], missingBytes: expect.any(Number) })
  })

  it('has no layout where there is no device', () => {
    expect(fitModel(qwen32, { places: [], rules: fitRules.cuda }, wish)).toEqual({ kind: 'no-layout' })
    expect(fitModel(qwen32, { places: cards(61, 1), rules: fitRules['atlas-a3'] }, wish)).toEqual({ kind: 'no-layout' })
    expect(usersOn(qwen32, { places: [], rules: fitRules.cuda }, wish)).toBe(0)
  })
})

describe('what to buy', () => {
  it('is the fewest cards that serve so many users', () => {
    const l40s = { usableBytes: 44.4 * GiB, perMachine: 8, rules: fitRules.cuda }
    // Three and five are stages: 64 heads are not split so.
    expect([1, 7, 8, 60].map((users) => cardsFor(qwen32, l40s, { ...wish, users }))).toEqual([2, 2, 3, 5])
    const a2 = { usableBytes: 61 * GiB, perMachine: 8, rules: fitRules['atlas-a2'] }
    expect(cardsFor(antangelmed, a2, wish)).toBe(4)
    expect(cardsFor(r1, a2, wish)).toBe(16)
  })

  it('is in pairs where cards are pairs', () => {
    const a3 = { usableBytes: 61 * GiB, perMachine: 16, rules: fitRules['atlas-a3'] }
    expect(cardsFor({ ...qwen32, weightsBytes: 16e9 }, a3, wish)).toBe(2)
    expect(cardsFor(r1, a3, wish)).toBe(16)
  })
})

describe('devices', () => {
  const where = (places: readonly Place[], rules: FitRules = fitRules.cuda) => ({ places, rules })

  it('have less room by what neighbours hold there', () => {
    const [first, second] = cards(95, 2)
    if (first === undefined || second === undefined) throw new Error('two cards')
    const held = { ...first, heldBytes: 12 * GiB }
    expect(usersOn(qwen32, where([held]), wish)).toBe(5)
    const answer = fitModel(qwen32, where([held, second]), wish)
    // The empty one comes first.
    expect(bestOf(answer)).toMatchObject({ devices: ['1'], users: 11 })
  })

  it('that differ have the room of the smallest each', () => {
    const mixed = [...cards(61, 1), { ...cards(95, 2)[1] }] as Place[]
    const answer = fitModel(qwen32, where(mixed, { ...fitRules.cuda, pipeline: 'none' }), { ...wish, users: 12 })
    expect(bestOf(answer)).toMatchObject({ perDevice: { usableBytes: 61 * GiB }, users: 22 })
  })

  it('of two machines share no tensor split, and stand in one pipeline', () => {
    const answer = fitModel(r1, where(cards(61, 16), fitRules['atlas-a2']), wish)
    expect(bestOf(answer)).toMatchObject({ layout: { tensor: 8, pipeline: 2 } })
    expect(layoutsOf(answer).every(([tensor = 0]) => tensor <= 8)).toBe(true)
  })

  it('that use the memory of the host divide it among themselves', () => {
    const device = { machine: 'spark', usableBytes: 0, heldBytes: 0, sharesHostMemory: true }
    const host = { machine: 'spark', usableBytes: 120 * GiB, heldBytes: 20 * GiB }
    const own = { id: 'own', machine: 'spark', usableBytes: 24 * GiB, heldBytes: GiB, sharesHostMemory: false }
    const devices = [{ id: 'a', ...device, heldBytes: 10 * GiB }, { id: 'b', ...device }, own]
    expect(placesOf(devices, [host])).toEqual([
      { id: 'a', machine: 'spark', usableBytes: 60 * GiB, heldBytes: 15 * GiB },
      { id: 'b', machine: 'spark', usableBytes: 60 * GiB, heldBytes: 15 * GiB },
      { id: 'own', machine: 'spark', usableBytes: 24 * GiB, heldBytes: GiB },
    ])
    expect(placesOf(devices, [])).toEqual([{ id: 'own', machine: 'spark', usableBytes: 24 * GiB, heldBytes: GiB }])
  })

  it('are the host itself where there are none', () => {
    const place = placeOfHost({ machine: 'ward', usableBytes: 64 * GiB, heldBytes: 8 * GiB })
    const model = { shape: shapeNamed('qwen3-8b'), weightsBytes: 5 * GiB }
    const answer = fitModel(model, where([place], fitRules.processor), { ...wish, users: 4 })
    const kvRoomBytes = 64 * GiB * 0.9 - 8 * GiB - 7 * GiB
    expect(bestOf(answer)).toMatchObject({ devices: ['host'], perDevice: { kvRoomBytes } })
    expect(layoutsOf(answer)).toEqual([[1, 1, 1]])
  })

  it('of llama.cpp have whole layers each', () => {
    const layouts = possibleLayouts(qwen32.shape, cards(23.5, 4), fitRules['llama-cpp']).map(({ layout }) => layout)
    expect(layouts.map(({ tensor, pipeline, data }) => [tensor, pipeline, data])).toEqual(
      [1, 2, 3, 4].map((pipeline) => [1, pipeline, 1]),
    )
  })
})

describe('a tensor split', () => {
  it('divides the attention heads, the KV heads or copies those evenly, and the heads of a state', () => {
    const sizes = (model: string, rules: FitRules = fitRules.cuda) => tensorSizes(shapeNamed(model), rules, 16)
    expect(sizes('qwen2.5-7b')).toEqual([1, 2, 4])
    expect(sizes('qwen3-14b')).toEqual([1, 2, 4, 8])
    expect(sizes('qwen3-32b')).toEqual([1, 2, 4, 8, 16])
    // 24 heads: three and six do not go with four KV heads, twelve does not with the 16 heads of the state.
    expect(sizes('qwen3.5-27b')).toEqual([1, 2, 4, 8])
    expect(sizes('qwen3-32b', fitRules['llama-cpp'])).toEqual([1])
    const odd = { ...shapeNamed('qwen3-8b'), attention: { ...shapeNamed('qwen3-8b').attention, attentionHeads: 24 } }
    const sixKv = { ...odd, attention: { ...odd.attention, kvHeads: 6 } } as typeof odd
    expect(tensorSizes(sixKv, fitRules.cuda, 16)).toEqual([1, 2, 3, 6, 12])
    expect(tensorSizes(sixKv, fitRules['atlas-a2'], 16)).toEqual([1, 2])
  })

  it('takes pairs as pairs, also where one of them is emptier', () => {
    const places = cards(61, 4).map((one, at) => ({ ...one, heldBytes: at === 0 ? 30 * GiB : 0 }))
    const pairs = possibleLayouts(shapeNamed('qwen3-8b'), places, fitRules['atlas-a3'])
    const used = pairs.map((one) => one.places.map(({ id }) => id).join(''))
    expect(new Set(used)).toEqual(new Set(['23', '2301']))
  })
})
