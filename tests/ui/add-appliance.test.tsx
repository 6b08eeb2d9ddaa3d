// Adding an appliance by clicking: nothing is agreed to by itself, nothing typed is lost, no secret is kept.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { AddScreen } from '../../renderer/features/add-appliance/add-screen.tsx'
import { type Failure, fail, ok } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { factsWith } from './gallery/scripted-facts.ts'
import { show, showApp } from './show.tsx'

const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const other = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4d'
const appliance = applianceNamed('radiology-01', '10.78.0.11')
const refused: Failure = { kind: 'login-refused', host: '10.78.0.11', port: 22, user: 'ops', methodsOffered: [] }

const script = {
  window: {
    ...about,
    keyFiles: answers([{ credentialId: 'key-1', label: 'id_ed25519', lasting: true }]),
    offerPassword: answers({ credentialId: 'password-1', label: 'password', lasting: false }),
  },
  appliances: {
    list: answers([appliance]),
    greet: answers({ keyType: 'ssh-ed25519', fingerprint, pinned: false }),
    trust: answers({ keyType: 'ssh-ed25519', fingerprint }),
    detect: answers(factsWith([])),
    save: answers(appliance),
  },
} satisfies Script

function showAdd(changes: Script['appliances'] = {}, again?: string) {
  const added: string[] = []
  const screenOf = (
    <AddScreen
      again={again}
      onLeave={() => undefined}
      onAdded={(name, next) => added.push(next === 'look' ? name : `${next} ${name}`)}
    />
  )
  const { link } = show(screenOf, { ...script, appliances: { ...script.appliances, ...changes } })
  return { added, calls: () => link.asked.map(({ call }) => call), link }
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string) => fireEvent.click(button(name))
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

const passwordField = () => screen.getByLabelText<HTMLInputElement>('Password', { selector: 'input[type=password]' })

async function greet(): Promise<void> {
  await screen.findByText('Where is the appliance?')
  type('Host name or IP address', '10.78.0.11')
  type('Login name', 'ops')
  press('Continue')
}

async function toLogin(): Promise<void> {
  await greet()
  fireEvent.click(await screen.findByRole('checkbox'))
  press('Trust this key')
  await screen.findByText('How do you log in?')
}

