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
import { measuredCase } from '../../../../support/evidence-cases.ts'

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

type Borne = NonNullable<Acceptance['soak']>['services'][number]
function soakedBy(...changes: readonly Partial<Borne>[]): Partial<Acceptance> {
  const [borne] = soundSoak.services
  if (borne === undefined) throw new Error('no case')
  return { soak: { ...soundSoak, services: changes.map((one) => ({ ...borne, ...one })) } }
}

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
  ['soak-requests-fail', soakedBy({ failed: 10 })],
  ['soak-requests-fail', soakedBy({ requests: 0 })],
  // Beside thousands of another one that went well.
  ['soak-requests-fail', soakedBy({ requests: 3, end: 'failed' }, { deployment: 'other', requests: 90_000 })],
  ['soak-requests-fail', soakedBy({ end: 'out-of-time' })],
  ['answers-too-short', { loads: [{ ...soundLoad, levels: [{ ...level, outputTokens: 100 }] }] }],
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
  ['no-temperature', { soak: { ...soundSoak, devices: [] } }],
  ['no-temperature', { soak: { ...soundSoak, devices: [{ ...warm, samples: 20 }] } }],
  ['soak-unwatched', { soak: { ...soundSoak, unseenSeconds: 90 } }],
  ['devices-idle', { devices: [{ ...soundDevice, findings: [{ finding: 'some-idle', devices: ['3'] }] }] }, '3'],
  ['rough-figures', { loads: [{ ...soundLoad, outputIs: 'up-to', levels: [{ ...level, outputTokens: 20 }] }] }],
  ['rough-figures', { loads: [{ ...soundLoad, levels: [{ ...level, isShort: true }] }] }],
  ['slower-than-evidence', { loads: [{ ...soundLoad, evidence: measuredCase({ ttftP95Ms: 200 }) }] }],
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
  ['no-publisher', { services: [{ ...service, publisher: undefined }] as Acceptance['services'] }],
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
    expect(acceptanceOf({}, { takenBack: ['ward-model'] })).toMatchObject({
      verdict: 'refused',
      points: [{ weight: 'refuses', point: 'taken-back', about: 'ward-model' }],
    })
  })

  it('is refused where a service did not last while it was loaded', () => {
    const { verdict, points } = acceptanceOf({}, { fallen: ['ward-notes'] })
    expect([verdict, points]).toEqual(['refused', [{ weight: 'refuses', point: 'did-not-last', about: 'ward-notes' }]])
  })

  it('is refused where a model is left out of a part, whatever its labels say', () => {
    const left = [{ devices: [] }, { canaries: [] }, { loads: [] }, { services: [{ ...service, serves: undefined }] }]
    for (const parts of left as Partial<Acceptance>[]) {
      expect(acceptanceOf(parts).points).toContainEqual({
        weight: 'refuses',
        point: 'not-measured',
        about: 'ward-model',
      })
    }
    const embeds = { services: [{ ...service, serves: 'openai-embeddings' }], loads: [] }
    expect(acceptanceOf(embeds).points.map(({ point }) => point)).toEqual(['nothing-under-load'])
  })

  it.each(named(open))('has an open point: $point', ({ point, parts, detail }) => {
    const { verdict, points } = acceptanceOf(parts)
    expect(verdict).toBe('open')
    expect(points).toEqual([
      expect.objectContaining({ weight: 'open', point, ...(detail !== undefined && { detail }) }),
    ])
  })

  it('has an open point where it was loaded for no time', () => {
    const settings = { ...soundParts.settings, soakSeconds: 0 }
    const unsoaked = acceptanceOf({ ...withoutSoak, settings, soak: undefined } as Partial<Acceptance>)
    expect(unsoaked.points).toEqual([{ weight: 'open', point: 'no-soak', about: '' }])
  })

  it('is refused whatever else there is to say, and says first what is against it', () => {
    const findings = Array.from({ length: 700 }, () => ({
      ...({ rule: 'disk-almost-full', severity: 'warning' } as const),
      evidence: ['x'],
    }))
    const examination = { ...soundParts.examination, findings }
    const { verdict, points } = acceptanceOf({ examination, ...soakedBy({ failed: 100 }) })
    expect([verdict, points.length, points[0]?.point]).toEqual(['refused', 500, 'soak-requests-fail'])
  })

  it('has every point in a case', () => {
    const inCases = new Set([...refused, ...open].map(([point]) => point))
    const [refuses, opens] = acceptancePoint.options.map((one) => one.shape.point.options)
    const missing = [...(refuses ?? []), ...(opens ?? [])].filter((one) => !inCases.has(one))
    expect(missing).toEqual(['did-not-last', 'not-measured', 'taken-back', 'nothing-under-load', 'no-soak'])
  })
})
