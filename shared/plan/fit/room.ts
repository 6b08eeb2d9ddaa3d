// One layout on given devices, as a sum with every term: what weights, activation and runtime leave for the cache of
// each device, and how many tokens and users that is. In bytes. The device with the least decides for all.
import type { ModelLayout } from '../../domain/model-layout.ts'
import type { ModelShape } from '../../domain/model-shape.ts'
import { type KvBits, sequenceBytes, stageShare } from './kv-cache.ts'
import { freeBytes, type Place } from './places.ts'
import type { FitRules } from './rules.ts'

export type FitModel = { readonly shape: ModelShape; readonly weightsBytes: number }
export type FitWish = {
  /** At least 1. */
  readonly contextTokens: number
  /** At the same time, each with a full context. */
  readonly users: number
  readonly kvBits: KvBits
}

/** Of the device that decides: usableBytes x utilization - held - weights - activation - runtime = kvRoom. */
export type DeviceSum = {
  readonly usableBytes: number
  readonly utilization: number
  readonly heldBytes: number
  readonly weightsBytes: number
  readonly activationBytes: number
  readonly runtimeBytes: number
  /** Below zero where not even the weights fit. */
  readonly kvRoomBytes: number
  /** For the wished users. */
  readonly kvNeededBytes: number
}

export type LayoutFit = {
  readonly layout: ModelLayout
  /** Ids of the places, as many as the layout has parts. */
  readonly devices: readonly string[]
  readonly perDevice: DeviceSum
  /** What all caches together hold in sequences of the wished context, and how many whole ones that is. */
  readonly tokens: number
  readonly users: number
  /** The longest sequence that fits when it is alone, at most what the model was made for; 0 when none does. */
  readonly longestContextTokens: number
  /** On each device; 0 where it fits. */
  readonly missingBytes: number
}

type Where = { readonly places: readonly Place[]; readonly rules: FitRules; readonly wish: FitWish }

export function layoutFit(model: FitModel, layout: ModelLayout, where: Where): LayoutFit {
  const { places, wish } = where
  const perDevice = deviceSum(model, layout, where)
  const part = { layout, kvBits: wish.kvBits }
  const room = Math.max(0, perDevice.kvRoomBytes)
  const sequences = room / sequenceBytes(model.shape, wish.contextTokens, part)
  return {
    ...{ layout, devices: places.map(({ id }) => id), perDevice },
    tokens: Math.floor(sequences * wish.contextTokens) * pools(layout),
    users: Math.floor(sequences) * pools(layout),
    longestContextTokens: longestContext(model.shape, room, part),
    missingBytes: Math.max(0, perDevice.kvNeededBytes - perDevice.kvRoomBytes),
  }
}

export function deviceSum(model: FitModel, layout: ModelLayout, { places, rules, wish }: Where): DeviceSum {
  const { usableBytes, heldBytes, ...place } = smallest(places, rules.utilization)
  const { utilization, activationBytes, runtimeBytes } = rules
  const weightsBytes = weightsPerDevice(model, layout)
  const free = freeBytes({ usableBytes, heldBytes, ...place }, utilization)
  const users = Math.ceil(wish.users / pools(layout))
  return {
    ...{ usableBytes, utilization, heldBytes, weightsBytes, activationBytes, runtimeBytes },
    kvRoomBytes: free - weightsBytes - activationBytes - runtimeBytes,
    kvNeededBytes: users * sequenceBytes(model.shape, wish.contextTokens, { layout, kvBits: wish.kvBits }),
  }
}

/** Caches that hold other sequences each. */
function pools({ data, attentionGroups }: ModelLayout): number {
  return data * attentionGroups
}

/** Groups with caches of their own each need the whole attention, split over their own devices only. */
function weightsPerDevice({ shape, weightsBytes }: FitModel, layout: ModelLayout): number {
  const { attention, layers } = shape
  const attentionBytes = attention.kind === 'latent' ? (attention.attentionWeightsBytes ?? 0) : 0
  const copies = attentionBytes * (layout.attentionGroups - 1)
  return ((weightsBytes + copies) / layout.tensor) * stageShare(layers, layout.pipeline)
}

/** Equal parts of a model need equal room: devices differ, so the one with the least counts. */
function smallest(places: readonly Place[], utilization: number): Place {
  const [first, ...others] = places
  if (first === undefined) throw new Error('a layout has devices')
  return others.reduce(
    (least, one) => (freeBytes(one, utilization) < freeBytes(least, utilization) ? one : least),
    first,
  )
}

/** By halving: more tokens never take less. */
function longestContext(shape: ModelShape, roomBytes: number, part: { layout: ModelLayout; kvBits: KvBits }): number {
  let [fits, fails] = [0, shape.maxContextTokens + 1]
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2)
    if (sequenceBytes(shape, middle, part) <= roomBytes) fits = middle
    else fails = middle
  }
  return fits
}
