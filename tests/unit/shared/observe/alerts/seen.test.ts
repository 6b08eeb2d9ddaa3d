// What samples, facts, verdicts and findings become: numbers under names, and nothing at all where nobody could read.
import { describe, expect, it } from 'vitest'
import { absent } from '../../../../../shared/domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../../../../shared/domain/sample.ts'
import type { ServedCertificate } from '../../../../../shared/domain/served-certificate.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../../../shared/domain/verdict.ts'
import { foundIn, measured } from '../../../../../shared/observe/alerts/measure.ts'
import { seriesParts } from '../../../../../shared/observe/alerts/observation.ts'
import { usualRules } from '../../../../../shared/observe/alerts/rules.ts'
import {
  type KnownDevices,
  seenInExamination,
  seenInFacts,
  seenInSample,
  seenInVerdict,
  seenOfCertificates,
  seenOfExpiry,
} from '../../../../../shared/observe/alerts/seen.ts'
import { afterObservation, newWatch } from '../../../../../shared/observe/alerts/watch-appliance.ts'
import { bareFacts } from '../../../../support/plan-cases.ts'

const known = <T>(value: T) => ({ state: 'known' as const, value })
const unreadable = { state: 'unreadable' as const, why: 'nobody knows' }

const card = (index: number, more: Partial<AcceleratorSample> = {}): AcceleratorSample => ({
  ...{ vendor: 'nvidia', kind: 'gpu', index, chip: 0, utilizationPercent: known(50), powerWatts: known(300) },
  ...{ memoryUsedBytes: known(70), memoryTotalBytes: known(80), temperatureCelsius: known(60), health: known('ok') },
  ...more,
})
const sampleOf = (accelerators: AcceleratorSample[], more: Partial<Sample> = {}): Sample => ({
  ...{ sequence: 0, atMs: 0, silent: [], accelerators },
  host: { cpuPercent: known(3), memoryUsedBytes: known(5), memoryTotalBytes: known(10) },
  ...more,
})
const named = (values: readonly { name: string; value: number }[]) =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]))

describe('a sample', () => {
  it('leaves out what could not be read', () => {
    const { values } = seenInSample(
      sampleOf([card(0, { temperatureCelsius: unreadable, health: unreadable })]),
      new Map(),
    )
    const seen = named(values)
    expect(seen['accelerator/nvidia 0/memory-used']).toBe(70)
    expect(Object.keys(seen).filter((name) => /temperature|health/.test(name))).toEqual([])
  })

  it('counts what is swapped to what is in use, and says no heat where there is no sensor', () => {
    const host = { cpuPercent: known(3), memoryUsedBytes: known(5), memoryTotalBytes: known(10) }
    const seen = (more: Partial<Sample['host']>) =>
      Object.keys(named(seenInSample(sampleOf([], { host: { ...host, ...more } }), new Map()).values))
    const { values } = seenInSample(sampleOf([], { host: { ...host, swapUsedBytes: known(7) } }), new Map())
    expect(named(values)).toMatchObject({ 'host/memory-wanted': 12 })
    const usual = ['host/cpu', 'host/memory-used', 'host/memory-total']
    // An older script; and a server without swap and without a sensor.
    expect(seen({})).toEqual(usual)
    expect(seen({ swapUsedBytes: { state: 'absent' }, temperatureCelsius: { state: 'absent' } })).toEqual(usual)
    expect(seen({ temperatureCelsius: known(41) })).toEqual([...usual, 'host/temperature'])
  })

  it('misses a card that was there, for a week', () => {
    const first = seenInSample(sampleOf([card(0), card(1)]), new Map())
    const lost = seenInSample(sampleOf([card(0)], { atMs: 5000 }), first.known)
    expect(named(lost.values)).toMatchObject({ 'accelerator/nvidia 0/lost': 0, 'accelerator/nvidia 1/lost': 1 })
    const later = seenInSample(sampleOf([card(0)], { atMs: 8 * 24 * 3_600_000 }), lost.known)
    expect(Object.keys(named(later.values))).not.toContain('accelerator/nvidia 1/lost')
  })

  it('of a tool that hangs says that the tool is silent, and of its cards nothing', () => {
    const before: KnownDevices = new Map([['nvidia 0', 0]])
    const silent = [{ silence: 'no-answer' as const, vendor: 'nvidia', tool: 'nvidia-smi', sinceMs: 0 }]
    const { values } = seenInSample(sampleOf([], { silent }), before)
    const lost = Object.entries(named(values)).filter(([name]) => name.endsWith('/lost'))
    expect(lost).toEqual([['accelerator/nvidia/lost', 1]])
  })
})

describe('facts', () => {
  it('say how full the disks are', () => {
    const facts = bareFacts()
    const space = { path: '/var/lib/rackside', filesystem: 'ext4', totalBytes: 100, freeBytes: 4 }
    const values = seenInFacts({ ...facts, spaces: known({ rackside: space }) })
    const disk = usualRules.find(({ id }) => id === 'disk-full')
    if (disk === undefined) throw new Error('no such rule')
    const found = foundIn({ appliance: 'a', atMs: 0, everyMs: 1, values })
    expect(measured(disk, found, new Map()).readings).toEqual([{ subject: '/var/lib/rackside', value: 0.96 }])
    expect(seenInFacts({ ...facts, spaces: unreadable }).filter(({ name }) => name.startsWith('disk/'))).toEqual([])
  })

  it('say how far the clocks are apart', () => {
    const facts = bareFacts()
    const stack = { clockSeconds: known(Date.parse(facts.takenAt) / 1000 - 300) }
    const values = seenInFacts({ ...facts, stack: { ...facts.stack, ...stack } as typeof facts.stack })
    expect(named(values)['clock/off-seconds']).toBe(300)
  })
})

