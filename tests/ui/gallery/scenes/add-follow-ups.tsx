// What adding an appliance asks for where an attempt failed for want of it, and the jump hosts on the way.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type AddForm, emptyForm } from '../../../../renderer/features/add-appliance/add-form.ts'
import { AddressStep } from '../../../../renderer/features/add-appliance/address-step.tsx'
import { FailedAct } from '../../../../renderer/features/add-appliance/failed-act.tsx'
import { FollowUp } from '../../../../renderer/features/add-appliance/follow-up.tsx'
import { JumpHosts } from '../../../../renderer/features/add-appliance/jump-hosts.tsx'
import type { AddJourney } from '../../../../renderer/features/add-appliance/use-add-journey.ts'
import '../../../../renderer/features/add-appliance/add-appliance.css'
import { Page } from '../../../../renderer/ui/page.tsx'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { answers } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about } from '../scripted.ts'
import { watchHelperTexts } from '../scripted-access.ts'

const nothing = () => undefined
const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const place = { host: '10.78.0.11', port: 22 }
const gate = { host: 'gate.hospital.example', port: 2222, user: 'ops' }
const key = { credentialId: 'key-1', label: 'id_ed25519', lasting: true }
const password = { credentialId: 'password-1', label: 'password', lasting: false }
const form: AddForm = {
  ...emptyForm(undefined),
  greeted: { address: { ...place, user: 'ops' }, keyType: 'ssh-ed25519', fingerprint, pinned: true },
  credential: key,
  via: [{ address: gate, credential: password }],
}

function journeyWith(failure: Failure, changes: Partial<AddForm> = {}): AddJourney {
  const keep = [{ credentialId: 'password-1', label: 'ops@10.78.0.11' }]
  return {
    form: { ...form, ...changes, keep },
    act: { busy: false, failure, begin: nothing, forget: nothing },
    attempt: 'save',
    testing: undefined,
    change: nothing,
    goTo: nothing,
    greet: nothing,
    addHop: nothing,
    giveHop: nothing,
    compareHop: nothing,
    trust: nothing,
    logIn: nothing,
    test: nothing,
    endTest: nothing,
    refused: nothing,
    save: nothing,
    again: nothing,
    mend: nothing,
  }
}

function page(children: ReactNode): ReactNode {
  return (
    <div className="rs-add">
      <span />
      <Page title="10.78.0.11" narrow>
        {children}
      </Page>
    </div>
  )
}

function followUp(failure: Failure, script: Scene['script'] = {}, changes: Partial<AddForm> = {}): Scene {
  return {
    script,
    render: () =>
      page(
        <div className="rs-add-failure">
          <FailedAct form={{ ...form, ...changes }} failure={failure} />
          <FollowUp journey={journeyWith(failure, changes)} />
        </div>,
      ),
  }
}

/** `held`: why it cannot go on. */
type Way = { readonly hops: AddForm['via']; readonly hopTyped?: string; readonly held?: 'heldByHop' | 'heldByLogin' }

function WayThere({ hops, hopTyped = '', held }: Way) {
  const { t } = useTranslation()
  const acts = { onTyped: nothing, onAdd: nothing, onLogin: nothing, onRemove: nothing }
  const more = <JumpHosts hops={hops} typed={hopTyped} busy={false} {...acts} />
  const typed = { host: '10.78.0.11', port: '22', user: 'ops' }
  const why = held === undefined ? undefined : t(`access.${held}`)
  return <AddressStep typed={typed} busy={false} onTyped={nothing} onGreet={nothing} held={why} more={more} />
}

function wayThere(way: Way): Scene {
  return { script: { window: { ...about, keyFiles: answers([key]) } }, render: () => page(<WayThere {...way} />) }
}

export const scenes: Scenes = {
  'locked-key': followUp({ kind: 'identity-unusable', file: '/home/ops/.ssh/id_ed25519', reason: 'encrypted' }),
  questions: followUp({
    kind: 'login-questions',
    ...place,
    user: 'ops',
    questions: [
      { text: 'Password for ops:', hidden: true },
      { text: 'Verification code:', hidden: false },
    ],
  }),
  'sudo-gone': followUp(
    { kind: 'credential-unknown', credentialId: 'password-9' },
    {},
    { sudoCredentialId: 'password-9' },
  ),
  sudo: followUp({ kind: 'sudo-refused', user: 'ops', reason: 'password-wrong', detail: 'Sorry, try again.' }),
  weak: followUp({
    kind: 'algorithms-refused',
    ...place,
    detail: 'diffie-hellman-group14-sha1, diffie-hellman-group1-sha1',
    kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
    hostKey: ['ssh-rsa'],
    cipher: [],
    mac: [],
    weakWouldDo: true,
  }),
  'watch-helper': followUp(
    { kind: 'watch-helper-missing', user: 'watcher', detail: 'sudo: a password is required' },
    { privilege: { watchHelper: answers(watchHelperTexts('watcher')) } },
  ),
  'vault-missing': followUp(
    { kind: 'vault-missing' },
    { vault: { state: answers({ state: 'none', protection: null, entries: null, waitSeconds: 0, keychain: false }) } },
  ),
  'unknown-hop': followUp({ kind: 'host-key-unknown', ...gate, keyType: 'ssh-ed25519', fingerprint } as Failure),
  'jump-hosts': wayThere({ hops: form.via }),
  'jump-hosts-none': wayThere({ hops: [] }),
  'jump-host-typed': wayThere({ hops: [], hopTyped: 'ops@gate.hospital.example:2222', held: 'heldByHop' }),
  'jump-host-refused': wayThere({
    hops: [{ address: gate, credential: password, refused: true }],
    held: 'heldByLogin',
  }),
  'jump-host-saved': wayThere({
    hops: [{ address: gate, credential: { ...key, credentialId: 'key-9', label: '' } }],
  }),
}
