// Demo appliances from nothing to recovered, through the product's real code: no root, no Docker, no network.
import { describe, expect, it } from 'vitest'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { demoPreset } from '../../../shared/domain/demo.ts'
import { playScenario } from '../../support/appliance-scenario.ts'
import { demoCore, makeDemo } from '../../support/demo-core.ts'

describe('demo appliances of every preset, all at once on one console', () => {
  it('are set up, change nothing the second time, fail and recover', async () => {
    const { core, context } = demoCore()
    const played = await Promise.all(
      demoPreset.options.map(async (preset) => {
        const { demo, bundleId, target } = await makeDemo(core, preset)
        const lines = await playScenario({
          ...{ context, target, bundleId, solution: 'demo-clinic' },
          killRuntime: () => drillDemo(core, { name: demo.name, drill: 'kill-runtime', on: true }),
        })
        return lines.filter((line) => !/^(?:begin|end|plan|probe) /.test(line))
      }),
    )
    const acts = [
      ...['status unknown nothing-deployed', 'run-end 10 0 no failure', 'verified healthy 0 to do'],
      ...['run-end 0 10 no failure', 'verified healthy 0 to do', 'status down a-deployment-is-not-healthy'],
      'deployment demo-clinic-model down not-running: process!; no proof',
      'deployment demo-clinic-notes down not-ready: process port ready!; no proof',
      ...['run-end 2 8 no failure', 'verified healthy 0 to do', 'status healthy answers'],
      'deployment demo-clinic-model healthy answers: process port ready model-listed one-token metrics; proven',
      'deployment demo-clinic-notes healthy page-answers: process port ready page; no proof',
    ]
    const found = (device: string, count: number) => [
      ...['engine docker', 'systemd known'],
      ...Array.from({ length: count }, (_, index) => device.replace('#', String(index))),
    ]
    expect(played).toEqual([
      [...found('ascend # 910B4 34359738368 ok', 8), ...acts],
      [...found('nvidia # NVIDIA H20 102625181696 ok', 8), ...acts],
      [...found('nvidia # NVIDIA GeForce RTX 4090 25757220864 ok', 2), ...acts],
    ])
  })
})
