// Whether a server can be accepted, and if not, why: what speaks against it, and what nobody could show. Nothing that was
// not seen counts as good.
import type { Acceptance, AcceptancePoint, AcceptanceVerdict } from '../../domain/acceptance.ts'
import type { BrokenLimit } from '../../domain/bench.ts'

/** Of all requests, so many may fail: 99.5 of 100 are to succeed. */
const failingShare = 0.005
/** What heat may take of the speed before it is said. */
const slowedTo = 0.85
/** Shorter, and not all of it is warm. */
const usualSoakSeconds = 600

type Parts = Omit<Acceptance, 'verdict' | 'points'> & {
  /** What its publisher has taken back, by deployment. */
  readonly takenBack: readonly string[]
}

export function decide(parts: Parts): Pick<Acceptance, 'verdict' | 'points'> {
  const points = [
    ...ofServices(parts),
    ...parts.devices.flatMap(ofDevice),
    ...parts.canaries.flatMap(ofCanary),
    ...ofLoads(parts),
    ...ofSoak(parts),
    ...ofDoctor(parts),
  ].slice(0, 500)
  return { verdict: verdictOf(points), points }
}

function verdictOf(points: readonly AcceptancePoint[]): AcceptanceVerdict {
  if (points.some(({ weight }) => weight === 'refuses')) return 'refused'
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

function ofDevice({ deployment, state, reason }: Parts['devices'][number]): AcceptancePoint[] {
  if (state === 'proven') return []
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
  return loads.flatMap(({ deployment, end, levels, failure }): AcceptancePoint[] => {
    const wanted = levels.find(({ users }) => users === settings.users)
    if (end !== 'done' || wanted === undefined) return [refuses('load-failed', deployment, failure?.kind)]
    if (wanted.breaks.length > 0) {
      return [...new Set(wanted.breaks.map((one) => brokenLimits[one]))].map((one) => refuses(one, deployment))
    }
    return wanted.isShort === true ? [open('rough-figures', deployment)] : []
  })
}

function ofSoak({ soak, settings, loads }: Parts): AcceptancePoint[] {
  if (soak === undefined) return loads.length === 0 ? [] : [open('no-soak', '')]
  const { requests, failed, firstTokensPerSecond: first, lastTokensPerSecond: last, devices } = soak
  const all = requests + failed
  return [
    ...(all === 0 || failed / all > failingShare ? [refuses('soak-requests-fail', '')] : []),
    ...(first !== undefined && last !== undefined && last < first * slowedTo ? [refuses('soak-slows-down', '')] : []),
    ...(Math.min(soak.seconds, settings.soakSeconds) < usualSoakSeconds ? [open('short-soak', '')] : []),
    ...devices
      .filter(({ highestCelsius }) => highestCelsius.state !== 'known')
      .map(({ vendor, index, chip }) =>
        open('no-temperature', chip === 0 ? `${vendor} ${index}` : `${vendor} ${index}.${chip}`),
      ),
  ]
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
