// The known hosts page: what is kept and whose it is, found by any word; forgetting asks for the name; an import is
// shown before it is done (P3).
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { placeOfLine } from '../../renderer/features/known-hosts/host-rows.ts'
import { KnownHostsScreen } from '../../renderer/features/known-hosts/known-hosts-screen.tsx'
import { ok } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { demoNamed, listedDemo } from './gallery/scripted.ts'
import { fingerprints, importedKeys, pinnedKeys } from './gallery/scripted-trust.ts'
import { show } from './show.tsx'

const counts = { added: 3, revoked: 1, alreadyKnown: 4, unknownTypes: 2, certAuthorities: 1 }

async function showHosts(changes: Script['hostKeys'] = {}, appliances: Script['appliances'] = {}) {
  const { link } = show(<KnownHostsScreen />, {
    hostKeys: {
      list: answers({ pinned: pinnedKeys, imported: importedKeys }),
      previewImport: answers(counts),
      import: answers(counts),
      forget: answers({ forgotten: 2, stillImported: 1 }),
      export: answers({ text: 'ward-1 ssh-ed25519 AAAA' }),
      ...changes,
    },
    appliances,
  })
  await screen.findByText('Import known_hosts')
  return { inputs: (name: string) => link.asked.filter(({ call }) => call === name).map(({ input }) => input) }
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string) => fireEvent.click(button(name))
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('the known hosts page', () => {
  it('shows an address once, with all its keys and the appliances that use it', async () => {
    await showHosts()
    const [first, second] = screen.getAllByTestId('known-host')
    expect(first?.textContent).toContain('10.78.0.11:22')
    expect(first?.textContent).toContain('radiology-01')
    expect(first?.textContent).toContain(fingerprints[0])
    expect(first?.textContent).toContain(fingerprints[1])
    expect(first?.textContent).toContain('Compared by a person')
    expect(first?.textContent).toContain('Announced and proven by the server itself')
    expect(first?.textContent).toContain('8f14e45fceea467a9d2c35b7a1e0c6d4')
    expect(second?.textContent).toContain('no appliance uses it')
    expect(second?.textContent).toContain('its machine was not read yet')
  })

  it('does not say that anybody compared the key of a demo appliance', async () => {
    const demo = listedDemo(demoNamed('radiology-01'))
    await showHosts({}, { list: answers([demo]) })
    const own = await screen.findAllByText(/The demo's own key/)
    expect(own[0]?.closest('[data-testid="known-host"]')?.textContent).toContain('radiology-01')
    expect(own[0]?.closest('[data-testid="known-host"]')?.textContent).not.toContain('Compared by a person')
  })

  it('finds by every word, also a part of a fingerprint', async () => {
    await showHosts()
    type('Search', 'Hh2nQk8s 2222')
    expect(screen.getAllByTestId('known-host')).toHaveLength(1)
    expect(screen.queryAllByTestId('imported-line')).toHaveLength(0)
  })

  it('forgets only after the host or its appliance was typed', async () => {
    const { inputs } = await showHosts()
    press('Forget: 10.78.0.11:22')
    const dialog = within(await screen.findByRole('dialog'))
    const forget = dialog.getByRole<HTMLButtonElement>('button', { name: 'Forget its keys' })
    expect(dialog.getByText(/It is used by: radiology-01/)).toBeTruthy()
    expect(forget.disabled).toBe(true)
    fireEvent.submit(forget)
    type(/to confirm/, 'radiology')
    expect(forget.disabled).toBe(true)
    type(/to confirm/, 'radiology-01')
    fireEvent.click(forget)
    expect((await dialog.findByRole('status')).textContent).toContain('Forgotten: 2.')
    expect(inputs('hostKeys.forget')).toEqual([{ host: '10.78.0.11', port: 22, typedHost: 'radiology-01' }])
  })

  it('offers no forgetting of a revoked key, a pattern or a hash', async () => {
    await showHosts()
    const offered = screen
      .getAllByTestId('imported-line')
      .map((line) => within(line).queryByRole('button')?.getAttribute('aria-label') ?? null)
    expect(offered).toEqual(['Forget: pacs.hospital.example', null, null, null])
  })

  it('adds nothing before it showed what would be added, skipped and not usable', async () => {
    const { inputs } = await showHosts()
    type('Lines of the file', 'ward-1 ssh-ed25519 AAAA')
    press('Show what it would add')
    const preview = await screen.findByTestId('import-preview')
    expect(preview.textContent).toContain('Not usable: @cert-authority lines1')
    expect(preview.textContent).toContain('Host certificates are not verified here')
    expect(preview.textContent).toContain('revoked keys1')
    expect(inputs('hostKeys.import')).toEqual([])
    press('Import (lines: 3)')
    await screen.findByText('Lines imported: 3.')
    expect(inputs('hostKeys.import')).toEqual([{ text: 'ward-1 ssh-ed25519 AAAA' }])
    expect(screen.getByLabelText<HTMLTextAreaElement>('Lines of the file').value).toBe('')
  })

  it('takes the preview back when the text changes, and has nothing to import where nothing is new', async () => {
    await showHosts({ previewImport: answers({ ...counts, added: 0 }) })
    type('Lines of the file', 'a')
    press('Show what it would add')
    await screen.findByTestId('import-preview')
    expect(button('Nothing new to import').disabled).toBe(true)
    type('Lines of the file', 'b')
    expect(screen.queryByTestId('import-preview')).toBeNull()
  })

  it('reads a chosen file in the page, and names the line that cannot be used', async () => {
    await showHosts({
      previewImport: fails({ kind: 'known-hosts-unusable', line: 7, problem: 'the key is cut short' }),
    })
    const file = new File(['ward-1 ssh-ed25519 AA'], 'known_hosts')
    fireEvent.change(screen.getByLabelText('Read them from a file'), { target: { files: [file] } })
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLTextAreaElement>('Lines of the file').value).toBe('ward-1 ssh-ed25519 AA'),
    )
    press('Show what it would add')
    expect((await screen.findByTestId('failure')).textContent).toContain('Line 7')
  })

  it('refuses a text that is too long before it is sent', async () => {
    const { inputs } = await showHosts()
    type('Lines of the file', 'x'.repeat(256 * 1024 + 1))
    expect(screen.getByText(/more than 256 KiB/)).toBeTruthy()
    expect(button('Show what it would add').disabled).toBe(true)
    expect(inputs('hostKeys.previewImport')).toEqual([])
  })

  it('shows the export as text to be copied', async () => {
    await showHosts()
    press('Show as known_hosts')
    expect(await screen.findByText('ward-1 ssh-ed25519 AAAA')).toBeTruthy()
    expect(button('Copy')).toBeTruthy()
  })

  it('shows the export as it is after an import', async () => {
    const texts = ['ward-1 ssh-ed25519 AAAA', 'ward-2 ssh-ed25519 BBBB']
    await showHosts({ export: async () => ok({ text: texts.shift() ?? '' }) })
    press('Show as known_hosts')
    await screen.findByText('ward-1 ssh-ed25519 AAAA')
    type('Lines of the file', 'ward-2 ssh-ed25519 BBBB')
    press('Show what it would add')
    await screen.findByTestId('import-preview')
    press('Import (lines: 3)')
    expect(await screen.findByText('ward-2 ssh-ed25519 BBBB')).toBeTruthy()
  })

  it('does not read a file that is too large, and says so', async () => {
    await showHosts()
    const file = new File(['x'.repeat(256 * 1024 + 1)], 'disk.img')
    fireEvent.change(screen.getByLabelText('Read them from a file'), { target: { files: [file] } })
    expect(await screen.findByText(/more than 256 KiB/)).toBeTruthy()
  })
})

describe('the address of an imported line', () => {
  it.each([
    ['ward-1', { host: 'ward-1', port: 22 }],
    ['[ward-1]:2222', { host: 'ward-1', port: 2222 }],
    ['[fe80::1]:2222', { host: 'fe80::1', port: 2222 }],
    ['ward-1,10.0.0.7', undefined],
    ['*.ward', undefined],
    ['|1|a|b', undefined],
  ] as const)('of %s is %j', (hosts, place) => {
    expect(placeOfLine({ hosts })).toEqual(place)
  })
})
