// Publishers in the window: who is trusted; trusting one only after its fingerprint was compared; removing one only by
// its typed id; a bundle that has expired only by a tick of its own; the developer switch on every screen.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { DeveloperBanner } from '../../renderer/app/developer-banner.tsx'
import { BundlePanel } from '../../renderer/features/catalog/bundle-panel.tsx'
import { PublishersScreen } from '../../renderer/features/publishers/publishers-screen.tsx'
import type { BundleSummary } from '../../shared/contract/bundles.ts'
import type { FailureOf } from '../../shared/domain/failure.ts'
import { answers, fails } from './gallery/pretend-console.ts'
import { recordsBundle, wardPlan } from './gallery/scripted-plans.ts'
import { show } from './show.tsx'
import { showReview } from './show-setup.tsx'

const fingerprint = 'SHA256:0m5zJw0nQbZp1cVt8sU4mXkLr7aHy2gEoDfTnWvYi3A'
const lab = {
  ...{ id: 'lab', name: 'A publisher', fingerprint, rootVersion: 1, lines: ['ward'], blocked: [] },
  ...{ pinnedAt: '2026-11-20T08:00:00.000Z', pinnedBy: 'li' },
}
const list = answers({ publishers: [lab], allowsUnsigned: false })
const stranger: FailureOf<'publisher-unknown'> = {
  ...{ kind: 'publisher-unknown', publisher: 'lab', name: 'A publisher', fingerprint, bundleId: 'bundle-7' },
}
const unknown: BundleSummary = {
  ...{ bundleId: 'bundle-7', demo: false, kept: false, name: 'usb' },
  content: { ok: false, failure: stranger },
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string) => fireEvent.click(button(name))
const nothing = () => undefined

describe('the publishers page', () => {
  it('shows who is trusted, with the keys, since when and by whom', async () => {
    show(<PublishersScreen onCatalog={nothing} />, { publishers: { list } })
    const row = await screen.findByTestId('publisher')
    for (const said of ['A publisher', 'lab', fingerprint, 'by li', 'ward']) expect(row.textContent).toContain(said)
  })

  it('names the versions that it takes back, with the reason', async () => {
    const reason = { en: 'It lies.', 'zh-CN': '会编造内容。' }
    const image = `sha256:${'0'.repeat(64)}`
    const blocked = [
      { entry: 'llama', versions: ['1', '2'], images: [image], since: '2026-11-25', reason },
      { entry: 'letters', range: { atLeast: '1.0', below: '1.4' }, since: '2026-11-26', reason },
    ]
    const withBlocked = answers({ publishers: [{ ...lab, blocked }], allowsUnsigned: false })
    show(<PublishersScreen onCatalog={nothing} />, { publishers: { list: withBlocked } })
    const said = [...(await screen.findByTestId('taken-back')).querySelectorAll('li')].map((one) => one.textContent)
    expect(said).toEqual([
      `Takes back llama 1, 2, image ${image} since 2026-11-25: It lies.`,
      'Takes back letters 1.0 or newer and older than 1.4 since 2026-11-26: It lies.',
    ])
  })

  it('removes one only when its id is typed', async () => {
    const remove = answers({ publisher: 'lab' })
    const { link } = show(<PublishersScreen onCatalog={nothing} />, { publishers: { list, remove } })
    fireEvent.click(await screen.findByRole('button', { name: /Remove.*A publisher/ }))
    expect(button('Trust it no more').disabled).toBe(true)
    fireEvent.change(screen.getByLabelText('Type lab'), { target: { value: 'lab' } })
    press('Trust it no more')
    await waitFor(() =>
      expect(link.asked).toContainEqual({
        call: 'publishers.remove',
        input: { publisher: 'lab', typedPublisher: 'lab' },
      }),
    )
  })
})

