// Proof that a model is computed where it was planned: what the container sees of its devices, what its engine says about
// them, what they did while it wrote, and how fast it was. What could not be read is unreadable and never proven. Texts
// here come from an appliance: evidence, bounded, and no sentences of ours.
import * as z from 'zod'
import { acceleratorKind, vendor } from './accelerator.ts'
import { readingOf } from './reading.ts'

const count = z.int().nonnegative()
const line = z.string().max(300)
const product = z.string().max(200)
const percent = z.number().min(0).max(100)
const rate = z.number().nonnegative()
const place = { index: count, chip: count }

/**
 * Where it was planned to be computed. `from`: the devices that the container was given; where it was given none, its plan
 * or the words of its command, which want some.
 */
export const expectedDevices = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('accelerators'),
    from: z.enum(['given', 'plan', 'command']),
    /** Missing where nobody says whose: it was given none, and the host has none or several makers'. */
    vendor: vendor.optional(),
    kind: acceleratorKind.optional(),
    /** Unreadable where the host's own tool does not say; absent where the devices are not all the same. */
    product: readingOf(product),
    count: z.int().positive(),
    /** Of the smallest of them, as the host's tool says it. */
    memoryBytes: readingOf(count),
  }),
  z.strictObject({ on: z.literal('processor') }),
  z.strictObject({ on: z.literal('unreadable'), why: line }),
])
export type ExpectedDevices = z.infer<typeof expectedDevices>

/** What is there inside the container; `nodes`: no tool answers in it, and its nodes say how many and no more. */
export const insideDevices = z.strictObject({
  by: z.enum(['tool', 'nodes']),
  count,
  /** Each kind once; empty where only nodes say it. */
  products: z.array(product).max(16),
  /** Of the smallest of them. */
  memoryBytes: readingOf(count),
})
export type InsideDevices = z.infer<typeof insideDevices>

/** What an engine wrote about its devices when it started. Missing: it does not say. */
export const engineWord = z.strictObject({
  computesOn: z.enum(['accelerators', 'both', 'processor']).optional(),
  /** Of the model; of all of them so many are on accelerators. */
  layers: z.strictObject({ onAccelerators: count, all: count }).optional(),
  /** As the engine calls them. */
  devices: z.array(product).max(64),
  /** How many tokens have room in the cache at once. */
  cacheTokens: count.optional(),
  /** How many requests of the longest length have. */
  maximumConcurrency: rate.optional(),
  /** The lines that this was read from. */
  lines: z.array(line).max(12),
})
export type EngineWord = z.infer<typeof engineWord>

/** One device before, while and after the model wrote. */
export const deviceActivity = z.strictObject({
  ...place,
  product: readingOf(product),
  /** The mean of the readings of each time; while it wrote also the highest. */
  before: readingOf(percent),
  during: readingOf(percent),
  highest: readingOf(percent),
  after: readingOf(percent),
  memoryUsedBytes: readingOf(count),
  memoryTotalBytes: readingOf(count),
  /** Of that, what the container's own processes hold. Absent: none of them is there; unreadable: the tool does not say whose it is. */
  heldBytes: readingOf(count),
  /** Its utilization rose while the model wrote, or it was busy all the time and is nobody else's. Missing where that cannot be told. */
  moved: z.boolean().optional(),
})
export type DeviceActivity = z.infer<typeof deviceActivity>

export const activityReading = z.strictObject({
  /** How long the model wrote, how many tokens, and how often the devices were read meanwhile. */
  seconds: z.number().nonnegative(),
  outputTokens: count,
  readings: count,
  devices: z.array(deviceActivity).max(128),
})
export type ActivityReading = z.infer<typeof activityReading>

/** What is usual on such hardware. `benchmark`: measured on this appliance before; `evidence`: of the catalog. */
export const speedBand = z.strictObject({
  least: rate,
  most: rate,
  from: z.enum(['benchmark', 'evidence', 'estimate']),
})
export type SpeedBand = z.infer<typeof speedBand>

/** Of one answer at a time. Without a band nobody knows what is usual. */
export const measuredSpeed = z.strictObject({ tokensPerSecond: readingOf(rate), band: speedBand.optional() })
export type MeasuredSpeed = z.infer<typeof measuredSpeed>

