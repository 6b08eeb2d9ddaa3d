// The ways into an appliance while it is added (P6, P9, P12): what an attempt lacks is asked for and the same attempt
// made again; every secret leaves its field when it is handed over, and nothing weak is agreed to by itself.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../shared/domain/failure.ts'
import { answers, fails, type Script, streams } from './gallery/pretend-console.ts'
import { failedSteps, watchHelperTexts } from './gallery/scripted-access.ts'
import {
  address,
  appliance,
  detectsAfter,
  failsOnce,
  fingerprint,
  logInWithKey,
  named,
  place,
  press,
  secret,
  showAdd,
  target,
  toLogin,
  type,
  typePassword,
} from './show-add.tsx'

describe('the login of an appliance', () => {
  it('opens a locked key with its passphrase, then logs in with it', async () => {
    const locked: Failure = { kind: 'identity-unusable', file: '/home/ops/.ssh/id_ed25519', reason: 'encrypted' }
    const { given } = showAdd({
      window: { unlockKey: answers({ credentialId: 'key-1' }) },
      appliances: { detect: detectsAfter(locked) },
    })
    await logInWithKey()
    await screen.findByLabelText('Passphrase of id_ed25519')
    type('Passphrase of id_ed25519', secret)
    press('Unlock the key and go on')
    await named()
    expect(given('window.unlockKey')).toEqual([{ credentialId: 'key-1', passphrase: secret }])
    expect(given('appliances.detect')).toEqual([{ target }, { target }])
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('asks for the passphrase again when it was wrong, with nothing left in the field', async () => {
    const file = '/home/ops/.ssh/id_ed25519'
    showAdd({
      window: { unlockKey: fails({ kind: 'identity-unusable', file, reason: 'passphrase-wrong' }) },
      appliances: { detect: fails({ kind: 'identity-unusable', file, reason: 'encrypted' }) },
    })
    await logInWithKey()
    await screen.findByLabelText('Passphrase of id_ed25519')
    type('Passphrase of id_ed25519', secret)
    press('Unlock the key and go on')
    await waitFor(() => expect(screen.getByTestId('failure').textContent).toContain('the passphrase is not the right'))
    expect(screen.getByLabelText<HTMLInputElement>('Passphrase of id_ed25519').value).toBe('')
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('shows the keys of the agent with their fingerprints, and the way only where there is one', async () => {
    const key = { credentialId: 'agent-1', fingerprint, label: 'ops@console-3' }
    const { given } = showAdd({
      window: { listAgentKeys: answers([key]), takeAgentKey: answers({ credentialId: 'agent-1', fingerprint }) },
    })
    await toLogin()
    fireEvent.click(await screen.findByText('SSH agent'))
    expect(screen.getByText(fingerprint)).toBeTruthy()
    fireEvent.click(screen.getByLabelText(/ops@console-3/))
    press('Log in')
    await named()
    expect(given('window.takeAgentKey')).toEqual([{ fingerprint }])
    expect(given('appliances.detect')).toEqual([{ target: { ...target, credentialId: 'agent-1' } }])
  })

  it('says nothing of an agent where there is none', async () => {
    showAdd()
    await toLogin()
    await screen.findByLabelText('id_ed25519')
    expect(screen.queryByText('SSH agent')).toBeNull()
  })

  it('answers the questions of a server, the hidden ones hidden, and logs in again with the same login', async () => {
    const questions = [
      { text: 'Verification code:', hidden: false },
      { text: 'PIN:', hidden: true },
    ]
    const { given } = showAdd({
      window: { offerAnswers: answers({ credentialId: 'key-1' }) },
      appliances: { detect: detectsAfter({ kind: 'login-questions', ...address, questions }) },
    })
    await logInWithKey()
    await screen.findByLabelText('PIN:')
    expect(screen.getByLabelText<HTMLInputElement>('PIN:').type).toBe('password')
    expect(screen.getByLabelText<HTMLInputElement>('Verification code:').type).toBe('text')
    type('Verification code:', '123456')
    type('PIN:', secret)
    press('Answer and go on')
    await named()
    expect(given('window.offerAnswers')).toEqual([
      { answers: ['123456', secret], questions: ['Verification code:', 'PIN:'], place, credentialId: 'key-1' },
    ])
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('gives sudo a password of its own where sudo asks, and saves which one', async () => {
    const asks: Failure = { kind: 'sudo-refused', user: 'ops', reason: 'password-needed', detail: '' }
    const { given, added } = showAdd({ appliances: { detect: detectsAfter(asks) } })
    await logInWithKey()
    await screen.findByLabelText('Password for sudo of ops')
    type('Password for sudo of ops', secret)
    press('Use it and go on')
    await named()
    press('Add the appliance')
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('appliances.save')).toMatchObject([{ target: { ...target, sudoCredentialId: 'password-1' } }])
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('allows old algorithms only after a person ticked it, and for this appliance', async () => {
    const offered = { kex: [], hostKey: ['ssh-rsa'], cipher: [], mac: [] }
    const refused: Failure = { kind: 'algorithms-refused', ...place, detail: '', ...offered, weakWouldDo: true }
    const shown = { keyType: 'ssh-rsa', fingerprint, pinned: true }
    const { given } = showAdd({
      appliances: {
        greet: failsOnce(refused, shown),
      },
    })
    await screen.findByText('Where is the appliance?')
    type('Host name or IP address', '10.78.0.11')
    type('Login name', 'ops')
    press('Continue')
    const section = await screen.findByTestId('weak-algorithms')
    expect(section.textContent).toContain('ssh-rsa')
    const go = within(section).getByRole<HTMLButtonElement>('button', { name: 'Go on with old algorithms' })
    expect(go.disabled).toBe(true)
    fireEvent.click(within(section).getByRole('checkbox'))
    fireEvent.click(go)
    await screen.findByText('How do you log in?')
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Log in')
    await named()
    expect(given('appliances.greet')).toEqual([{ address }, { address, weakAlgorithms: true }])
    expect(given('appliances.detect')).toEqual([{ target: { ...target, weakAlgorithms: true } }])
    fireEvent.click(screen.getByRole('button', { name: 'Address' }))
    type('Host name or IP address', '10.78.0.99')
    press('Continue')
    await waitFor(() => expect(given('appliances.greet')).toHaveLength(3))
    expect(given('appliances.greet')[2]).toEqual({ address: { ...address, host: '10.78.0.99' } })
  })

  it('only watches where that was chosen, and shows what root has to put in place for it', async () => {
    const missing: Failure = { kind: 'watch-helper-missing', user: 'ops', detail: '' }
    const { given } = showAdd({
      appliances: { detect: detectsAfter(missing) },
      privilege: { watchHelper: answers(watchHelperTexts('ops')) },
    })
    await toLogin()
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    fireEvent.click(screen.getByLabelText(/Only watch this server/))
    press('Log in')
    const files = await screen.findByTestId('watch-helper')
    expect(files.textContent).toContain('/etc/sudoers.d/rackside-watch')
    expect(files.textContent).toContain('ops ALL=(root) NOPASSWD')
    press('Look again')
    await named()
    expect(given('appliances.detect')).toEqual(Array(2).fill({ target: { ...target, watchOnly: true } }))
  })
})

describe('a login that is to last', () => {
  it('goes into the vault after it was proven and before the appliance is saved; a missing vault is made', async () => {
    const kept = { credentialId: 'password-1', label: 'ops@10.78.0.11' }
    const unlocked = {
      state: 'unlocked',
      protection: 'passphrase',
      entries: 0,
      waitSeconds: 0,
      keychain: false,
    } as const
    const { given, added } = showAdd({
      window: {
        keepCredential: failsOnce({ kind: 'vault-missing' }, kept),
        createVault: answers(unlocked),
      },
      vault: { state: answers({ ...unlocked, state: 'none', protection: null, entries: null }) },
    })
    await typePassword()
    fireEvent.click(screen.getByLabelText('Keep it in the vault of this computer'))
    press('Log in')
    await named()
    expect(given('window.keepCredential')).toEqual([])
    press('Add the appliance')
    await screen.findByTestId('vault-prompt')
    expect(given('appliances.save')).toEqual([])
    type('Passphrase', 'twelve or more')
    type('The same once more', 'twelve or more')
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Make the vault' }))
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('window.keepCredential')).toEqual([kept, kept])
    expect(document.body.innerHTML).not.toContain('twelve or more')
  })

  it('is not kept where nobody asked for it', async () => {
    const { given, added } = showAdd()
    await typePassword()
    press('Log in')
    await named()
    press('Add the appliance')
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('window.keepCredential')).toEqual([])
  })
})

describe('a refused login', () => {
  it('is not said any more once another way to log in is chosen', async () => {
    const refused: Failure = { kind: 'login-refused', ...address, methodsOffered: [] }
    showAdd({ appliances: { detect: fails(refused) } })
    await typePassword()
    press('Log in')
    expect((await screen.findByTestId('failure')).dataset['kind']).toBe('login-refused')
    fireEvent.click(screen.getByText('Another key'))
    expect(screen.queryByTestId('failure')).toBeNull()
  })
})

describe('a password that is used once', () => {
  const outcome = { credentialId: 'own-key-1', login: 'forgotten', sudo: 'not-asked' } as const
  const done = answers(outcome)
  const login = { address, credentialId: 'password-1' }
  const open = { state: 'unlocked', protection: 'passphrase', entries: 0, waitSeconds: 0, keychain: false } as const

  async function toName(script: Script) {
    const shown = showAdd({ vault: { state: answers(open) }, ...script })
    await typePassword()
    fireEvent.click(await screen.findByLabelText('Replace it by a key of its own (recommended)'))
    press('Log in')
    await named()
    return shown
  }

  it('is handed over with the name, once the login was proven, and kept nowhere', async () => {
    const { given, added } = await toName({ ownKey: { install: done } })
    expect(given('ownKey.install')).toEqual([])
    press('Add the appliance')
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('ownKey.install')).toEqual([{ name: expect.any(String), login, keepForSudo: false }])
    expect([given('appliances.save'), given('window.keepCredential')]).toEqual([[], []])
  })

  it('opens the vault first where it is locked, and keeps the password for sudo where that was chosen', async () => {
    const locked = { ...open, state: 'locked', entries: null } as const
    const { given, added } = showAdd({
      vault: { state: answers(locked) },
      ownKey: {
        install: failsOnce({ kind: 'vault-locked' }, outcome),
      },
      window: { unlockVault: answers(open) },
    })
    await typePassword()
    fireEvent.click(await screen.findByLabelText('Replace it by a key of its own (recommended)'))
    fireEvent.click(screen.getByLabelText(/If sudo asks for this password there/))
    press('Log in')
    await named()
    press('Add the appliance')
    await screen.findByTestId('vault-prompt')
    type('Passphrase', 'twelve or more')
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Unlock' }))
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('ownKey.install')).toEqual(Array(2).fill({ name: expect.any(String), login, keepForSudo: true }))
  })

  it('whose key the server does not take goes on as a password where a person says so', async () => {
    const refused: Failure = {
      ...{ kind: 'key-not-accepted', ...address, reason: 'no-key-logins', path: '', lineLeft: false },
    }
    const { given, added } = await toName({ ownKey: { install: fails(refused) } })
    press('Add the appliance')
    expect((await screen.findByRole('alert')).textContent).toContain('it lets nobody in with a key')
    expect(given('appliances.save')).toEqual([])
    press('Go on with the password')
    await waitFor(() => expect(added).toHaveLength(1))
    expect(given('appliances.save')).toMatchObject([{ target: { by: 'address', ...login } }])
  })
})

describe('the way to an appliance', () => {
  it('goes through jump hosts, whose own fingerprints are compared first', async () => {
    const gate = { host: 'gate.example', port: 2222, user: 'ops' }
    const unknown = { kind: 'host-key-unknown', host: gate.host, port: gate.port, keyType: 'ssh-ed25519' } as const
    const shown = { keyType: 'ssh-ed25519', fingerprint, pinned: true }
    const { given } = showAdd({
      appliances: {
        greet: failsOnce({ ...unknown, fingerprint }, shown),
      },
    })
    await screen.findByText('Where is the appliance?')
    type('Host name or IP address', '10.78.0.11')
    type('Login name', 'ops')
    fireEvent.click(screen.getByText('Advanced: jump hosts'))
    await screen.findByLabelText('Address of the jump host')
    type('Address of the jump host', 'ops@gate.example:2222')
    fireEvent.click(screen.getByText('Password'))
    type('Password', secret, 'input[type=password]')
    press('Add this jump host')
    await screen.findByText('ops@gate.example:2222')
    expect(document.body.innerHTML).not.toContain(secret)
    press('Continue')
    fireEvent.click(await screen.findByRole('button', { name: /Compare the fingerprint of/ }))
    await screen.findByText('Is this the right jump host?')
    fireEvent.click(screen.getByRole('checkbox'))
    press('Trust this key')
    await screen.findByText('How do you log in?')
    const via = [{ address: gate, credentialId: 'password-1' }]
    expect(given('appliances.trust')).toEqual([{ address: gate, fingerprint }])
    expect(given('appliances.greet')).toEqual([
      { address, via },
      { address, via },
    ])
  })

  it('can be tested with the login that was given, step by step, up to the failure', async () => {
    const { given } = showAdd({ connect: { test: streams(failedSteps, 'ends') } })
    await toLogin()
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Test connection')
    const test = await screen.findByTestId('connection-test')
    await waitFor(() => expect(test.textContent).toContain('refused the login of ops'))
    expect(given('connect.test')).toEqual([{ target }])
    expect(test.querySelectorAll('[data-state="done"]')).toHaveLength(3)
    expect(test.querySelectorAll('[data-state="failed"]')).toHaveLength(1)
    expect(test.textContent).toContain('2.1 s')
  })

  it('stays as it was when a saved appliance gets its login again', async () => {
    const via = [{ address: { host: 'gate.example', port: 22, user: 'ops' }, credentialId: 'key-9' }]
    const saved = { ...appliance, via, weakAlgorithms: true, watchOnly: true } as const
    const { given, added } = showAdd({}, [saved], 'radiology-01')
    await screen.findByText('Log in to radiology-01 again')
    press('Continue')
    await screen.findByText('How do you log in?')
    fireEvent.click(await screen.findByLabelText('id_ed25519'))
    press('Log in')
    await waitFor(() => expect(added).toEqual(['radiology-01']))
    expect(given('appliances.save')).toMatchObject([{ target: { via, weakAlgorithms: true, watchOnly: true } }])
  })
})