describe('the bundle of a stranger', () => {
  it('is trusted only after its fingerprint was compared', async () => {
    const { link } = show(<BundlePanel onChange={() => undefined} bundle={unknown} />, {
      publishers: { list, pin: answers(lab) },
    })
    expect(screen.getByText('Not used yet')).toBeTruthy()
    expect(screen.queryByText('Cannot be used')).toBeNull()
    press('Trust this publisher')
    const dialog = await screen.findByRole('dialog')
    expect(dialog.querySelector('[data-fingerprint]')?.getAttribute('data-fingerprint')).toBe(fingerprint)
    const pin = screen.getAllByRole<HTMLButtonElement>('button', { name: 'Trust this publisher' }).at(-1)
    expect(pin?.disabled).toBe(true)
    fireEvent.click(screen.getByRole('checkbox', { name: /I compared it/ }))
    if (pin !== undefined) fireEvent.click(pin)
    await waitFor(() =>
      expect(link.asked).toContainEqual({ call: 'publishers.pin', input: { bundleId: 'bundle-7', fingerprint } }),
    )
  })

  it('asks about the clock only where that is what stands in the way', async () => {
    const behind = { kind: 'bundle-not-trusted', folder: '/b', problem: 'clock-behind', file: '', detail: '' } as const
    show(<BundlePanel onChange={() => undefined} bundle={unknown} />, { publishers: { list, pin: fails(behind) } })
    press('Trust this publisher')
    fireEvent.click(await screen.findByRole('checkbox', { name: /I compared it/ }))
    expect(screen.getAllByRole('checkbox')).toHaveLength(1)
    const pin = screen.getAllByRole('button', { name: 'Trust this publisher' }).at(-1)
    if (pin !== undefined) fireEvent.click(pin)
    expect(await screen.findByRole('checkbox', { name: /clock of this computer is right/ })).toBeTruthy()
  })
})

describe('a bundle that somebody vouches for', () => {
  const signed = (expired: boolean): BundleSummary => {
    const bundle = recordsBundle()
    if (!bundle.content.ok) throw new Error('it is usable')
    const vouching = {
      ...{ signed: true as const, publisher: { id: 'lab', name: 'A publisher' }, fingerprint, version: 3, expired },
      expires: '2027-11-20T08:00:00Z',
    }
    return { ...bundle, content: { ok: true, value: { ...bundle.content.value, vouching } } }
  }

  it('says by whom it is signed and until when', () => {
    show(<BundlePanel onChange={() => undefined} bundle={signed(false)} />)
    const { textContent } = screen.getByTestId('bundle')
    expect(textContent).toMatch(/Signed by a publisher that is trusted here; vouched for until .*2027/)
    expect(textContent).toContain(fingerprint)
  })

  it('no longer says when that was over', () => {
    show(<BundlePanel onChange={() => undefined} bundle={signed(true)} />)
    expect(screen.getByTestId('bundle').textContent).toMatch(/vouched for it until .*2027/)
  })

  it('any more is installed only by a tick of its own', async () => {
    const plan = wardPlan()
    const expired = { publisher: 'X', until: '2026-11-01T00:00:00Z' }
    const { link } = showReview({ ...plan, purpose: { ...plan.purpose, expired } as typeof plan.purpose })
    expect((await screen.findByTestId('expired')).textContent).toContain('X vouched for this bundle until')
    expect(screen.getByTestId<HTMLButtonElement>('install').disabled).toBe(true)
    fireEvent.click(screen.getByRole('checkbox', { name: /although nobody vouches/ }))
    fireEvent.click(screen.getByTestId('install'))
    const applied = () => link.asked.filter(({ call }) => call === 'setup.apply').map(({ input }) => input)
    await waitFor(() => expect(applied()).toMatchObject([{ acceptsExpired: true }]))
  })
})

it('every screen says that the developer switch is on, and nothing where it is off', async () => {
  show(<DeveloperBanner />, { publishers: { list: answers({ publishers: [], allowsUnsigned: true }) } })
  expect((await screen.findByTestId('developer-switch')).textContent).toContain('RACKSIDE_ALLOW_UNSIGNED')
})
