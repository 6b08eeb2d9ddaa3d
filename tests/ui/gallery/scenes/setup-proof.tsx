// The proof by itself, as it goes on: asked, half climbed, with half an answer, broken; and where models are computed.
import { DeviceProofsView, type DeviceProofsViewProps } from '../../../../renderer/console/proof/device-proofs.tsx'
import { ProofView, type ProofViewProps } from '../../../../renderer/console/proof/proof-view.tsx'
import {
  provenOnDevices,
  provenOnProcessor,
  refutedOnProcessor,
  unprovenInside,
} from '../../../support/device-proofs.ts'
import { hear } from '../heard.ts'
import type { Scenes } from '../scene.ts'
import { healthyDeployment, verdictOf } from '../scripted-facts.ts'

const model = healthyDeployment('baichuan-m2')
const ladder = model.rungs.map(({ name }) => name)
const half = { deployment: 'baichuan-m2', ladder, rungs: model.rungs.slice(0, 4), answer: '' }
const streaming = { ...half, answer: 'Blood pressure 148/92 mmHg, heart rate 78 per mi' }

function proof(props: ProofViewProps) {
  return { render: () => <ProofView {...hear(props)} /> }
}

function devices(proving: DeviceProofsViewProps['proving']) {
  return { render: () => <DeviceProofsView proving={hear(proving)} onStart={() => undefined} /> }
}

export const scenes: Scenes = {
  asked: proof({ phase: 'running', proof: { deployments: [] } }),
  climbing: proof({ phase: 'running', proof: { deployments: [half] } }),
  streaming: proof({ phase: 'running', proof: { deployments: [streaming] } }),
  broken: proof({
    phase: 'failed',
    proof: { deployments: [streaming] },
    failure: { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'proof' },
  }),
  'devices-not-asked': devices({ phase: 'not-begun', seen: { proofs: [] } }),
  'devices-going': devices({
    phase: 'running',
    seen: {
      proofs: [provenOnDevices],
      now: { deployment: 'baichuan-m2', model: 'baichuan-m2-32b', writes: true },
    },
  }),
  devices: devices({
    phase: 'done',
    seen: { proofs: [provenOnDevices, refutedOnProcessor, unprovenInside, provenOnProcessor] },
  }),
  nothing: proof({ phase: 'done', proof: { deployments: [], verdict: verdictOf([]) } }),
}
