// Hard stops about host keys, and the dialog in which a new key is trusted.
import { FailureDialog } from '../../../../renderer/console/failure-dialog.tsx'
import { FailureNote } from '../../../../renderer/console/failure-note.tsx'
import { RetrustDialog } from '../../../../renderer/console/retrust-dialog.tsx'
import { answers, fails } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { applianceNamed } from '../scripted.ts'

const pinned = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const offered = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hg1N4d'
const place = { host: '10.78.0.11', port: 22 }
const keyType = 'ssh-ed25519'
const changed = { kind: 'host-key-changed', ...place, keyType, pinned, offered } as const
const machine = {
  kind: 'other-machine',
  ...place,
  knownMachine: '8f14e45fceea467a9d2c35b7a1e0c6d4',
  foundMachine: '45c48cce2e2d4fbdb1a0d9a1f7c2b860',
} as const
const nothing = () => undefined
const appliances = {
  list: answers([applianceNamed('radiology-01', '10.78.0.11')]),
  greet: answers({ keyType, fingerprint: pinned, pinned: true }),
}

export const scenes: Scenes = {
  'other-machine': { script: { appliances }, render: () => <FailureDialog failure={machine} onClose={nothing} /> },
  revoked: {
    render: () => (
      <FailureDialog
        failure={{ kind: 'host-key-revoked', ...place, keyType, fingerprint: offered }}
        onClose={nothing}
        onRetry={nothing}
      />
    ),
  },
  'changed-in-place': { script: { appliances }, render: () => <FailureNote failure={changed} onRetry={nothing} /> },
  retrust: { script: { appliances }, render: () => <RetrustDialog failure={changed} onClose={nothing} /> },
  'retrust-machine': { script: { appliances }, render: () => <RetrustDialog failure={machine} onClose={nothing} /> },
  'retrust-no-look': {
    script: { appliances: { ...appliances, greet: fails({ kind: 'host-unreachable', ...place, reason: 'timeout' }) } },
    render: () => <RetrustDialog failure={machine} onClose={nothing} />,
  },
}
