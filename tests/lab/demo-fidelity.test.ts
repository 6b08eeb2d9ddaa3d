// The demo appliance beside a real one: the same bundle, the same acts, the same steps, states and verdicts.

import { describe, expect, it } from 'vitest'
import { ownContext } from '../../main/core/context.ts'
import { drillDemo } from '../../main/core/demo/demo.ts'
import { registerBundle } from '../../main/core/desk/bundles.ts'
import { playScenario } from '../support/appliance-scenario.ts'
import { demoCore, makeDemo, must } from '../support/demo-core.ts'
import { artifactsFolder, bareAppliance, canRunLab, inside, labNeeds } from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { needs } from '../support/needs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const solution = 'clinic-starter'

async function onLab(folder: string): Promise<string[]> {
  const appliance = await bareAppliance('ascend-910b4x8')
  const core = labCore(appliance, temporaryFolder())
  try {
    const { bundleId } = must(registerBundle(core, folder))
    return await playScenario({
      context: ownContext(core, 'li'),
      ...{ target: labTarget(appliance), bundleId, solution },
      killRuntime: () => inside(appliance, 'docker', 'kill', 'rackside-clinic-model'),
    })
  } finally {
    await core.sessions.closeAll()
  }
}

async function onDemo(folder: string): Promise<string[]> {
  const { core, context } = demoCore()
  const { demo, target } = await makeDemo(core)
  const { bundleId } = must(registerBundle(core, folder))
  return playScenario({
    ...{ context, target, bundleId, solution },
    killRuntime: () => drillDemo(core, { name: demo.name, drill: 'kill-runtime', on: true }),
  })
}

describe('the demo appliance', () => {
  it('goes through the same steps, states and verdicts as a real one', async (context) => {
    needs(context, canRunLab, labNeeds)
    const folder = await artifactsFolder()
    const [demo, lab] = await Promise.all([onDemo(folder), onLab(folder)])
    expect(demo).toEqual(lab)
    expect(demo.filter((line) => line.startsWith('verified healthy'))).toHaveLength(3)
  })
})
