// Whether a server can be accepted: each thing that speaks against it, and each that nobody could show.
import { describe, expect, it } from 'vitest'
import {
  type Acceptance,
  type AcceptancePoint,
  acceptance,
  acceptancePoint,
} from '../../../../../shared/domain/acceptance.ts'
import { unreadable } from '../../../../../shared/domain/reading.ts'
import { acceptanceOf, soundDevice, soundLoad, soundParts, soundSoak } from '../../../../support/acceptance-cases.ts'

const [service] = soundParts.services
const [canary] = soundParts.canaries
const [level] = soundLoad.levels
const [warm] = soundSoak.devices
if (service === undefined || canary === undefined || level === undefined || warm === undefined)
  throw new Error('no case')

const brokenBy = (...breaks: typeof level.breaks): Partial<Acceptance> => ({
  loads: [{ ...soundLoad, levels: [{ ...level, breaks }] }],
})
const question = { question: 'fever-zh', verdict: 'failed', problems: ['garbled', 'cut-off'] } as const

type Case = readonly [AcceptancePoint['point'], Partial<Acceptance>, string?]
const named = (cases: readonly Case[]) => cases.map(([point, parts, detail]) => ({ point, parts, detail }))
const refused: readonly Case[] = [
  ['nothing-installed', { services: [] }],
  ['not-healthy', { services: [{ ...service, state: 'degraded', reason: 'answer-odd' }] }, 'answer-odd'],
  [
    'device-refuted',
    { devices: [{ ...soundDevice, state: 'refuted', reason: 'computes-on-processor' }] },
    'computes-on-processor',
  ],
  [
    'canary-failed',
    { canaries: [{ ...canary, verdict: 'failed', questions: [{ ...question, problems: [...question.problems] }] }] },
    'garbled cut-off',
  ],
  ['canary-failed', { canaries: [{ ...canary, end: 'out-of-time' }] }, ''],
  ['load-failed', { loads: [{ ...soundLoad, end: 'failed', levels: [], failure: { kind: 'lock-lost', at: '8' } }] }],
  ['slower-first-token', brokenBy('ttft')],
  ['slower-tokens', brokenBy('tpot')],
  ['requests-fail', brokenBy('errors')],
  ['soak-requests-fail', { soak: { ...soundSoak, failed: 10 } }],
  ['soak-requests-fail', { soak: { ...soundSoak, requests: 0, failed: 0 } }],
  ['soak-slows-down', { soak: { ...soundSoak, lastTokensPerSecond: 190 } }],
  [
    'doctor-error',
    {
      examination: { ...soundParts.examination, findings: [{ rule: 'xid-lost', severity: 'error', evidence: ['x'] }] },
    },
  ],
]
const { soak: _, ...withoutSoak } = soundParts
const open: readonly Case[] = [
  ['device-unproven', { devices: [{ ...soundDevice, state: 'unproven', reason: 'engine-silent' }] }, 'engine-silent'],
  ['canary-basic', { canaries: [{ ...canary, set: 'basic' }] }],
  ['short-soak', { soak: { ...soundSoak, seconds: 60 } }],
  ['no-temperature', { soak: { ...soundSoak, devices: [{ ...warm, highestCelsius: unreadable('N/A') }] } }],
  ['rough-figures', { loads: [{ ...soundLoad, levels: [{ ...level, isShort: true }] }] }],
  [
    'doctor-warning',
    {
      examination: {
        ...soundParts.examination,
        findings: [{ rule: 'disk-almost-full', severity: 'warning', evidence: ['x'] }],
      },
    },
  ],
  [
    'unread',
    { examination: { ...soundParts.examination, unread: [{ fact: 'disks', why: 'permission' }] } },
    'permission',
  ],
  ['only-watched', { services: [{ ...service, state: 'unknown', reason: 'only-watched' }] }],
  [
    'no-publisher',
    { services: [{ deployment: 'ward-model', entry: 'vllm', version: '1', state: 'healthy', reason: 'answers' }] },
  ],
]

describe('a server', () => {
  it('is accepted where all of it was shown and nothing speaks against it', () => {
    expect(acceptanceOf()).toMatchObject({ verdict: 'accepted', points: [] })
    expect(acceptance.safeParse(acceptanceOf()).success).toBe(true)
  })

  it.each(named(refused))('is refused: $point $detail', ({ point, parts, detail }) => {
    const { verdict, points } = acceptanceOf(parts)
    expect(verdict).toBe('refused')
    expect(points).toContainEqual(
      expect.objectContaining({ weight: 'refuses', point, ...(detail !== undefined && { detail }) }),
    )
  })

  it('is refused where a version runs that was taken back', () => {
    expect(acceptanceOf({}, ['ward-model'])).toMatchObject({
      verdict: 'refused',
      points: [{ weight: 'refuses', point: 'taken-back', about: 'ward-model' }],
    })
  })

  it.each(named(open))('has an open point: $point', ({ point, parts, detail }) => {
    const { verdict, points } = acceptanceOf(parts)
    expect(verdict).toBe('open')
    expect(points).toEqual([
      expect.objectContaining({ weight: 'open', point, ...(detail !== undefined && { detail }) }),
    ])
  })

  it('has open points where it was loaded by nobody', () => {
    const { verdict, points } = acceptanceOf({ loads: [] })
    expect([verdict, points.map(({ point }) => point)]).toEqual(['open', ['nothing-under-load']])
    const settings = { ...soundParts.settings, soakSeconds: 0 }
    const unsoaked = acceptanceOf({ ...withoutSoak, settings, soak: undefined } as Partial<Acceptance>)
    expect(unsoaked.points).toEqual([{ weight: 'open', point: 'no-soak', about: '' }])
  })

  it('has every point in a case', () => {
    const inCases = new Set([...refused, ...open].map(([point]) => point))
    const [refuses, opens] = acceptancePoint.options.map((one) => one.shape.point.options)
    const missing = [...(refuses ?? []), ...(opens ?? [])].filter((one) => !inCases.has(one))
    expect(missing).toEqual(['taken-back', 'nothing-under-load', 'no-soak'])
  })
})
