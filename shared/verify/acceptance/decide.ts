// Whether a server can be accepted, and if not, why: what speaks against it, and what nobody could show. Nothing that was
// not seen counts as good.
import type { Acceptance, AcceptancePoint, AcceptanceVerdict } from '../../domain/acceptance.ts'
import type { BrokenLimit } from '../../domain/bench.ts'
import { slowerThanEvidence } from './evidence.ts'
import { isCutShort, isRough } from './load-figures.ts'

/** Of all requests, so many may fail: 99.5 of 100 are to succeed. */
const failingShare = 0.005
/** What heat may take of the speed before it is said. */
const slowedTo = 0.85
/** Without samples for more of the time than this, nobody knows how warm it was. */
const unseenShare = 0.1
/** Shorter, and not all of it is warm. */
const usualSoakSeconds = 600

type Parts = Omit<Acceptance, 'verdict' | 'points'> & {
  /** What its publisher has taken back, by deployment. */
  readonly takenBack: readonly string[]
  /** Services that stopped or began anew while the server was loaded. */
  readonly fallen: readonly string[]
}

export function decide(parts: Parts): Pick<Acceptance, 'verdict' | 'points'> {
  const points = [
    ...ofServices(parts),
    ...parts.fallen.map((one) => refuses('did-not-last', one)),
    ...ofUnmeasured(parts),
    ...parts.devices.flatMap(ofDevice),
    ...parts.canaries.flatMap(ofCanary),
    ...ofLoads(parts),
    ...ofSoak(parts),
    ...ofDoctor(parts),
  ]
  // What speaks against it is said first, and is never what is left out.
  const byWeight = [...points.filter(isRefusal), ...points.filter((one) => !isRefusal(one))]
  return { verdict: verdictOf(points), points: byWeight.slice(0, 500) }
}

function isRefusal({ weight }: AcceptancePoint): boolean {
  return weight === 'refuses'
}

function verdictOf(points: readonly AcceptancePoint[]): AcceptanceVerdict {
  if (points.some(isRefusal)) return 'refused'
  return points.length > 0 ? 'open' : 'accepted'
}

type Refusal = Extract<AcceptancePoint, { weight: 'refuses' }>['point']
type Open = Extract<AcceptancePoint, { weight: 'open' }>['point']

function refuses(point: Refusal, about: string, detail?: string): AcceptancePoint {
  return { weight: 'refuses', point, about, ...(detail !== undefined && { detail: detail.slice(0, 300) }) }
}

function open(point: Open, about: string, detail?: string): AcceptancePoint {
  return { weight: 'open', point, about, ...(detail !== undefined && { detail: detail.slice(0, 300) }) }
}

function ofServices({ services, takenBack }: Parts): AcceptancePoint[] {
  if (services.length === 0) return [refuses('nothing-installed', '')]
  const each = services.flatMap(({ deployment, state, reason, publisher, partOf }): AcceptancePoint[] => {
    const health =
      state === 'healthy'
        ? []
        : [reason === 'only-watched' ? open('only-watched', deployment) : refuses('not-healthy', deployment, reason)]
    return publisher === undefined && partOf === undefined ? [...health, open('no-publisher', deployment)] : health
  })
  return [...each, ...takenBack.map((one) => refuses('taken-back', one))]
}

/** What is asked of models is asked of each of them: one that is left out is not one that is well. */
function ofUnmeasured({ services, devices, canaries, loads }: Parts): AcceptancePoint[] {
  const seenIn = (all: readonly { readonly deployment: string }[], one: string) =>
    all.some(({ deployment }) => deployment === one)
  return services.flatMap(({ deployment, model, serves }) => {
    if (serves === undefined) return [refuses('not-measured', deployment)]
    if (model === undefined) return []
    const isLoaded = serves !== 'openai-chat' || seenIn(loads, deployment)
    const isSeen = seenIn(devices, deployment) && seenIn(canaries, deployment) && isLoaded
    return isSeen ? [] : [refuses('not-measured', deployment)]
  })
}

