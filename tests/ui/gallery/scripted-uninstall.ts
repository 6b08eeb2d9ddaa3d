// The plan that takes everything of Rackside away, for scenes and tests.
import type { Plan } from '../../../shared/domain/plan.ts'
import { wardPlan } from './scripted-plans.ts'

const keeps = ['rackside-record-assistant-data']
const leaves = { change: true, reason: 'made-by-rackside', uploadBytes: 0, diskBytes: 0 } as const
const image = {
  ...{ configDigest: `sha256:${'a'.repeat(64)}`, manifestDigest: `sha256:${'b'.repeat(64)}`, unpackedBytes: 1 },
  platform: { os: 'linux', architecture: 'amd64' },
} as const
/** Two services, one image that somebody else uses, and data that stay. */
export const uninstalling: Plan = {
  ...wardPlan(),
  purpose: { act: 'uninstall', deletesData: false },
  ...{ choices: [], fits: [], soakSeconds: 0 },
  steps: [
    ...['baichuan-m2', 'record-assistant'].map((deployment) => {
      const spec = { kind: 'absent-container', name: `rackside-${deployment}`, deployment, deletesData: false } as const
      return { ...leaves, id: `absent-container.rackside-${deployment}`, interrupts: true, spec }
    }),
    {
      ...leaves,
      ...{ id: 'absent-network.rackside-record-assistant', interrupts: false },
      spec: { kind: 'absent-network', name: 'rackside-record-assistant' },
    },
    {
      ...leaves,
      ...{ id: 'absent-image.0123456789ab', change: false, reason: 'used-by-others', interrupts: false },
      spec: { kind: 'absent-image', image, usedBy: ['grafana'] },
    },
    { ...leaves, id: 'absent-rackside.folders', interrupts: false, spec: { kind: 'absent-rackside', keeps } },
  ],
}
