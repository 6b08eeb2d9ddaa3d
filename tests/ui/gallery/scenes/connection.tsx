// The test of a connection: as it goes, passed and failed at a step.
import { ConnectionDrawer } from '../../../../renderer/console/connection/connection-drawer.tsx'
import { streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { failedSteps, passedSteps } from '../scripted-access.ts'

const target = { by: 'name', name: 'radiology-01' } as const

function scene(test: unknown): Scene {
  return {
    script: { connect: { test: test as never } },
    render: () => <ConnectionDrawer name="radiology-01" target={target} onClose={() => undefined} />,
  }
}

export const scenes: Scenes = {
  begins: scene(waits()),
  going: scene(streams(passedSteps.slice(0, 4))),
  passed: scene(streams(passedSteps, 'ends')),
  failed: scene(streams(failedSteps, 'ends')),
}
