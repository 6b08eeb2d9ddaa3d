// The credentials page and the vault's mark: the state is said as it is, a passphrase leaves its field when it is handed
// over (P12), a wrong one and the waiting time are said in place, what is in use cannot be removed.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { CredentialsScreen } from '../../renderer/features/credentials/credentials-screen.tsx'
import type { VaultStateView } from '../../shared/contract/vault.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { keptLogins, locked, noVault, unlocked } from './gallery/scripted-trust.ts'
import { show, showApp } from './show.tsx'

const secret = 'correct horse battery staple'
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string) => fireEvent.click(button(name))
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })

/** A vault whose state is what was last set. */
function showVault(start: VaultStateView, changes: Script = {}) {
  let now = start
  const become = (next: VaultStateView) => {
    now = next
    return Promise.resolve(ok(next))
  }
  const { link } = show(<CredentialsScreen />, {
    ...changes,
    vault: { state: () => Promise.resolve(ok(now)), list: answers(keptLogins), ...changes.vault },
    window: {
      createVault: () => become(unlocked),
      unlockVault: () => become(unlocked),
      changeVaultPassphrase: () => become(unlocked),
      ...changes.window,
    },
  })
  const inputs = (name: string) => link.asked.filter(({ call }) => call === name).map(({ input }) => input)
  return { inputs, become }
}

describe('a kept password', () => {
  it("is replaced by Rackside's own key for one appliance after the other", async () => {
    const { inputs } = showVault(unlocked, {
      ownKey: { install: answers({ credentialId: 'own-key-1', login: 'in-use', sudo: 'not-asked' } as const) },
    })
    fireEvent.click(await screen.findByLabelText(/own key: radiology-01/))
    fireEvent.click(await screen.findByText('Replace it'))
    await screen.findByText(/The password stays: another appliance logs in with it/)
    expect(inputs('ownKey.install')).toEqual([{ name: 'radiology-01', keepForSudo: false }])
    expect(screen.getAllByLabelText(/own key: /)).toHaveLength(1)
  })
})