describe('a verdict', () => {
  const deployment = (state: DeploymentVerdict['state'], more: Partial<DeploymentVerdict> = {}): DeploymentVerdict => ({
    ...{ deployment: 'ward', entry: 'ward', version: '1', state, reason: 'not-running', rungs: [] },
    ...more,
  })
  const of = (one: DeploymentVerdict) =>
    named(seenInVerdict({ state: one.state, reason: one.reason, deployments: [one] } satisfies ApplianceVerdict))

  it('is down, degraded or neither', () => {
    expect(of(deployment('down'))).toMatchObject({ 'deployment/ward/down': 1, 'deployment/ward/degraded': 0 })
    expect(of(deployment('degraded'))).toMatchObject({ 'deployment/ward/down': 0, 'deployment/ward/degraded': 1 })
    expect(of(deployment('healthy'))).toMatchObject({ 'deployment/ward/down': 0, 'deployment/ward/degraded': 0 })
  })

  it.each([deployment('unknown'), deployment('stale'), deployment('down', { reason: 'starting' })])(
    'that says nothing is neither a fault nor an all-clear (%#)',
    (one) => {
      expect(of(one)).toEqual({ 'deployment/ward/taken-back': 0 })
    },
  )

  it('says what was taken back', () => {
    const reason = { en: 'wrong doses', 'zh-CN': '剂量有误' }
    const back = { entry: 'ward', version: '1', publisher: 'Lab', since: '2026-11-20', reason }
    expect(of(deployment('healthy', { takenBack: [back] }))['deployment/ward/taken-back']).toBe(1)
  })
})

describe('an examination', () => {
  const takenAt = '2026-11-20T08:00:00.000Z'
  const finding = { rule: 'thermal-throttling' as const, severity: 'warning' as const, evidence: ['SW Thermal'] }
  it('that could not look at all clears nothing', () => {
    const unread = [{ fact: 'kernelLog' as const, why: 'no right' }]
    expect(named(seenInExamination({ takenAt, findings: [finding], unread: [] }))).toEqual({
      'finding/thermal-throttling': 1,
      'finding/power-throttling': 0,
    })
    expect(named(seenInExamination({ takenAt, findings: [finding], unread }))).toEqual({
      'finding/thermal-throttling': 1,
    })
    expect(seenInExamination({ takenAt, findings: [], unread })).toEqual([])
  })
})

describe('certificates', () => {
  const now = '2026-11-20T00:00:00Z'
  const served = (until: string, authorityUntil: ServedCertificate['authorityUntil'] = absent) => ({
    ...{ deployment: 'ingress', at: { address: '10.0.0.5', port: 443 }, by: 'appliance' as const, until },
    ...{ path: '/x', sha256: 'a'.repeat(64), authorityUntil },
  })
  const firing = (...ends: Parameters<typeof served>) => {
    const values = seenOfCertificates([served(...ends)], now)
    const seen = { appliance: 'ward', atMs: Date.parse(now), everyMs: 60_000, values, whole: ['certificate'] }
    return afterObservation(newWatch, seen, usualRules).changes.map(({ rule }) => `${rule.id} ${rule.severity}`)
  }

  it('are told of a month before they end, and in earnest a week before', () => {
    expect(firing('2026-12-21T00:00:00Z')).toEqual([])
    expect(firing('2026-12-20T00:00:00Z')).toEqual(['certificate-ends warning'])
    expect(firing('2026-11-28T00:00:00Z')).toEqual(['certificate-ends warning'])
    expect(firing('2026-11-27T00:00:00Z')).toEqual(['certificate-ends-now critical'])
    expect(firing('2026-11-19T00:00:00Z')).toEqual(['certificate-ends-now critical'])
  })

  it('end with the authority that the appliance made for them', () => {
    expect(firing('2028-01-01T00:00:00Z', known('2026-11-19T00:00:00Z'))).toEqual(['certificate-ends-now critical'])
  })
})

describe('what ends', () => {
  it('is counted in days, and not at all where its date cannot be read', () => {
    const nowMs = Date.parse('2026-11-20T00:00:00Z')
    const expiring = [
      { name: 'certificate', until: '2026-11-27T00:00:00Z' },
      { name: 'lab', until: 'soon' },
    ]
    expect(seenOfExpiry(expiring, nowMs)).toEqual([{ name: 'expiry/certificate/days-left', value: 7 }])
  })
})

describe('a name', () => {
  it.each([
    ['host/cpu', 'host/cpu', ''],
    ['disk//var/lib/free', 'disk/*/free', '/var/lib'],
    ['accelerator/ascend 3.1/temperature', 'accelerator/*/temperature', 'ascend 3.1'],
    ['inference/ward/time-to-first-token/le=0.5', 'inference/*/time-to-first-token/le=0.5', 'ward'],
    ['inference/ward/time-to-first-token/count', 'inference/*/time-to-first-token/count', 'ward'],
  ])('%s is %s of "%s"', (name, pattern, subject) => {
    expect(seriesParts(name)).toEqual({ pattern, subject })
  })
})
