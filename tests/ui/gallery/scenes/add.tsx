// Adding an appliance, each question alone and in its failures.

import { FailureDialog } from '../../../../renderer/console/failure-dialog.tsx'
import { AddressStep } from '../../../../renderer/features/add-appliance/address-step.tsx'
import { FingerprintStep } from '../../../../renderer/features/add-appliance/fingerprint-step.tsx'
import { LoginStep } from '../../../../renderer/features/add-appliance/login-step.tsx'
import { NameStep } from '../../../../renderer/features/add-appliance/name-step.tsx'
import '../../../../renderer/features/add-appliance/add-appliance.css'
import { Page } from '../../../../renderer/ui/page.tsx'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { answers } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'

const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const otherFingerprint = 'SHA256:zNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4d'
const greeted = {
  address: { host: '10.78.0.11', port: 22, user: 'ops' },
  keyType: 'ssh-ed25519',
  fingerprint,
  pinned: false,
}
const nothing = () => undefined
const keys = answers(
  ['id_ed25519', 'hospital-servers', 'id_rsa'].map((label) => ({ credentialId: label, label, lasting: true })),
)
const list = answers([applianceNamed('radiology-01', '10.78.0.11')])
const window = { ...about, keyFiles: keys }
const agentKeys = answers(
  ['ops@console-3', 'hospital-servers (YubiKey 5C)'].map((label) => ({
    credentialId: `agent-${label}`,
    label,
    fingerprint: label === 'ops@console-3' ? fingerprint : otherFingerprint,
  })),
)
const login = {
  busy: false,
  watchOnly: false,
  onWatchOnly: nothing,
  onLogIn: nothing,
  onTest: nothing,
  onBack: nothing,
  onOtherWay: nothing,
}
const dialog = (failure: Failure) => ({ render: () => <FailureDialog failure={failure} onClose={nothing} /> })

export const scenes: Scenes = {
  address: { path: '/appliances/add', script: { window, appliances: { list } } },
  again: { path: '/appliances/add?again=radiology-01', script: { window, appliances: { list } } },
  'address-busy': {
    render: () => (
      <AddressStep typed={{ host: '10.78.0.11', port: '22', user: 'ops' }} busy onTyped={nothing} onGreet={nothing} />
    ),
  },
  fingerprint: {
    render: () => (
      <Page title={fingerprint.slice(0, 6)} narrow>
        <FingerprintStep greeted={greeted} busy={false} onTrust={nothing} onBack={nothing} />
      </Page>
    ),
  },
  login: {
    script: { window },
    render: () => <LoginStep {...login} />,
  },
  'login-agent': {
    script: { window: { ...about, keyFiles: answers([]), listAgentKeys: agentKeys } },
    render: () => <LoginStep {...login} />,
  },
  'login-handed': {
    script: { window: { ...about, keyFiles: answers([]) } },
    render: () => (
      <LoginStep {...login} watchOnly handed={{ credentialId: 'password-1', label: 'password', lasting: false }} />
    ),
  },
  'login-no-keys': {
    script: { window: { ...about, keyFiles: answers([]) } },
    render: () => <LoginStep {...login} />,
  },
  name: {
    render: () => (
      <NameStep
        name="radiology-01"
        taken={['radiology-01']}
        busy={false}
        watchOnly={false}
        onName={nothing}
        onSave={nothing}
        onTest={nothing}
        onBack={nothing}
      />
    ),
  },
  'key-changed': dialog({
    kind: 'host-key-changed',
    host: '10.78.0.11',
    port: 22,
    keyType: 'ssh-ed25519',
    pinned: fingerprint,
    offered: 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hg1N4d',
  }),
  'login-refused': dialog({
    kind: 'login-refused',
    host: '10.78.0.11',
    port: 22,
    user: 'ops',
    methodsOffered: ['publickey', 'keyboard-interactive'],
  }),
  internal: dialog({ kind: 'internal', detail: 'appliances.detect: Cannot read properties of undefined' }),
}
