// Backup and support in the window: what goes along and what stays is said before anything is written, a passphrase is typed
// twice and leaves its fields, and a support bundle is read before it is saved.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ok } from '../../shared/domain/failure.ts'
import { answers } from './gallery/pretend-console.ts'
import { backupScript, bundle, desktop, preview } from './gallery/scenes/backup.tsx'
import { showApp } from './show.tsx'

const path = '/settings/backup'
const words = 'nine lamps in the hall'

describe('the backup', () => {
  it('says what is in it and what stays behind, and names the command where the window has no dialog', async () => {
    showApp(path, backupScript(preview))
    const part = await screen.findByTestId('backup')
    await within(part).findByText('Vault, sealed with its own passphrase')
    expect(within(part).getByText('Imported bundles: import them again from their files')).toBeTruthy()
    expect(within(part).queryByText('History of measurements')).toBeNull()
    fireEvent.click(within(part).getByRole('checkbox', { name: 'History, 318 MiB' }))
    expect(within(part).getByText('History of measurements')).toBeTruthy()
    expect(part.textContent).toContain('rackside backup write rackside-backup.rsb --with history')
    expect(within(part).queryByRole('button', { name: 'Write the backup' })).toBeNull()
  })

  it('is written by the shell of the window, under a passphrase that is typed twice and stays nowhere', async () => {
    const written = {
      documents: 12,
      bytes: 7_000_000,
      createdAt: '2026-11-28T20:00:00.000Z',
      parts: ['state' as const],
      vault: 'passphrase' as const,
    }
    const writeBackup = vi.fn(async () => ok(written))
    showApp(path, backupScript(preview, { window: { ...desktop, writeBackup } }))
    const button = await screen.findByRole('button', { name: 'Write the backup' })
    const [once, again] = [
      screen.getByLabelText('Passphrase of the backup'),
      screen.getByLabelText('The same once more'),
    ]
    fireEvent.change(once, { target: { value: words } })
    expect(button).toHaveProperty('disabled', true)
    fireEvent.change(again, { target: { value: words } })
    fireEvent.click(button)
    await screen.findByText('The backup is written: 6.68 MiB.')
    expect(writeBackup).toHaveBeenCalledTimes(1)
    const name = expect.stringMatching(/^rackside-backup-\d{4}-\d\d-\d\d\.rsb$/)
    expect(writeBackup.mock.calls[0]).toEqual(expect.arrayContaining([{ name, passphrase: words, parts: [] }]))
    expect([once, again].map((field) => (field as HTMLInputElement).value)).toEqual(['', ''])
    expect(document.body.innerHTML).not.toContain(words)
  })

  it('says before that a vault in the keychain cannot move, and what helps', async () => {
    showApp(path, backupScript({ ...preview, vault: 'keychain', keyFiles: 1 }))
    const said = await screen.findByRole('alert')
    expect(said.textContent).toContain('rackside vault change-passphrase')
    expect(screen.getByText(/^1 private key of saved appliances is a file/)).toBeTruthy()
  })
})

describe('the support bundle', () => {
  it('is made of what is picked, with other names unless somebody wants them, and read file by file', async () => {
    const gather = vi.fn(async () => ok(bundle))
    const read = vi.fn(async () => ok({ text: 'the findings' }))
    showApp(path, backupScript(preview, { support: { gather, read, archive: answers(null) } }))
    fireEvent.click(await screen.findByRole('checkbox', { name: 'ward-7' }))
    fireEvent.click(screen.getByRole('button', { name: 'Make it and look at it' }))
    const files = await screen.findByTestId('support-files')
    expect(gather.mock.calls[0]).toEqual(
      expect.arrayContaining([{ appliances: ['ward-7'], keepsNames: false, language: 'en' }]),
    )
    expect(files.textContent).toContain('Not reached: appliance-2.')
    expect(files.textContent).toContain('The vault is locked')
    fireEvent.click(within(files).getByRole('button', { name: 'appliance-1/doctor.json' }))
    await waitFor(() => expect(files.textContent).toContain('the findings'))
    expect(read.mock.calls[0]).toEqual(
      expect.arrayContaining([{ supportId: bundle.supportId, name: 'appliance-1/doctor.json' }]),
    )
  })
})
