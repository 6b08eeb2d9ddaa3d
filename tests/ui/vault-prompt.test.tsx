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
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string) => fireEvent.click(button(name))

describe('the vault, asked for', () => {
  it('is made with a passphrase that was typed the same twice', async () => {
    const { onDone, given } = showPrompt('vault-missing', none, { createVault: answers(unlocked) })
    type('Passphrase', secret)
    type('The same once more', `${secret}!`)
    expect(screen.getByText('The two are not the same.')).toBeTruthy()
    expect(button('Make the vault').disabled).toBe(true)
    type('The same once more', secret)
    press('Make the vault')
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
    expect(given('window.createVault')).toEqual([{ passphrase: secret }])
  })

  it('says beside the field what the vault says of a passphrase', async () => {
    const short = fails({ kind: 'vault-passphrase-unusable', reason: 'too-short' })
    showPrompt('vault-missing', none, { createVault: short })
    type('Passphrase', 'short')
    type('The same once more', 'short')
    press('Make the vault')
    await screen.findByText(/is too short/)
    expect(field('Passphrase').value).toBe('')
    expect(screen.queryByTestId('failure')).toBeNull()
  })

  it('forgets a wrong passphrase, says so, and stays', async () => {
    const wrong = fails({ kind: 'vault-passphrase-wrong', waitSeconds: 0 })
    const { onDone } = showPrompt('vault-locked', locked, { unlockVault: wrong })
    await screen.findByLabelText('Passphrase')
    type('Passphrase', secret)
    press('Unlock')
    await screen.findByText(/This is not the passphrase of the vault/)
    expect(field('Passphrase').value).toBe('')
    expect(document.body.innerHTML).not.toContain(secret)
    expect(onDone).not.toHaveBeenCalled()
  })

  it('tries none while the vault hears nobody after several wrong ones', async () => {
    const { given } = showPrompt('vault-locked', { ...locked, waitSeconds: 30 }, { unlockVault: answers(unlocked) })
    await screen.findByText(/The next one is tried in/)
    type('Passphrase', secret)
    expect(button('Unlock').disabled).toBe(true)
    fireEvent.submit(button('Unlock'))
    expect(given('window.unlockVault')).toEqual([])
  })

  it('asks for no passphrase where the keychain of this computer protects it', async () => {
    const keychain = { ...locked, protection: 'keychain', keychain: true } as const
    const { onDone, given } = showPrompt('vault-locked', keychain, { unlockVault: answers(unlocked) })
    await screen.findByText(/The keychain of this computer opens it/)
    press('Unlock')
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
    expect(given('window.unlockVault')).toEqual([{}])
    expect(screen.queryByLabelText('Passphrase')).toBeNull()
  })
})