describe('making a vault', () => {
  it('wants the passphrase twice the same, hands it over once and forgets it', async () => {
    const { inputs } = showVault(noVault)
    await screen.findByText('No login is kept on this computer')
    expect(screen.getByText(/12 to 1024 characters/)).toBeTruthy()
    type('Passphrase', secret)
    expect(button('Make the vault').disabled).toBe(true)
    type('The same once more', 'another')
    expect(screen.getByText('The two are not the same.')).toBeTruthy()
    expect(button('Make the vault').disabled).toBe(true)
    type('The same once more', secret)
    press('Make the vault')
    expect(field('Passphrase').value).toBe('')
    await screen.findByText('The vault is unlocked')
    expect(inputs('window.createVault')).toEqual([{ passphrase: secret }])
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('says at the field what the vault refuses', async () => {
    const refused = fails({ kind: 'vault-passphrase-unusable', reason: 'too-short' })
    showVault(noVault, { window: { createVault: refused } })
    await screen.findByText('No login is kept on this computer')
    type('Passphrase', 'short')
    type('The same once more', 'short')
    press('Make the vault')
    expect((await screen.findByText(/is too short/)).id).toBe(field('Passphrase').getAttribute('aria-describedby'))
    expect(field('Passphrase').value).toBe('')
  })

  it('offers the keychain only where there is one (P13)', async () => {
    showVault(noVault)
    await screen.findByText('No login is kept on this computer')
    expect(screen.queryByRole('button', { name: 'Make it in the keychain' })).toBeNull()
    showVault({ ...noVault, keychain: true })
    expect(await screen.findByRole('button', { name: 'Make it in the keychain' })).toBeTruthy()
  })
})

describe('unlocking the vault', () => {
  it('forgets a wrong passphrase and says so beside the field', async () => {
    showVault(locked, { window: { unlockVault: fails({ kind: 'vault-passphrase-wrong', waitSeconds: 0 }) } })
    await screen.findByText('The vault is locked')
    type('Passphrase', secret)
    press('Unlock')
    await screen.findByText(/This is not the passphrase of the vault/)
    expect(field('Passphrase').value).toBe('')
    expect(document.body.innerHTML).not.toContain(secret)
  })

  it('after several wrong ones counts the time down, and hands nothing over meanwhile', async () => {
    const { inputs, become } = showVault(locked, {
      window: {
        unlockVault: async () => {
          await become({ ...locked, waitSeconds: 30 })
          return fail({ kind: 'vault-passphrase-wrong', waitSeconds: 30 })
        },
      },
    })
    await screen.findByText('The vault is locked')
    type('Passphrase', secret)
    press('Unlock')
    await screen.findByText(/The next one is tried in (30|29) s/)
    // jsdom ends no animation: the sign of being busy stays in the button's name.
    const unlock = screen.getByRole<HTMLButtonElement>('button', { name: /Unlock$/ })
    type('Passphrase', secret)
    expect(unlock.disabled).toBe(true)
    fireEvent.submit(unlock)
    expect(inputs('window.unlockVault')).toHaveLength(1)
  })

  it('by the keychain asks for nothing to be typed', async () => {
    const { inputs } = showVault({ ...locked, protection: 'keychain', keychain: true })
    await screen.findByText('The vault is locked')
    expect(screen.queryByLabelText('Passphrase')).toBeNull()
    press('Unlock')
    await screen.findByText('The vault is unlocked')
    expect(inputs('window.unlockVault')).toEqual([{}])
  })
})

describe('an unlocked vault', () => {
  it('lists what is kept and by whom it is used, and says what is only in memory', async () => {
    showVault(unlocked)
    const rows = within(await screen.findByTestId('kept-logins'))
    await rows.findByText('ops@10.78.0.11')
    expect(rows.getAllByText('Private key')).toHaveLength(2)
    expect(rows.getByText(/radiology-01/)).toBeTruthy()
    expect(rows.getByText('no appliance')).toBeTruthy()
    expect(screen.getByText(/is only in memory: it is gone when Rackside ends/)).toBeTruthy()
  })

  it('removes what nobody uses, after it was asked', async () => {
    const { inputs } = showVault(unlocked, { vault: { remove: answers({ credentialId: 'kept-3' }) } })
    fireEvent.click(await screen.findByRole('button', { name: 'Remove: hospital-servers' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(inputs('vault.remove')).toEqual([])
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(inputs('vault.remove')).toEqual([{ credentialId: 'kept-3' }]))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByText('It was removed.')).toBeTruthy()
  })

  it('explains why one in use cannot be removed, and offers no such button', async () => {
    showVault(unlocked)
    fireEvent.click(await screen.findByRole('button', { name: 'Remove: ops@10.78.0.11' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/These appliances log in with it: radiology-01/)).toBeTruthy()
    expect(dialog.queryByRole('button', { name: 'Remove' })).toBeNull()
  })

  it('says it when one came into use meanwhile', async () => {
    const inUse = fails({ kind: 'credential-in-use', credentialId: 'kept-3', appliances: ['lab-09'] })
    showVault(unlocked, { vault: { remove: inUse } })
    fireEvent.click(await screen.findByRole('button', { name: 'Remove: hospital-servers' }))
    const dialog = within(await screen.findByRole('dialog'))
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
    expect((await dialog.findByTestId('failure')).textContent).toContain('lab-09')
  })

  it('gets another passphrase; all three fields are empty at once', async () => {
    const { inputs } = showVault(unlocked)
    await screen.findByText('Change the passphrase')
    type('Passphrase until now', 'the old passphrase')
    type('New passphrase', secret)
    type('The same once more', secret)
    press('Change')
    expect(['Passphrase until now', 'New passphrase', 'The same once more'].map((one) => field(one).value)).toEqual([
      '',
      '',
      '',
    ])
    await screen.findByText('The passphrase was changed.')
    expect(inputs('window.changeVaultPassphrase')).toEqual([
      { oldPassphrase: 'the old passphrase', newPassphrase: secret },
    ])
  })
})

describe('the mark of the vault in the top bar', () => {
  const script = (vault: Script['vault']): Script => ({ window: about, vault: vault ?? {} })

  it('locks in one press, and then says that it is locked', async () => {
    let now = unlocked
    const lock = () => {
      now = locked
      return Promise.resolve(ok(locked))
    }
    const { link } = showApp('/settings', script({ state: () => Promise.resolve(ok(now)), lock }))
    const mark = within(await screen.findByTestId('vault-mark'))
    expect(mark.getByText('Vault unlocked')).toBeTruthy()
    fireEvent.click(mark.getByRole('button', { name: 'Lock' }))
    await mark.findByText('Vault locked')
    expect(link.asked.filter(({ call }) => call === 'vault.lock')).toHaveLength(1)
    expect(mark.queryByRole('button')).toBeNull()
  })

  it('is not there without a vault', async () => {
    showApp('/settings', script({ state: answers(noVault) }))
    await screen.findByText('Open credentials')
    expect(screen.queryByTestId('vault-mark')).toBeNull()
  })

  it('leads to the credentials, as the settings and the palette do', async () => {
    showApp('/settings', script({ state: answers(locked), list: answers([]) }))
    fireEvent.click(await screen.findByRole('link', { name: 'Vault locked' }))
    await screen.findByTestId('unlock-vault')
    expect(location.hash).toBe('#/settings/credentials')
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
    const palette = await screen.findByRole('combobox')
    for (const page of ['Known hosts', 'Credentials']) {
      fireEvent.change(palette, { target: { value: page } })
      await screen.findByRole('option', { name: new RegExp(page) })
    }
  })
})
