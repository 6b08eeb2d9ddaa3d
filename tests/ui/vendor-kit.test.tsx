// The vendor kit: the commands of a delivery with one's own names, and the check of a bundle by keyboard: what is right, what
// is not and what helps, and nobody trusted by looking.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { isKitId, isKitName, kitCommand, kitSteps } from '../../renderer/features/vendor-kit/kit-steps.ts'
import { answers, fails, streams } from './gallery/pretend-console.ts'
import { brokenHandover, kitScript, wholeHandover } from './gallery/scenes/vendor-kit.tsx'
import { about } from './gallery/scripted.ts'
import { showApp } from './show.tsx'

const path = '/settings/vendor-kit'
const withDialogs = {
  ...{ shell: 'desktop' as const, version: '0.1.0', operator: 'li', dialogs: true, importFolder: '/import' },
  ...{ locale: 'en-GB', openedAt: '2026-11-22T08:12:00.000Z' },
}
const whole = { stage: 'done', handover: wholeHandover } as const
const pressCheck = async () => fireEvent.click(await screen.findByRole('button', { name: 'Check clinic-note.rsb' }))

describe('the path to a delivery', () => {
  it('has seven steps, each with its command, by the names that are typed', async () => {
    showApp(path, kitScript([]))
    const steps = await screen.findByTestId('kit-steps')
    expect(within(steps).getAllByRole('button', { name: 'Copy' })).toHaveLength(7)
    expect(steps.textContent).toContain('rackside vendor sign clinic-note --out clinic-note.rsb')
    fireEvent.change(screen.getByLabelText('Id of the app'), { target: { value: 'ward-round' } })
    fireEvent.change(screen.getByLabelText('Name of the publisher'), { target: { value: '城市医疗' } })
    expect(steps.textContent).toContain(
      'rackside vendor init ward-round --publisher-id acme --publisher-name "城市医疗"',
    )
    fireEvent.change(screen.getByLabelText('Id of the app'), { target: { value: 'x; rm -rf /' } })
    expect(steps.textContent).not.toContain('rm -rf')
    expect(screen.getByText(/^Lower-case letters, digits and hyphens, beginning/)).toBeTruthy()
  })

  it('takes no name that a shell would take for more than a name', () => {
    for (const bad of ['', 'A', '1a', 'a b', 'a;b', 'a$(b)', '-a', 'a'.repeat(64)]) expect(isKitId(bad)).toBe(false)
    for (const bad of ['', ' ', 'a"b', 'a$b', 'a`b', 'a\\b', 'a!b', 'a\nb', 'a'.repeat(201)]) {
      expect(isKitName(bad)).toBe(false)
    }
    const names = { app: 'note', publisher: 'acme', name: 'Acme Medical' }
    expect(kitSteps.map((step) => kitCommand(step, names).split(' ').slice(0, 3).join(' '))).toEqual([
      ...['rackside vendor init', 'docker save -o', 'rackside vendor lint', 'rackside vendor try'],
      ...['rackside vendor pack', 'rackside vendor sign', 'rackside vendor verify'],
    ])
  })
})

describe('the check of a bundle', () => {
  it('says who made it, what is in it and what that wants, and changes nothing', async () => {
    const { link } = showApp(path, kitScript([whole]))
    await pressCheck()
    const result = await screen.findByTestId('handover')
    expect(result.getAttribute('data-result')).toBe('good')
    expect(result.textContent).toContain('every one of its 412 MiB is right')
    expect(within(result).getByRole('img', { name: wholeHandover.fingerprint })).toBeTruthy()
    await waitFor(() => expect(result.textContent).toContain('This console does not trust this publisher yet.'))
    expect(within(result).getByTestId('handover-entries').textContent).toContain('NET_BIND_SERVICE')
    expect(within(result).getByTestId('taken-back').textContent).toBe(
      'Takes back clinic-note-helper 1.3.0, 1.3.1 since 2026-11-20: It left out the last paragraph of long notes.',
    )
    expect(link.asked.map(({ call }) => call)).not.toContain('publishers.pin')
  })

  it('knows the publisher whom this console trusts, by its fingerprint', async () => {
    const { publisher, fingerprint } = wholeHandover
    const trusted = {
      ...{ ...publisher, fingerprint, rootVersion: 1, pinnedAt: '2026-11-02T09:00:00.000Z', pinnedBy: 'li' },
      ...{ lines: [], blocked: [] },
    }
    const publishers = { list: answers({ publishers: [trusted], allowsUnsigned: false }) }
    showApp(path, { ...kitScript([whole]), publishers })
    await pressCheck()
    expect(await screen.findByText('This console trusts this publisher.')).toBeTruthy()
  })

  it('names each piece that is wrong, and what helps', async () => {
    showApp(path, kitScript([{ stage: 'done', handover: brokenHandover }]))
    await pressCheck()
    const pieces = await screen.findByTestId('handover-pieces')
    expect(screen.getByTestId('handover').getAttribute('data-result')).toBe('refused')
    expect(pieces.textContent).toContain('clinic-note.rsb.002is cut shortCopy it again: the copy ended early.')
  })

  it('is not good where nobody vouches for it any more', async () => {
    showApp(path, kitScript([{ stage: 'done', handover: { ...wholeHandover, expired: true } }]))
    await pressCheck()
    expect((await screen.findByTestId('handover')).getAttribute('data-result')).toBe('expired')
  })

  it('says why it could not be checked', async () => {
    const failure = { kind: 'bundle-not-trusted', folder: 'clinic-note.rsb', problem: 'unsigned', file: '', detail: '' }
    showApp(path, kitScript([{ stage: 'failed', failure: failure as never }]))
    await pressCheck()
    const result = await screen.findByTestId('handover')
    expect(result.getAttribute('data-result')).toBe('failed')
    expect(result.textContent).toContain('clinic-note.rsb')
  })

  it('reads until it is stopped', async () => {
    const working = { stage: 'working', doneBytes: 2 ** 20, totalBytes: 0 } as const
    const script = kitScript([])
    showApp(path, { ...script, bundles: { ...script.bundles, checkHandover: streams([working]) } })
    await pressCheck()
    expect(await screen.findByText('Reading every byte: 1 MiB')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
    expect(screen.queryByText(/Reading every byte/)).toBeNull()
  })

  it('takes a file by a dialog of this computer where there is one', async () => {
    const script = kitScript([whole], [])
    const { link } = showApp(path, {
      ...script,
      window: { about: answers(withDialogs), chooseBundleFile: answers({ place: 'import-0badcafe' }) },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Choose a bundle file' }))
    await screen.findByTestId('handover')
    expect(link.asked.find(({ call }) => call === 'bundles.checkHandover')?.input).toEqual({ place: 'import-0badcafe' })
  })

  it('teaches where to put a file where there is none, and says when the folder cannot be read', async () => {
    showApp(path, kitScript([], []))
    expect(await screen.findByText('No bundle in one file lies in the import folder')).toBeTruthy()
  })

  it('says that the import folder cannot be read', async () => {
    showApp(path, { window: about, bundles: { brought: fails({ kind: 'console-lost' }) } })
    await screen.findByTestId('kit-steps')
    expect(await screen.findByRole('button', { name: /again|Retry/i })).toBeTruthy()
  })

  it('leads to publishers and to the bundles that can be accepted', async () => {
    showApp(path, kitScript([]))
    fireEvent.click(await screen.findByRole('button', { name: 'Accept a bundle' }))
    await waitFor(() => expect(location.hash).toBe('#/catalog?kind=bundles'))
  })
})
