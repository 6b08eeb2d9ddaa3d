// What a hospital signs after an installation, as a document that anybody can check: what is in the server, what runs on
// it and whose it is, that it computes where it should, answers as it should, is fast enough for so many users, and stays
// so while it is hot. Figures are those of the parts it is made of: bench.ts, canary.ts, device-proof.ts, finding.ts.
import * as z from 'zod'
import { auditCheckpoint } from './audit-checkpoint.ts'
import { benchBounds, benchEnd, benchLevel, benchResult, benchSettings } from './bench.ts'
import { canaryQuestion, canaryResult } from './canary.ts'
import { deviceProof } from './device-proof.ts'
import { measuredEvidence } from './entry/measured.ts'
import { examination } from './finding.ts'
import { publisherMark } from './origin.ts'
import { readingOf } from './reading.ts'
import { sha256Hex } from './sha256.ts'
import { deploymentVerdict } from './verdict.ts'

export const acceptanceId = z.string().regex(/^acceptance-[0-9a-f]{8}$/)

const word = z.string().max(200)
const count = z.int().nonnegative()
const seconds = z.number().nonnegative()

/** From and to which number each wish may be; the CLI says the same. `soakSeconds` 0: nothing is said of heat. */
export const acceptanceBounds = {
  users: benchBounds.users,
  ttftLimitMs: benchBounds.ttftLimitMs,
  tpotLimitMs: benchBounds.tpotLimitMs,
  inputTokens: benchBounds.inputTokens,
  outputTokens: benchBounds.outputTokens,
  seconds: benchBounds.seconds,
  // Every sample of it is held until its end.
  soakSeconds: [0, 14_400],
} as const satisfies Record<string, readonly [number, number]>
export type AcceptanceBound = keyof typeof acceptanceBounds

const [leastSoak, mostSoak] = acceptanceBounds.soakSeconds

export const acceptanceSettings = benchSettings
  .pick({ ttftLimitMs: true, tpotLimitMs: true, inputTokens: true, outputTokens: true, seconds: true, seed: true })
  .extend({
    /** Who ask each model at once, and are to be served within the limits. */
    users: z.int().min(benchBounds.users[0]).max(benchBounds.users[1]),
    /** How long all models are loaded by so many at once. */
    soakSeconds: z.int().min(leastSoak).max(mostSoak),
  })
export type AcceptanceSettings = z.infer<typeof acceptanceSettings>

/** What somebody says of it; the rest is usual. */
export const acceptanceWish = acceptanceSettings.omit({ seed: true }).partial()
export type AcceptanceWish = z.infer<typeof acceptanceWish>

export const usualAcceptance: Omit<AcceptanceSettings, 'seed'> = {
  ...{ users: 8, ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 128, seconds: 30 },
  soakSeconds: 600,
}

/** A card or chip as the vendor's tool shows it. */
const inventoryDevice = z.strictObject({
  vendor: word,
  index: count,
  chip: count,
  product: readingOf(word),
  /** Serial or uuid, where it says one: whose card it is. */
  serial: readingOf(word),
  memoryBytes: readingOf(count),
  firmware: readingOf(word),
  health: readingOf(z.string().max(20)),
})

const driver = z.strictObject({
  vendor: word,
  driver: readingOf(word),
  toolkit: readingOf(word),
  /** Of its devices on the bus. */
  onBus: readingOf(count),
})

export const inventory = z.strictObject({
  machineId: readingOf(word),
  hostname: readingOf(word),
  os: readingOf(word),
  kernel: readingOf(word),
  architecture: readingOf(word),
  processor: readingOf(word),
  cores: readingOf(count),
  memoryBytes: readingOf(count),
  /** Of the folder that models lie in. */
  diskBytes: readingOf(count),
  engine: readingOf(word),
  drivers: z.array(driver).max(16),
  devices: z.array(inventoryDevice).max(128),
})
export type Inventory = z.infer<typeof inventory>

/** One thing that runs there: which version, of which bytes, whose, and how it is. */
export const acceptedService = deploymentVerdict
  .pick({ deployment: true, entry: true, version: true, partOf: true, state: true, reason: true })
  .extend({
    /** Of the spec that it was made by, and the id of its image. */
    spec: z.string().max(80).optional(),
    image: z.string().max(80).optional(),
    publisher: publisherMark.optional(),
    model: word.optional(),
    /** The catalog entry of that, and which of its forms; missing in what was installed before it was noted. */
    form: z.strictObject({ entry: word, version: word, form: z.string().max(100).optional() }).optional(),
    /** What it serves, in the word of its proof; missing where that cannot be read. */
    serves: z.string().max(40).optional(),
  })
export type AcceptedService = z.infer<typeof acceptedService>

/** What was asked and how it was judged; the answers are nobody's business. */
export const acceptedCanary = canaryResult
  .pick({ canaryId: true, set: true, verdict: true, end: true, failure: true })
  .extend({
    deployment: word,
    questions: z.array(canaryQuestion.omit({ sketch: true, says: true, holds: true })).max(40),
  })
