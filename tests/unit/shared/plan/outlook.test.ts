// What the models of a catalog would be on an appliance: a form, its devices, its users, or what stands against it.
import { describe, expect, it } from 'vitest'
import { type Entry, entry } from '../../../../shared/domain/entry.ts'
import { modelOutlook } from '../../../../shared/domain/outlook.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { modelOutlooks } from '../../../../shared/plan/outlook.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../support/made-entries.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const runtime = madeRuntime('vllm-ascend', {
  variants: [madeVariant('a2', { vendor: 'ascend', families: ['ascend-910b'] })],
})
const huge = madeModel('huge', { variants: [madeForm('fp8', 689_500_000_000)] })
const catalog = { entries: [runtime, madeModel('m'), huge], artifacts: [] }
const facts = bareFacts({ accelerators: [reportOf('ascend', { product: '910B4', count: 8, memoryGib: 32 })] })

describe('the outlook of a catalog', () => {
  const outlooks = modelOutlooks(facts, catalog, { contextTokens: 8192, users: 1 })
  const formOf = (model: string, form: string) =>
    outlooks.find((one) => one.model === model)?.forms.find((one) => one.form === form)

  it('says on how many devices each form fits, for how many people there, and on all of them', () => {
    expect(formOf('m', 'bf16')?.fit).toMatchObject({ devices: 4, layout: { tensor: 4 }, users: 17 })
    expect(formOf('m', 'w8a8')?.fit).toMatchObject({ devices: 2, layout: { tensor: 2 } })
    expect(formOf('m', 'bf16')?.fit?.mostUsers).toBeGreaterThan(38)
  })

  it('adds up: what the device has, less each term, is the room for the cache', () => {
    const sum = formOf('m', 'bf16')?.fit?.perDevice
    if (sum === undefined) throw new Error('it fits')
    const left = sum.usableBytes * sum.utilization - sum.weightsBytes - sum.overheadBytes
    expect(Math.abs(left - sum.kvRoomBytes)).toBeLessThan(4)
  })

  it('tries runtimes in the order in which solutions prefer them', () => {
    const [a, b] = ['a-runtime', 'b-runtime'].map((id) => madeRuntime(id, { variants: runtime.variants }))
    const model = madeModel('m')
    const service = {
      role: 'model' as const,
      name: 's',
      runtimes: ['b-runtime', 'a-runtime'],
      model: 'm',
      hostPort: 8400,
    }
    const { version, title, summary, licence } = model
    const about = { id: 's', version, title, summary, licence }
    const solution = entry.parse({ kind: 'solution', ...about, services: [service] })
    const both = [a, b, model].filter((one) => one !== undefined)
    const by = (entries: readonly Entry[]) =>
      modelOutlooks(facts, { entries, artifacts: [] }, { contextTokens: 8192, users: 1 })[0]?.forms[0]?.fit?.runtime
    expect([by(both), by([...both, solution])]).toEqual(['a-runtime', 'b-runtime'])
  })

  it('says what is missing for what does not fit', () => {
    expect(formOf('huge', 'fp8')?.fit).toBeUndefined()
    expect(formOf('huge', 'fp8')?.rejected[0]?.rejections).toMatchObject([
      { reason: 'memory-too-small', devices: 8, devicesNeeded: 32 },
    ])
  })

  it('knows nothing of devices whose memory nobody knows', () => {
    const [report] = facts.accelerators
    const devices = report?.devices.state === 'known' ? report.devices.value : []
    const blind = devices.map((one) => ({ ...one, memoryTotalBytes: { state: 'absent' as const } }))
    const unread = { ...facts, accelerators: report === undefined ? [] : [{ ...report, devices: known(blind) }] }
    const [first] = modelOutlooks(unread, catalog, { contextTokens: 8192, users: 1 })
    expect(first?.forms[0]).toMatchObject({ memoryUnknown: true, rejected: [] })
    expect(first?.forms[0]?.fit).toBeUndefined()
  })

  it('has the form that the contract says', () => {
    for (const one of outlooks) expect(modelOutlook.safeParse(one).success).toBe(true)
  })
})
