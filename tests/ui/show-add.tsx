// The screen that adds an appliance, with the answers of a console that lets everything succeed, and what a person does
// on it: for the tests of its logins.
import { fireEvent, screen } from '@testing-library/react'
import { AddScreen } from '../../renderer/features/add-appliance/add-screen.tsx'
import type { ListedAppliance } from '../../shared/contract/appliances.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { factsWith } from './gallery/scripted-facts.ts'
import { show } from './show.tsx'

export const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
export const secret = 'correct horse battery'
export const place = { host: '10.78.0.11', port: 22 }
export const address = { ...place, user: 'ops' }
export const appliance = applianceNamed('radiology-01', '10.78.0.11')
export const target = { by: 'address', address, credentialId: 'key-1' }
const facts = factsWith([])

/** Fails with this, then always answers with that. */
export function failsOnce<T>(failure: Failure, value: T): () => Promise<Result<T>> {
  let failed = false
  return async () => {
    if (failed) return ok(value)
    failed = true
    return fail(failure)
  }
}

export const detectsAfter = (failure: Failure) => failsOnce(failure, facts)

export function showAdd(script: Script = {}, saved: readonly ListedAppliance[] = [], again?: string) {
  const { window, appliances, ...rest } = script
  const added: string[] = []
  const { link } = show(
    <AddScreen
      again={again}
      onLeave={() => undefined}
      onAdded={(name, next) => added.push(next === 'look' ? name : `${next} ${name}`)}
    />,
    {
      window: {
        ...about,
        keyFiles: answers([{ credentialId: 'key-1', label: 'id_ed25519', lasting: true }]),
        listAgentKeys: fails({ kind: 'agent-unusable', reason: 'no-agent', detail: '' }),
        offerPassword: answers({ credentialId: 'password-1', label: 'password', lasting: false }),
        ...window,
      },
      appliances: {
        list: answers([...saved]),
        greet: answers({ keyType: 'ssh-ed25519', fingerprint, pinned: true }),
        trust: answers({ keyType: 'ssh-ed25519', fingerprint }),
        detect: answers(facts),
        save: answers(appliance),
        ...appliances,
      },
      ...rest,
    },
  )
  return { added, given: (call: string) => link.asked.filter((one) => one.call === call).map(({ input }) => input) }
}

export const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

export function type(label: string | RegExp, value: string, selector = 'input'): void {
  fireEvent.change(screen.getByLabelText(label, { selector }), { target: { value } })
}

export async function toLogin(): Promise<void> {
  await screen.findByText('Where is the appliance?')
  type('Host name or IP address', '10.78.0.11')
  type('Login name', 'ops')
  press('Continue')
  await screen.findByText('How do you log in?')
}

export async function logInWithKey(): Promise<void> {
  await toLogin()
  fireEvent.click(await screen.findByLabelText('id_ed25519'))
  press('Log in')
}

export async function typePassword(): Promise<void> {
  await toLogin()
  fireEvent.click(screen.getByText('Password'))
  type('Password', secret, 'input[type=password]')
}

export const named = () => screen.findByText('What do you call it?')
