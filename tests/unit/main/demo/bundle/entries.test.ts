// What the demo's catalog offers, and the plans that come of it on the three machines of the demo.
import { describe, expect, it } from 'vitest'
import { artifactPlans, describeArtifact } from '../../../../../main/demo/bundle/artifact-files.ts'
import { demoEntries, demoSolution } from '../../../../../main/demo/bundle/entries.ts'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { type DemoPreset, demoPreset } from '../../../../../shared/domain/demo.ts'
import { entry } from '../../../../../shared/domain/entry.ts'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { absent, known } from '../../../../../shared/domain/reading.ts'
import { kvBytesPerToken } from '../../../../../shared/plan/fit/kv-cache.ts'
import { makePlan } from '../../../../../shared/plan/make-plan.ts'
import { bareFacts, tools } from '../../../../support/plan-cases.ts'

const artifacts = await Promise.all(artifactPlans.map(describeArtifact))
const catalog = { entries: demoEntries, artifacts }
const mebibyte = 1024 ** 2

/** The facts of a bare server with the accelerators of a preset. */
function factsOf(preset: DemoPreset): Facts {
  const { vendor, devices, driverVersion } = presets[preset]
  const shown = devices.map(
    (device): Accelerator => ({
      vendor,
      kind: vendor === 'ascend' ? 'npu' : 'gpu',
      index: device.index,
      chip: 0,
      product: known(device.product),
      uuid: absent,
      pciAddress: known(device.pciAddress),
      memoryTotalBytes: known(device.memoryMib * mebibyte),
      memoryUsedBytes: known(device.idleMemoryMib * mebibyte),
      utilizationPercent: known(0),
      temperatureCelsius: known(device.idleCelsius),
      powerWatts: known(device.powerIdleWatts),
      powerLimitWatts: known(device.powerLimitWatts),
      health: known('ok'),
    }),
  )
  const report = {
    vendor,
    kind: 'gpu',
    pciCount: known(devices.length),
    driverVersion: known(driverVersion),
    devices: known(shown),
  }
  return bareFacts({ accelerators: [report] })
}

function planOf(facts: Facts, solution: string) {
  const address = { host: '127.0.0.1', port: 2222, user: 'ops' }
  const made = makePlan(facts, catalog, { solution, address, bundleId: 'demo', signed: false, soakSeconds: 60 }, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

describe('an entry of the demo', () => {
  it.each(demoEntries)('$kind $id has the form of an entry and says in both languages what it is', (one) => {
    expect(entry.safeParse(one).error).toBeUndefined()
    expect(`${one.title.en} ${one.summary.en}`).toMatch(/demo/i)
    expect(`${one.title['zh-CN']} ${one.summary['zh-CN']}`).toMatch('演示')
    expect(one.summary.en).toMatch(/^Demo: .*nothing is computed\.$/i)
    expect(one.summary['zh-CN']).toMatch(/^演示：.*不进行任何计算。$/)
  })

  it('is not for diagnosis where it is an app', () => {
    for (const one of demoEntries) if (one.kind === 'app') expect(one.notForDiagnosis).toBe(true)
  })
})

describe('the solution of the demo', () => {
  it.each(demoPreset.options)('can be installed on %s, on its accelerators', (preset) => {
    const plan = planOf(factsOf(preset), demoSolution)
    expect(plan.blockers).toEqual([])
    expect(plan.choices.map((one) => one.variant)).toEqual([`${presets[preset].vendor}-amd64`, 'amd64'])
    expect(plan.steps.filter((step) => step.change)).toHaveLength(plan.steps.length)
    expect(plan.steps.reduce((sum, step) => sum + step.uploadBytes, 0)).toBe(72 * mebibyte)
  })

  it('has no variant for a server without accelerators', () => {
    expect(planOf(bareFacts(), demoSolution).blockers).toMatchObject([
      { kind: 'no-variant-fits', entry: 'demo-clinic-8b' },
    ])
  })

  it('gives the app its model by the name and port that the network knows', () => {
    const specs = planOf(factsOf('ascend-8'), demoSolution).steps.map((step) => step.spec)
    const notes = specs.find((one) => one.kind === 'container' && one.spec.deployment === 'demo-clinic-notes')
    expect(notes).toMatchObject({
      proof: { serves: 'page', readyPath: '/readyz', hostPort: 8410 },
      spec: { environment: { MODEL_BASE_URL: 'http://demo-clinic-model:8080/v1', MODEL_NAME: 'demo-clinic-8b' } },
    })
  })
})

describe('the solution for a hospital', () => {
  it.each(['ascend-8', 'nvidia-8'] as const)('fits on %s', (preset) => {
    expect(planOf(factsOf(preset), 'demo-hospital').blockers).toEqual([])
  })

  it('is refused on the workstation, for want of memory', () => {
    const { blockers } = planOf(factsOf('workstation-2'), 'demo-hospital')
    const memory = { reason: 'memory-too-small', devices: 2 }
    const rejected = expect.arrayContaining([
      expect.objectContaining({ rejections: [expect.objectContaining(memory)] }),
    ])
    expect(blockers).toEqual([{ kind: 'no-variant-fits', entry: 'demo-hospital-72b', rejected }])
  })

  it('needs as much for its texts as its summary says', () => {
    const [model] = demoEntries.filter((one) => one.kind === 'model' && one.id === 'demo-hospital-72b')
    const weights = artifacts.find((one) => one.id === 'demo-hospital-72b-weights')
    if (model?.kind !== 'model' || weights?.kind !== 'weights') throw new Error('the model is gone')
    expect((kvBytesPerToken(weights.weights.shape, 16) * model.contextTokens * model.parallel) / 1024 ** 3).toBe(160)
  })

  it('shares no name and no port with the small one', () => {
    const services = demoEntries.flatMap((one) => (one.kind === 'solution' ? one.services : []))
    expect(new Set(services.map((one) => one.name)).size).toBe(services.length)
    expect(new Set(services.flatMap((one) => ('hostPort' in one ? [one.hostPort] : []))).size).toBe(services.length)
  })
})
