// What a certificate gives to the catalog, and what it is compared with from there.
import { describe, expect, it } from 'vitest'
import { type Acceptance, acceptance } from '../../../../../shared/domain/acceptance.ts'
import { measuredEvidence } from '../../../../../shared/domain/entry/measured.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { contributionsOf } from '../../../../../shared/verify/acceptance/evidence.ts'
import { acceptanceOf, soundDevice, soundLoad, soundParts } from '../../../../support/acceptance-cases.ts'
import { measuredCase } from '../../../../support/evidence-cases.ts'

const [service] = soundParts.services
const [level] = soundLoad.levels
if (service === undefined || level === undefined) throw new Error('no case')
const form = { entry: 'ward-32b', version: '3', form: 'w8a8' }
const formed = { services: [{ ...service, form }] }
const signed = { certificate: 'ab'.repeat(32), signedBy: `SHA256:${'A'.repeat(43)}` }
const given = (parts: Partial<Acceptance>) => contributionsOf(acceptanceOf({ ...formed, ...parts }), signed)

describe('a certificate', () => {
  it('gives what it measured, of the hardware that its model was proven on', () => {
    const { found, left } = given({})
    expect(left).toEqual([])
    expect(found).toEqual([{ deployment: 'ward-model', model: form, measured: measuredCase() }])
    expect(measuredEvidence.safeParse(found[0]?.measured).success).toBe(true)
  })

  it('of a model on the processor says which one', () => {
    const devices = [{ ...soundDevice, expected: { on: 'processor' as const } }]
    expect(given({ devices }).found[0]?.measured.hardware).toEqual({
      ...{ on: 'processor', product: 'Kunpeng 920', cores: 128 },
    })
    const inventory = { ...soundParts.inventory, processor: unreadable('permission') }
    expect(given({ devices, inventory }).left).toEqual([{ deployment: 'ward-model', why: 'hardware-unread' }])
  })

  it.each([
    ['demo', { appliance: { ...soundParts.appliance, demo: true } }],
    ['no-form', { services: [service] }],
    ['no-form', { services: [{ ...service, form: { entry: 'ward-32b', version: '3' } }] }],
    ['device-unproven', { devices: [] }],
    ['device-unproven', { devices: [{ ...soundDevice, state: 'unproven', reason: 'engine-silent' }] }],
    ['hardware-unread', { devices: [{ ...soundDevice, expected: { ...soundDevice.expected, product: absent } }] }],
    ['not-measured', { loads: [] }],
    ['not-measured', { loads: [{ ...soundLoad, levels: [{ ...level, users: 4 }] }] }],
    ['refused', { loads: [{ ...soundLoad, levels: [{ ...level, breaks: ['ttft'] }] }] }],
    ['refused', { loads: [{ ...soundLoad, levels: [{ ...level, outputTokens: 20 }] }] }],
    ['refused', { canaries: [] }],
    ['not-measured', { loads: [{ ...soundLoad, end: 'stopped' }] }],
    ['rough-figures', { loads: [{ ...soundLoad, levels: [{ ...level, isShort: true }] }] }],
  ] as [string, Partial<Acceptance>][])('gives nothing where it must not: %s', (why, parts) => {
    expect(given(parts)).toEqual({ found: [], left: [{ deployment: 'ward-model', why }] })
  })

  it('says nothing of services that are no chat models', () => {
    expect(given({ services: [{ ...service, serves: 'openai-embeddings' }] })).toEqual({ found: [], left: [] })
  })
})

describe('a server that the catalog has evidence for', () => {
  const withEvidence = (changes: Parameters<typeof measuredCase>[0]) =>
    acceptanceOf({ loads: [{ ...soundLoad, evidence: measuredCase(changes) }] })

  it('is as good as it where its figures are no more than half as long again', () => {
    const one = withEvidence({ ttftP95Ms: 270, tpotP95Ms: 27 })
    expect(one).toMatchObject({ verdict: 'accepted', points: [] })
    expect(acceptance.safeParse(one).success).toBe(true)
  })

  it('has an open point where it is slower, with both figures', () => {
    expect(withEvidence({ ttftP95Ms: 200 }).points).toEqual([
      {
        ...{ weight: 'open', point: 'slower-than-evidence', about: 'ward-model' },
        detail: 'TTFT p95 400 ms > 200 ms',
      },
    ])
    expect(withEvidence({ tpotP95Ms: 20 }).points).toMatchObject([{ detail: 'TPOT p95 40 ms > 20 ms' }])
  })

  it('is compared with nothing that was asked for otherwise', () => {
    expect(withEvidence({ ttftP95Ms: 1, users: 4 }).points).toEqual([])
    expect(withEvidence({ ttftP95Ms: 1, inputTokens: 32 }).points).toEqual([])
  })
})

it('a device proof keeps its own speed for one', () => {
  const devices = [{ ...soundDevice, speed: { tokensPerSecond: known(31.26) } }]
  expect(given({ devices }).found[0]?.measured.tokensPerSecond).toBe(31.3)
  const silent = [{ ...soundDevice, speed: { tokensPerSecond: unreadable('no answer') } }]
  expect(given({ devices: silent }).found[0]?.measured).not.toHaveProperty('tokensPerSecond')
})