function ofDevice({ deployment, state, reason, findings }: Parts['devices'][number]): AcceptancePoint[] {
  if (state === 'proven') {
    const idle = findings.flatMap((one) => (one.finding === 'some-idle' ? one.devices : []))
    return idle.length === 0 ? [] : [open('devices-idle', deployment, idle.join(', '))]
  }
  return [
    state === 'refuted' ? refuses('device-refuted', deployment, reason) : open('device-unproven', deployment, reason),
  ]
}

function ofCanary({ deployment, verdict, end, set, questions }: Parts['canaries'][number]): AcceptancePoint[] {
  if (verdict === 'failed' || end !== 'done') {
    const problems = [...new Set(questions.flatMap((one) => (one.verdict === 'failed' ? one.problems : [])))]
    return [refuses('canary-failed', deployment, problems.join(' '))]
  }
  return set === 'basic' ? [open('canary-basic', deployment)] : []
}

const brokenLimits: { readonly [L in BrokenLimit]: Refusal } = {
  ttft: 'slower-first-token',
  tpot: 'slower-tokens',
  errors: 'requests-fail',
  'no-figures': 'requests-fail',
}

function ofLoads({ loads, settings }: Parts): AcceptancePoint[] {
  if (loads.length === 0) return [open('nothing-under-load', '')]
  return loads.flatMap((load): AcceptancePoint[] => {
    const { deployment, end, levels, failure, outputIs } = load
    const wanted = levels.find(({ users }) => users === settings.users)
    if (end !== 'done' || wanted === undefined) return [refuses('load-failed', deployment, failure?.kind)]
    if (wanted.breaks.length > 0) {
      return [...new Set(wanted.breaks.map((one) => brokenLimits[one]))].map((one) => refuses(one, deployment))
    }
    if (isCutShort(outputIs, wanted, settings)) return [refuses('answers-too-short', deployment)]
    if (isRough(wanted, settings)) return [open('rough-figures', deployment)]
    const slower = slowerThanEvidence(load, settings)
    return slower === undefined ? [] : [open('slower-than-evidence', deployment, slower)]
  })
}

function ofSoak({ soak, settings, loads, inventory }: Parts): AcceptancePoint[] {
  if (soak === undefined) return loads.length === 0 ? [] : [open('no-soak', '')]
  const { firstTokensPerSecond: first, lastTokensPerSecond: last } = soak
  return [
    ...soak.services.filter((one) => !isBorne(one)).map(({ deployment }) => refuses('soak-requests-fail', deployment)),
    ...(soak.services.length === 0 ? [refuses('soak-requests-fail', '')] : []),
    ...(first !== undefined && last !== undefined && last < first * slowedTo ? [refuses('soak-slows-down', '')] : []),
    ...(Math.min(soak.seconds, settings.soakSeconds) < usualSoakSeconds ? [open('short-soak', '')] : []),
    ...(soak.unseenSeconds > unseenShare * soak.seconds ? [open('soak-unwatched', '')] : []),
    ...inventory.devices.filter((one) => !isWatched(one, soak)).map((one) => open('no-temperature', nameOf(one))),
  ]
}

function isBorne({ end, requests, failed }: NonNullable<Parts['soak']>['services'][number]): boolean {
  const all = requests + failed
  return end === 'done' && all > 0 && failed / all <= failingShare
}

type Device = Pick<Parts['inventory']['devices'][number], 'vendor' | 'index' | 'chip'>

/** Every device of the server was seen for most of the time, and said how warm it is. */
function isWatched(device: Device, { devices, samples }: NonNullable<Parts['soak']>): boolean {
  const name = nameOf(device)
  return devices.some(
    (one) => nameOf(one) === name && one.highestCelsius.state === 'known' && one.samples >= samples / 2,
  )
}

function nameOf({ vendor, index, chip }: Device): string {
  return chip === 0 ? `${vendor} ${index}` : `${vendor} ${index}.${chip}`
}

function ofDoctor({ examination: { findings, unread } }: Parts): AcceptancePoint[] {
  return [
    ...findings.flatMap(({ rule, severity }) => {
      if (severity === 'hint') return []
      return [severity === 'error' ? refuses('doctor-error', rule) : open('doctor-warning', rule)]
    }),
    ...unread.map(({ fact, why }) => open('unread', fact, why)),
  ]
}
