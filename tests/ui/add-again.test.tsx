// What was refused while an appliance is added (P6, P12): the login that it is about is asked for again, that of a jump
// host at the jump host; what was typed but not given yet is neither lost nor passed over, and ids are never shown.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../shared/domain/failure.ts'
import { answers, fails, streams } from './gallery/pretend-console.ts'
import { failedSteps } from './gallery/scripted-access.ts'
import {
  address,
  appliance,
  detectsAfter,
  failsOnce,
  fingerprint,
  logInWithKey,
  named,
  press,
  secret,
  showAdd,
  target,
  toLogin,
  type,
} from './show-add.tsx'

const gate = { host: 'gate.example', port: 22, user: 'ops' }
const through = (credentialId: string) => ({ ...appliance, via: [{ address: gate, credentialId }] })
const shown = { keyType: 'ssh-ed25519', fingerprint, pinned: true }
const gateRefused: Failure = { kind: 'login-refused', ...gate, methodsOffered: ['publickey'] }
// jsdom ends no animation: the sign of being busy stays in the button's name.
const goOn = () => screen.getByRole<HTMLButtonElement>('button', { name: /Continue$/ })

async function loginAgain(): Promise<void> {
  await screen.findByText('Log in to radiology-01 again')
  press('Continue')
  await screen.findByText('How do you log in?')
  fireEvent.click(await screen.findByLabelText('id_ed25519'))
  press('Log in')
}

describe('a password for sudo that was only in memory', () => {
  it('is asked for again where the console ended since, and can be kept this time', async () => {
    const kept = { credentialId: 'password-1', label: 'sudo ops@10.78.0.11' }
    const { given, added } = showAdd(
      {
        window: { keepCredential: answers(kept) },
        appliances: { detect: detectsAfter({ kind: 'credential-unknown', credentialId: 'password-9' }) },
      },
      [{ ...appliance, sudoCredentialId: 'password-9' }],
      'radiology-01',
    )
    await loginAgain()
    await screen.findByLabelText('Password for sudo of ops')
    expect(screen.getByRole('alert').textContent).toMatch(/only in memory/)
    type('Password for sudo of ops', secret)
    fireEvent.click(screen.getByLabelText('Keep it in the vault of this computer'))
    press('Use it and go on')
    await waitFor(() => expect(added).toEqual(['radiology-01']))
    expect(given('appliances.detect')).toMatchObject([
      { target: { ...target, sudoCredentialId: 'password-9' } },
      { target: { ...target, sudoCredentialId: 'password-1' } },
    ])
    expect(given('window.keepCredential')).toEqual([kept])
    expect(document.body.innerHTML).not.toContain(secret)
  })
})

describe('a jump host whose login is refused', () => {
  it('gets another login before anything is tried again', async () => {
    const { given } = showAdd(
      { appliances: { greet: failsOnce(gateRefused, shown) } },
      [through('key-9')],
      'radiology-01',
    )
    await screen.findByText('Log in to radiology-01 again')
    press('Continue')
    await screen.findByText('Its login does not work: give another one')
    expect(goOn().disabled).toBe(true)
    fireEvent.click(screen.getByText('Password'))
    type('Password', secret, 'input[type=password]')
    press('Use this login')
    await screen.findByText('login: password')
    press(/Continue$/)
    await screen.findByText('How do you log in?')
    expect(given('appliances.greet')).toMatchObject([
      { via: [{ address: gate, credentialId: 'key-9' }] },
      { via: [{ address: gate, credentialId: 'password-1' }] },
    ])
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('is what is asked for, not the login of the appliance behind it', async () => {
    showAdd({ appliances: { detect: fails(gateRefused) } }, [through('key-1')], 'radiology-01')
    await loginAgain()
    await screen.findByText('Its login does not work: give another one')
    expect(screen.queryByText('How do you log in?')).toBeNull()
  })
})

describe('a login', () => {
  it('that the test found refused is asked for again, wherever the test was made', async () => {
    showAdd({ connect: { test: streams(failedSteps, 'ends') } })
    await logInWithKey()
    await named()
    press('Test connection')
    await screen.findByText('How do you log in?')
    expect(screen.queryByText(/Without another choice/)).toBeNull()
  })

  it('that is gone is not offered again', async () => {
    showAdd({ appliances: { detect: fails({ kind: 'credential-unknown', credentialId: 'key-1' }) } })
    await logInWithKey()
    await screen.findByTestId('failure')
    expect(screen.queryByText(/Without another choice/)).toBeNull()
  })

  it.each([
    ['key-1', 'login: id_ed25519'],
    ['key-9', 'login: as saved'],
  ])('%s of a saved jump host is called by its name, never by its id', async (credentialId, words) => {
    showAdd({}, [through(credentialId)], 'radiology-01')
    await screen.findByText(words)
    expect(document.body.textContent).not.toContain(credentialId)
  })
})

describe('a pasted key', () => {
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----'
  const textOfKey = () => screen.getByLabelText<HTMLTextAreaElement>('Text of the private key')

  it('stays in its field where only its passphrase was missing, and leaves it when it was taken', async () => {
    const locked: Failure = { kind: 'identity-unusable', file: 'key-2', reason: 'encrypted' }
    const { given } = showAdd({
      window: { offerKey: failsOnce(locked, { credentialId: 'key-2', label: 'private key', lasting: false }) },
    })
    await toLogin()
    fireEvent.click(screen.getByText('Another key'))
    await screen.findByLabelText('Text of the private key')
    type('Text of the private key', key, 'textarea')
    press('Log in')
    expect((await screen.findByTestId('failure')).textContent).toContain('Give the passphrase of the key')
    expect(textOfKey().value).toBe(key)
    type(/Passphrase/, secret)
    press(/Log in$/)
    await named()
    expect(given('window.offerKey')).toEqual([{ privateKey: key }, { privateKey: key, passphrase: secret }])
    expect(document.body.innerHTML).not.toContain(key)
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('of a file that is too large is not read, and that is said', async () => {
    showAdd()
    await toLogin()
    fireEvent.click(screen.getByText('Another key'))
    fireEvent.change(await screen.findByLabelText('Read it from a file'), {
      target: { files: [new File(['x'.repeat(20_001)], 'backup.tar')] },
    })
    await screen.findByText(/too large for a private key/)
    expect(textOfKey().value).toBe('')
  })
})

describe('a jump host that was typed but not added', () => {
  it('holds the way until it is added or taken back', async () => {
    const { given } = showAdd()
    await screen.findByText('Where is the appliance?')
    type('Host name or IP address', '10.78.0.11')
    type('Login name', 'ops')
    fireEvent.click(screen.getByText('Advanced: jump hosts'))
    await screen.findByLabelText('Address of the jump host')
    type('Address of the jump host', 'ops@gate.example')
    expect(screen.getByText('Add the jump host or empty its field first.')).toBeTruthy()
    expect(goOn().disabled).toBe(true)
    fireEvent.submit(goOn())
    expect(given('appliances.greet')).toEqual([])
    type('Address of the jump host', '')
    press('Continue')
    await screen.findByText('How do you log in?')
    expect(given('appliances.greet')).toEqual([{ address }])
  })
})