export type AcceptedCanary = z.infer<typeof acceptedCanary>

/** Of a level without the histogram of its gaps. */
export const acceptedLoad = benchResult.pick({ outputIs: true, end: true, failure: true, wayMs: true }).extend({
  deployment: word,
  model: word,
  levels: z.array(benchLevel.omit({ gaps: true })).max(4),
  /** What the catalog that it was installed from says of such hardware. */
  evidence: measuredEvidence.optional(),
})
export type AcceptedLoad = z.infer<typeof acceptedLoad>

const warmest = z.strictObject({
  vendor: word,
  index: count,
  chip: count,
  /** The highest of all samples, the mean of them, and how many there were. */
  highestCelsius: readingOf(z.number()),
  highestWatts: readingOf(z.number().nonnegative()),
  meanUtilization: readingOf(z.number().min(0).max(100)),
  samples: count,
})

export const soak = z.strictObject({
  /** Under load. */
  seconds,
  requests: count,
  failed: count,
  outputTokensPerSecond: z.number().nonnegative(),
  /** Of the first and of the last part of it: what heat takes away. */
  /** Each by itself: what one does not bear is no share of what the others do. */
  services: z
    .array(z.strictObject({ deployment: word, requests: count, failed: count, seconds, end: benchEnd }))
    .max(100),
  firstTokensPerSecond: z.number().nonnegative().optional(),
  lastTokensPerSecond: z.number().nonnegative().optional(),
  processorCelsius: readingOf(z.number()),
  devices: z.array(warmest).max(128),
  samples: count,
  /** Without a sample although one was due. */
  unseenSeconds: seconds,
})
export type Soak = z.infer<typeof soak>

/** Why it is refused. */
export const refusal = z.enum([
  'nothing-installed',
  'not-healthy',
  /** It was well before the load, and is not there as it was after it. */
  'did-not-last',
  /** A model that a part of the proof does not speak of. */
  'not-measured',
  'device-refuted',
  'canary-failed',
  'load-failed',
  'slower-first-token',
  'slower-tokens',
  'requests-fail',
  /** It ends its answers before they have as many tokens as it was told to write. */
  'answers-too-short',
  'soak-requests-fail',
  'soak-slows-down',
  'doctor-error',
  'taken-back',
])
export type AcceptanceRefusal = z.infer<typeof refusal>

/** What nobody could show, though nothing speaks against it. */
export const openPoint = z.enum([
  'device-unproven',
  'devices-idle',
  'canary-basic',
  'nothing-under-load',
  'no-soak',
  'short-soak',
  /** Without samples for some of the time. */
  'soak-unwatched',
  'no-temperature',
  'rough-figures',
  /** Than such hardware was when its catalog measured it. */
  'slower-than-evidence',
  'doctor-warning',
  'unread',
  'only-watched',
  'no-publisher',
])
export type AcceptanceOpenPoint = z.infer<typeof openPoint>

/** `about`: a deployment, a device or a rule of the doctor; empty where it is about the whole. */
const about = z.string().max(200)
export const acceptancePoint = z.discriminatedUnion('weight', [
  z.strictObject({ weight: z.literal('refuses'), point: refusal, about, detail: z.string().max(300).optional() }),
  z.strictObject({ weight: z.literal('open'), point: openPoint, about, detail: z.string().max(300).optional() }),
])
export type AcceptancePoint = z.infer<typeof acceptancePoint>

/** `open`: nothing speaks against it, and not all of it could be shown. */
export const acceptanceVerdict = z.enum(['accepted', 'open', 'refused'])
export type AcceptanceVerdict = z.infer<typeof acceptanceVerdict>

/** What is signed, as canonical JSON (shared/plan/canonical.ts). */
export const acceptance = z.strictObject({
  kind: z.literal('rackside-acceptance'),
  format: z.literal(1),
  acceptanceId,
  startedAt: z.string().max(40),
  seconds,
  who: word,
  console: z.strictObject({ computer: word, version: z.string().max(40).optional() }),
  appliance: z.strictObject({
    host: z.string().max(253),
    port: z.int(),
    demo: z.literal(true).optional(),
  }),
  settings: acceptanceSettings,
  inventory,
  services: z.array(acceptedService).max(200),
  devices: z.array(deviceProof).max(100),
  canaries: z.array(acceptedCanary).max(100),
  loads: z.array(acceptedLoad).max(100),
  soak: soak.optional(),
  examination,
  /** How far the console's audit had come: missing where there was none, and in certificates of before. */
  audit: auditCheckpoint.optional(),
  verdict: acceptanceVerdict,
  points: z.array(acceptancePoint).max(500),
})
export type Acceptance = z.infer<typeof acceptance>

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/** Beside it, of the same bytes: anybody can check it with OpenSSL alone. */
export const acceptanceSignature = z.strictObject({
  kind: z.literal('rackside-acceptance-signature'),
  format: z.literal(1),
  algorithm: z.literal('ed25519'),
  /** Of the document's bytes. */
  sha256: sha256Hex,
  publicKey: hex(32),
  signature: hex(64),
})