describe('adding an appliance', () => {
  it('shows the fingerprint with nothing selected, and trusts only after a person said so', async () => {
    const { calls } = showAdd()
    await greet()
    await screen.findByRole('img', { name: fingerprint })
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
    expect(button('Trust this key').disabled).toBe(true)
    fireEvent.submit(button('Trust this key'))
    expect(calls()).not.toContain('appliances.trust')
    fireEvent.click(screen.getByRole('checkbox'))
    expect(button('Trust this key').disabled).toBe(false)
  })

  it('cannot trust when the pasted fingerprint differs, whatever was ticked before', async () => {
    const { calls } = showAdd()
    await greet()
    fireEvent.click(await screen.findByRole('checkbox'))
    type('Fingerprint read on the server', other)
    expect(button('Trust this key').disabled).toBe(true)
    expect(screen.getByText(/It is another one/)).toBeTruthy()
    fireEvent.submit(button('Trust this key'))
    expect(calls()).not.toContain('appliances.trust')
    type('Fingerprint read on the server', fingerprint)
    expect(button('Trust this key').disabled).toBe(false)
  })

  it('leads from the address to the saved appliance, one question at a time', async () => {
    const { added, link } = showAdd()
    await toLogin()
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Log in')
    await screen.findByText('What do you call it?')
    type('Name', 'ward-7')
    press('Add the appliance')
    await waitFor(() => expect(added).toEqual(['ward-7']))
    expect(link.asked.find(({ call }) => call === 'appliances.trust')?.input).toEqual({
      address: { host: '10.78.0.11', port: 22, user: 'ops' },
      fingerprint,
    })
    expect(link.asked.find(({ call }) => call === 'appliances.save')?.input).toEqual({
      name: 'ward-7',
      target: { by: 'address', address: { host: '10.78.0.11', port: 22, user: 'ops' }, credentialId: 'key-1' },
    })
  })

  it('leads on to its setup with the press that adds it', async () => {
    const { added } = showAdd()
    await toLogin()
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Log in')
    await screen.findByText('What do you call it?')
    type('Name', 'ward-7')
    press('Add and set up')
    await waitFor(() => expect(added).toEqual(['set-up ward-7']))
  })

  it('begins on the empty board', async () => {
    const { link } = showApp('/appliances', {
      window: {
        ...about,
        keyFiles: answers([]),
        listAgentKeys: fails({ kind: 'agent-unusable', reason: 'no-agent', detail: '' }),
      },
      appliances: { list: answers([]), greet: answers({ keyType: 'ssh-ed25519', fingerprint, pinned: false }) },
      demo: { list: answers([]) },
    })
    const greeted = () => link.asked.filter(({ call }) => call === 'appliances.greet').map(({ input }) => input)
    fireEvent.change(await screen.findByLabelText('Host name or IP address'), { target: { value: '10.78.0.11' } })
    type('Login name', 'ops')
    press('Continue')
    await screen.findByRole('button', { name: 'Trust this key' })
    expect(location.hash).toBe('#/appliances/add')
    expect(greeted()).toEqual([{ address: { host: '10.78.0.11', port: 22, user: 'ops' } }])
  })

  it('calls no server for an address that stands in a link', async () => {
    const greet = encodeURIComponent(JSON.stringify({ host: '10.0.0.9', port: 22, user: 'root' }))
    const { link } = showApp(`/appliances/add?greet=${greet}`, { ...script, demo: { list: answers([]) } })
    await screen.findByText('Where is the appliance?')
    expect(screen.getByLabelText<HTMLInputElement>('Host name or IP address').value).toBe('')
    expect(link.asked.map(({ call }) => call)).not.toContain('appliances.greet')
  })

  it('preselects no key file', async () => {
    showAdd()
    await toLogin()
    const key = await screen.findByLabelText<HTMLInputElement>('id_ed25519')
    expect(key.checked).toBe(false)
    expect(button('Log in').disabled).toBe(true)
  })

  it('keeps what was typed when greeting fails, and says why and what to do', async () => {
    showAdd({ greet: fails({ kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'refused' }) })
    await greet()
    const failure = await screen.findByTestId('failure')
    expect(failure.textContent).toContain('10.78.0.11:22 refused the connection.')
    expect(failure.textContent).toContain('Check that the server is on')
    expect(screen.getByLabelText<HTMLInputElement>('Host name or IP address').value).toBe('10.78.0.11')
    expect(screen.getByLabelText<HTMLInputElement>('Login name').value).toBe('ops')
  })

  it('forgets the password when it was handed over, also when the login is refused', async () => {
    const { link } = showAdd({ detect: fails(refused) })
    await toLogin()
    fireEvent.click(screen.getByText('Password'))
    fireEvent.change(passwordField(), { target: { value: 'correct horse' } })
    press('Log in')
    await screen.findByTestId('failure')
    expect(passwordField().value).toBe('')
    expect(document.body.innerHTML).not.toContain('correct horse')
    expect(link.asked.filter(({ input }) => JSON.stringify(input).includes('correct horse'))).toHaveLength(1)
  })

  it('skips the comparison for a key that is trusted already', async () => {
    const { calls } = showAdd({ greet: answers({ keyType: 'ssh-ed25519', fingerprint, pinned: true }) })
    await greet()
    await screen.findByText('How do you log in?')
    expect(screen.getByText(/Its key is known here, and it is the same/)).toBeTruthy()
    expect(calls()).not.toContain('appliances.trust')
  })

  it('opens the dialog for a changed host key, with nothing but a way out', async () => {
    const changed = { kind: 'host-key-changed', host: '10.78.0.11', port: 22, keyType: 'ssh-ed25519' } as const
    showAdd({ greet: () => Promise.resolve(fail({ ...changed, pinned: fingerprint, offered: other })) })
    await greet()
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('img', { name: fingerprint })).toBeTruthy()
    expect(within(dialog).getByRole('img', { name: other })).toBeTruthy()
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    expect(screen.getByLabelText<HTMLInputElement>('Host name or IP address').value).toBe('10.78.0.11')
  })

  it('gives a saved appliance its login again without asking for its name', async () => {
    const { added, link } = showAdd(
      {
        greet: answers({ keyType: 'ssh-ed25519', fingerprint, pinned: true }),
        detect: () => Promise.resolve(ok(factsWith([]))),
      },
      'radiology-01',
    )
    await screen.findByText('Log in to radiology-01 again')
    expect(screen.getByLabelText<HTMLInputElement>('Host name or IP address').value).toBe('10.78.0.11')
    press('Continue')
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Log in')
    await waitFor(() => expect(added).toEqual(['radiology-01']))
    expect(link.asked.find(({ call }) => call === 'appliances.save')?.input).toMatchObject({ name: 'radiology-01' })
  })
})
