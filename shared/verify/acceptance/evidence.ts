// What a certificate says of hardware, for the catalog entry of each model that it measured; and whether what was measured
// is as good as what an entry says of such hardware.
import type { Acceptance, AcceptedLoad, AcceptedService } from '../../domain/acceptance.ts'
import type { DeviceProof } from '../../domain/device-proof.ts'
import type { HardwareClass, MeasuredEvidence, NotContributed } from '../../domain/entry/measured.ts'
import { valueOr } from '../../domain/reading.ts'
import { isCutShort, isRough } from './load-figures.ts'

export type Contribution = {
  readonly deployment: string
  readonly model: { readonly entry: string; readonly version: string; readonly form: string }
  readonly measured: MeasuredEvidence
}
export type Contributions = {
  readonly found: readonly Contribution[]
  readonly left: readonly { readonly deployment: string; readonly why: NotContributed }[]
}

/** `certificate`: the digest of its bytes. `signedBy`: the fingerprint of its key. Both were checked before. */
type Signed = { readonly certificate: string; readonly signedBy: string }

export function contributionsOf(accepted: Acceptance, signed: Signed): Contributions {
  const found: Contribution[] = []
  const left: Contributions['left'][number][] = []
  for (const service of accepted.services) {
    if (service.serves !== 'openai-chat') continue
    const one = contributionOf(accepted, service, signed)
    if (typeof one === 'string') left.push({ deployment: service.deployment, why: one })
    else found.push(one)
  }
  return { found, left }
}

function contributionOf(accepted: Acceptance, service: AcceptedService, signed: Signed): Contribution | NotContributed {
  const { deployment, entry: runtime, version: runtimeVersion, form: model } = service
  const { settings, startedAt, appliance } = accepted
  if (appliance.demo === true) return 'demo'
  if (model?.form === undefined) return 'no-form'
  const proof = accepted.devices.find((one) => one.deployment === deployment)
  if (proof?.state !== 'proven') return 'device-unproven'
  const hardware = hardwareOf(proof, accepted.inventory)
  if (hardware === undefined) return 'hardware-unread'
  const load = accepted.loads.find((one) => one.deployment === deployment)
  const level = load?.levels.find(({ users }) => users === settings.users)
  if (load?.end !== 'done' || level?.ttftMs === undefined || level.tpotMs === undefined) return 'not-measured'
  // By its own figures: what a document says of itself is not asked.
  const isAgainst = level.breaks.length > 0 || isCutShort(load.outputIs, level, settings)
  if (isAgainst || isRefused(accepted, deployment)) return 'refused'
  if (isRough(level, settings)) return 'rough-figures'
  const alone = valueOr(proof.speed.tokensPerSecond, undefined)
  const { users, inputTokens, outputTokens } = settings
  return {
    deployment,
    model: { entry: model.entry, version: model.version, form: model.form },
    measured: {
      ...{ hardware, runtime, runtimeVersion, ...(alone !== undefined && { tokensPerSecond: rounded(alone) }) },
      ...{ users, inputTokens, outputTokens },
      ...{ ttftP95Ms: rounded(level.ttftMs.p95), tpotP95Ms: rounded(level.tpotMs.p95) },
      outputTokensPerSecond: rounded(level.outputTokensPerSecond),
      ...{ measuredOn: startedAt.slice(0, 10), ...signed },
    },
  }
}

/** Something speaks against the whole, or against this one. */
function isRefused({ verdict, points }: Acceptance, deployment: string): boolean {
  const against = points.filter(({ weight }) => weight === 'refuses')
  return verdict === 'refused' || against.some(({ about }) => about === deployment)
}

/** What a model was proven to be computed on; undefined where that is not all told. */
export function hardwareOf(
  { expected }: Pick<DeviceProof, 'expected'>,
  inventory: Pick<Acceptance['inventory'], 'processor' | 'cores'>,
): HardwareClass | undefined {
  if (expected.on === 'unreadable') return undefined
  if (expected.on === 'processor') {
    const [product, cores] = [valueOr(inventory.processor, ''), valueOr(inventory.cores, 0)]
    return product === '' || cores === 0 ? undefined : { on: 'processor', product, cores }
  }
  const { vendor, count, product: named, memoryBytes } = expected
  const product = valueOr(named, '')
  if (vendor === undefined || product === '') return undefined
  const memory = memoryBytes.state === 'known' && memoryBytes.value > 0 ? { memoryBytes: memoryBytes.value } : {}
  return { on: 'accelerators', vendor, product, count, ...memory }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Half as fast again as what is usual is no accident of one measurement. */
const slowerBy = 1.5

/** What the entry says such hardware gives, where it was measured with the same wishes; undefined where it is as good. */
export function slowerThanEvidence(
  { evidence, levels }: Pick<AcceptedLoad, 'evidence' | 'levels'>,
  settings: Acceptance['settings'],
): string | undefined {
  if (evidence === undefined || !isSameWish(evidence, settings)) return undefined
  const level = levels.find(({ users }) => users === settings.users)
  if (level?.ttftMs === undefined || level.tpotMs === undefined) return undefined
  const pairs = [
    ['TTFT p95', 'ms', level.ttftMs.p95, evidence.ttftP95Ms],
    ['TPOT p95', 'ms', level.tpotMs.p95, evidence.tpotP95Ms],
  ] as const
  const slow = pairs
    .filter(([, , here, usual]) => here > slowerBy * usual)
    .map(([name, unit, here, usual]) => `${name} ${rounded(here)} ${unit} > ${rounded(usual)} ${unit}`)
  return slow.length === 0 ? undefined : slow.join(', ')
}

function isSameWish(
  evidence: Pick<MeasuredEvidence, 'users' | 'inputTokens' | 'outputTokens'>,
  { users, inputTokens, outputTokens }: Acceptance['settings'],
): boolean {
  return evidence.users === users && evidence.inputTokens === inputTokens && evidence.outputTokens === outputTokens
}