/** A refused one is kept, to be read, and signed by nobody. */
export const keptAcceptance = z.strictObject({ document: acceptance, signature: acceptanceSignature.optional() })
export type KeptAcceptance = z.infer<typeof keptAcceptance>

/** For a list. */
export const acceptanceHead = acceptance
  .pick({ acceptanceId: true, startedAt: true, seconds: true, who: true, appliance: true, settings: true })
  .extend({ verdict: acceptanceVerdict, refusals: count, open: count, signed: z.boolean() })
export type AcceptanceHead = z.infer<typeof acceptanceHead>

export function acceptanceHeadOf({ document, signature }: KeptAcceptance): AcceptanceHead {
  const { acceptanceId: id, startedAt, seconds: took, who, appliance, settings, verdict, points } = document
  const refusals = points.filter(({ weight }) => weight === 'refuses').length
  return {
    ...{ acceptanceId: id, startedAt, seconds: took, who, appliance, settings, verdict },
    ...{ refusals, open: points.length - refusals, signed: signature !== undefined },
  }
}

/** In this order. */
export const acceptanceStage = z.enum(['inventory', 'devices', 'canary', 'load', 'soak', 'health', 'doctor'])
export type AcceptanceStage = z.infer<typeof acceptanceStage>

export const acceptanceEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('begin'), acceptanceId, settings: acceptanceSettings }),
  z.strictObject({ event: z.literal('stage'), stage: acceptanceStage }),
  /** What is looked at now, and how far that is, from 0 to 1, where that is known. */
  z.strictObject({
    event: z.literal('progress'),
    stage: acceptanceStage,
    about,
    share: z.number().min(0).max(1).optional(),
  }),
  /** The last one. */
  z.strictObject({ event: z.literal('result'), result: keptAcceptance }),
])
export type AcceptanceEvent = z.infer<typeof acceptanceEvent>

/** Why a file is no certificate that counts. */
export const acceptanceFault = z.enum(['not-a-certificate', 'not-a-signature', 'changed', 'signature-wrong', 'newer'])
export type AcceptanceFault = z.infer<typeof acceptanceFault>

/**
 * `key`: how this console knows the key that signed: its own; the one of this server's certificates before; seen now for the
 * first time; another one than before. `unnamed`: the document says of no server which one it is.
 */
export const acceptanceCheck = z.discriminatedUnion('valid', [
  z.strictObject({
    valid: z.literal(true),
    document: acceptance,
    fingerprint: word,
    key: z.enum(['own', 'known', 'first', 'unnamed', 'other']),
    /** The one before. */
    otherKey: word.optional(),
  }),
  z.strictObject({ valid: z.literal(false), fault: acceptanceFault, detail: z.string().max(300) }),
])
export type AcceptanceCheck = z.infer<typeof acceptanceCheck>

export const acceptanceFigure = z.enum([
  ...(['ttft-p50', 'ttft-p95', 'tpot-p50', 'tpot-p95', 'e2e-p95', 'output-rate', 'good-share'] as const),
  ...(['soak-rate', 'highest-celsius'] as const),
])
export type AcceptanceFigure = z.infer<typeof acceptanceFigure>

/** From an earlier one to a later one: figures, and what came, went or changed. */
export const acceptanceComparison = z.strictObject({
  before: acceptanceHead,
  after: acceptanceHead,
  /** They are of two machines. */
  otherMachine: z.boolean(),
  otherSettings: z.array(z.enum(['users', 'ttftLimitMs', 'tpotLimitMs', 'inputTokens', 'outputTokens', 'seconds'])),
  /** Versions, drivers, firmware, devices: what stood in the first and what stands in the second; empty where nothing did. */
  changes: z.array(z.strictObject({ what: word, before: word, after: word })).max(500),
  rows: z
    .array(
      z.strictObject({
        figure: acceptanceFigure,
        about,
        before: z.number(),
        after: z.number(),
        percent: z.number().optional(),
        change: z.enum(['better', 'worse', 'same']),
      }),
    )
    .max(500),
  points: z.strictObject({ gone: z.array(acceptancePoint).max(500), came: z.array(acceptancePoint).max(500) }),
})
export type AcceptanceComparison = z.infer<typeof acceptanceComparison>

/** What is written for somebody: the three files of one certificate. */
export const acceptanceFiles = z.strictObject({
  name: z.string().max(100),
  /** The bytes that are signed. */
  document: z.string(),
  signature: z.string().optional(),
  page: z.string(),
})
export type AcceptanceFiles = z.infer<typeof acceptanceFiles>