export const deviceFinding = z.discriminatedUnion('finding', [
  z.strictObject({ finding: z.literal('fewer-devices'), seen: count, expected: count }),
  z.strictObject({ finding: z.literal('more-devices'), seen: count, expected: count }),
  z.strictObject({ finding: z.literal('other-product'), seen: product, expected: product }),
  z.strictObject({ finding: z.literal('less-memory'), seenBytes: count, expectedBytes: count }),
  /** Its plan or its command wants accelerators, and the container was given none. */
  z.strictObject({ finding: z.literal('none-given') }),
  z.strictObject({ finding: z.literal('computes-on-processor'), said: line }),
  z.strictObject({ finding: z.literal('partly-on-processor'), onAccelerators: count, all: count }),
  /** Planned for the processor, and an accelerator computes. */
  z.strictObject({ finding: z.literal('computes-on-accelerator'), said: line }),
  /** None of them did anything while the model wrote. */
  z.strictObject({ finding: z.literal('device-idle') }),
  /** Some did, these did not. */
  z.strictObject({ finding: z.literal('some-idle'), devices: z.array(z.string().max(40)).max(128) }),
  z.strictObject({ finding: z.literal('slower-than-expected'), tokensPerSecond: rate, least: rate }),
  z.strictObject({ finding: z.literal('faster-than-expected'), tokensPerSecond: rate, most: rate }),
  z.strictObject({ finding: z.literal('expected-unreadable'), why: line }),
  z.strictObject({ finding: z.literal('inside-unreadable'), why: line }),
  /** How many is known, and which and how big is not. */
  z.strictObject({ finding: z.literal('only-nodes') }),
  z.strictObject({ finding: z.literal('log-unreadable'), why: line }),
  /** Neither its log nor its memory on a device says where the engine computes. */
  z.strictObject({ finding: z.literal('engine-silent') }),
  z.strictObject({ finding: z.literal('activity-unreadable'), why: line }),
  /** It wrote too little, or the devices were read too seldom, to say that they were idle. */
  z.strictObject({ finding: z.literal('too-short') }),
  z.strictObject({ finding: z.literal('no-answer'), why: line }),
])
export type DeviceFinding = z.infer<typeof deviceFinding>
export type DeviceFindingName = DeviceFinding['finding']

export const deviceProofState = z.enum(['proven', 'refuted', 'unproven'])
export type DeviceProofState = z.infer<typeof deviceProofState>

/** Why: two that are well, or the finding that weighs most. */
export const deviceProofReason = z.enum([
  ...(['computes-on-devices', 'processor-as-planned'] as const),
  ...(['fewer-devices', 'other-product', 'less-memory', 'none-given'] as const),
  ...(['computes-on-processor', 'partly-on-processor', 'computes-on-accelerator'] as const),
  ...(['device-idle', 'slower-than-expected'] as const),
  ...(['expected-unreadable', 'inside-unreadable', 'only-nodes', 'log-unreadable', 'engine-silent'] as const),
  ...(['activity-unreadable', 'too-short', 'no-answer'] as const),
])
export type DeviceProofReason = z.infer<typeof deviceProofReason>

export const deviceProof = z.strictObject({
  format: z.literal(1),
  /** UTC, ISO 8601, the console's clock. */
  at: z.string().max(40),
  deployment: z.string().max(100),
  entry: z.string().max(64),
  version: z.string().max(64),
  model: z.string().max(200),
  expected: expectedDevices,
  /** Absent where nothing is to be seen: planned for the processor, and given nothing. */
  inside: readingOf(insideDevices),
  /** Absent where its log says nothing of devices. */
  log: readingOf(engineWord),
  /** Absent where the host has no accelerator that could do anything. */
  activity: readingOf(activityReading),
  speed: measuredSpeed,
  findings: z.array(deviceFinding).max(20),
  state: deviceProofState,
  reason: deviceProofReason,
})
export type DeviceProof = z.infer<typeof deviceProof>

export const deviceProofEvent = z.discriminatedUnion('event', [
  /** This one is looked at now. */
  z.strictObject({ event: z.literal('begin'), deployment: z.string().max(100), model: z.string().max(200) }),
  /** Its model writes now, while the devices are watched. */
  z.strictObject({ event: z.literal('writing'), deployment: z.string().max(100) }),
  z.strictObject({ event: z.literal('proof'), proof: deviceProof }),
  /** The last one, with all of them. */
  z.strictObject({ event: z.literal('end'), proofs: z.array(deviceProof).max(100) }),
])
export type DeviceProofEvent = z.infer<typeof deviceProofEvent>
