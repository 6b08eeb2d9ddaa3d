// The vault asked for in a window (P13, P14): made with a passphrase that is typed twice, opened with it; no passphrase
// stays in the page, whether it was the right one or not.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { VaultPrompt, type VaultReason } from '../../renderer/console/vault-prompt.tsx'
import type { VaultStateView } from '../../shared/contract/vault.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { show } from './show.tsx'

const secret = 'correct horse battery'
const none: VaultStateView = { state: 'none', protection: null, entries: null, waitSeconds: 0, keychain: false }
const locked: VaultStateView = { ...none, state: 'locked', protection: 'passphrase' }
const unlocked: VaultStateView = { ...locked, state: 'unlocked', entries: 0 }

function showPrompt(reason: VaultReason, state: VaultStateView, window: Script['window']) {
  const onDone = vi.fn()
  const prompt = <VaultPrompt open reason={reason} onDone={onDone} onCancel={() => undefined} />
  const { link } = show(prompt, { window: window ?? {}, vault: { state: answers(state) } })
  return { onDone, given: (call: string) => link.asked.filter((one) => one.call === call).map(({ input }) => input) }
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('the vault, asked for', () => {
  it('is made with a passphrase that was typed the same twice', async () => {
    const { onDone, given } = showPrompt('vault-missing', none, { createVault: answers(unlocked) })
    type('New passphrase', secret)
    type('The same again', `${secret}!`)
    press('Make the vault')
    await screen.findByText('The two are not the same.')
    expect(given('window.createVault')).toEqual([])
    type('The same again', secret)
    press('Make the vault')
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
    expect(given('window.createVault')).toEqual([{ passphrase: secret }])
  })

  it('says that a passphrase is too short before it is handed over', async () => {
    const { given } = showPrompt('vault-missing', none, { createVault: answers(unlocked) })
    type('New passphrase', 'short')
    type('The same again', 'short')
    press('Make the vault')
    await screen.findByText('It has fewer than 12 characters.')
    expect(given('window.createVault')).toEqual([])
  })

  it('forgets a wrong passphrase, says so, and stays', async () => {
    const wrong = fails({ kind: 'vault-passphrase-wrong', waitSeconds: 0 })
    const { onDone } = showPrompt('vault-locked', locked, { unlockVault: wrong })
    type('Passphrase of the vault', secret)
    press('Unlock')
    const failure = await screen.findByTestId('failure')
    expect(failure.textContent).toContain('This is not the passphrase of the vault.')
    expect(field('Passphrase of the vault').value).toBe('')
    expect(document.body.innerHTML).not.toContain(secret)
    expect(onDone).not.toHaveBeenCalled()
  })

  it('asks for no passphrase where the keychain of this computer protects it', async () => {
    const keychain = { ...locked, protection: 'keychain', keychain: true } as const
    const { onDone, given } = showPrompt('vault-locked', keychain, { unlockVault: answers(unlocked) })
    await screen.findByText(/The keychain of this computer protects it/)
    press('Unlock')
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
    expect(given('window.unlockVault')).toEqual([{}])
    expect(screen.queryByLabelText('Passphrase of the vault')).toBeNull()
  })
})
