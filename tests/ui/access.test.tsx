// The access tab: what the network reaches, who signs in where, and a secret for whoever asks for that one.
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AccessTab } from '../../renderer/features/appliance/access-tab.tsx'
import { fail, ok } from '../../shared/domain/failure.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { reachedPlaces, waysIn } from './gallery/scripted-ways-in.ts'
import { show } from './show.tsx'
import { unanswered } from './unanswered.ts'

const appliance = unanswered('radiology-01')
const reviewed: string[] = []
const value = 'k7dmq-2vxpz-hh3yw-9mtrc'

function showTab(upkeep: Script['upkeep'] = {}, window: Script['window'] = about) {
  return show(<AccessTab appliance={appliance} onReview={(planId) => void reviewed.push(planId)} />, {
    window,
    upkeep: { published: answers([...reachedPlaces]), signIns: answers([...waysIn]), ...upkeep },
  })
}

afterEach(() => vi.useRealTimers())

describe('access to an appliance', () => {
  it('says what the network reaches by its name, and what asks for the password', async () => {
    showTab()
    const shown = await screen.findByTestId('published')
    within(shown).getByText('https://ai.hospital.example/')
    within(shown).getByText('https://ai.hospital.example/chat/')
    expect(within(shown).getAllByText('asks for the password of the way in, below')).toHaveLength(1)
    within(shown).getByText(/It can speak for ai\.hospital\.example only/)
    within(shown).getByRole('button', { name: 'Save the certificate' })
  })

  it('says that nothing is reached, and of a given certificate whose it is', async () => {
    showTab({ published: answers([]) })
    expect((await screen.findByTestId('published')).textContent).toContain('Nothing. Apps are opened here')
    cleanup()
    const [place] = reachedPlaces
    if (place === undefined) throw new Error('no place')
    const { authority: _none, ...given } = place
    showTab({ published: answers([{ ...given, validUntil: new Date(Date.now() + 86_400_000).toISOString() }]) })
    const shown = within(await screen.findByTestId('published'))
    shown.getByText('Your own certificate')
    shown.getByText('ends soon: have a new one made by your own authority, and put it in place below')
    expect(shown.queryByRole('button', { name: 'Renew the certificate' })).toBeNull()
    expect(shown.queryByRole('button', { name: 'Save the certificate' })).toBeNull()
  })

  it('plans the renewal of the certificate that the appliance made, and shows the plan before anything is done', async () => {
    const asked: unknown[] = []
    showTab({
      planRenewal: async (input) => {
        asked.push(input)
        return ok({ id: 'plan-0123456789abcdef' } as never)
      },
    })
    const shown = within(await screen.findByTestId('published'))
    fireEvent.click(shown.getByRole('button', { name: 'Renew the certificate' }))
    await waitFor(() => expect(reviewed).toEqual(['plan-0123456789abcdef']))
    expect(asked).toEqual([{ target: appliance.target, deployment: reachedPlaces[0]?.deployment }])
  })

  it('shows the one secret that is asked for, and hides it again after a minute', async () => {
    const asked: unknown[] = []
    showTab({
      showSecret: async (input) => {
        asked.push(input)
        return ok({ value })
      },
    })
    const people = within(await screen.findByTestId('sign-ins'))
    // No accounts, the first visitor and a published password have none to show.
    const buttons = people.getAllByRole('button', { name: 'Show' })
    expect(buttons).toHaveLength(2)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    fireEvent.click(buttons[0] as HTMLElement)
    await people.findByText(value)
    expect(asked).toEqual([{ target: appliance.target, deployment: 'chat', name: 'administrator' }])
    act(() => void vi.advanceTimersByTime(61_000))
    await waitFor(() => expect(people.queryByText(value)).toBeNull())
  })

  it('notes that a published password was changed, once somebody has said so twice', async () => {
    const asked: unknown[] = []
    showTab({
      confirmSignIn: async (input) => {
        asked.push(input)
        return ok([])
      },
    })
    const people = within(await screen.findByTestId('sign-ins'))
    people.getByText('As admin, with a password that somebody has changed')
    people.getByText(/its data are older than the password made for it/)
    fireEvent.click(people.getByRole('button', { name: 'It is changed' }))
    expect(asked).toEqual([])
    await screen.findByText(/Sign in to knowledge as admin and change the password/)
    const [, really] = screen.getAllByRole('button', { name: 'It is changed' })
    fireEvent.click(really as HTMLElement)
    await waitFor(() => expect(asked).toEqual([{ target: appliance.target, deployment: 'knowledge' }]))
  })

  it('says what an app is told by hand, and why a key could not be shown', async () => {
    showTab({ showSecret: async () => fail({ kind: 'facts-unreadable', detail: 'no secret is there' }) })
    const keys = within(await screen.findByTestId('app-keys'))
    keys.getByText('http://models:8080/v1')
    keys.getByText('deepseek-32b, qwen3-embedding')
    fireEvent.click(keys.getByRole('button', { name: 'Show' }))
    expect(await keys.findAllByText(/no secret is there/)).not.toEqual([])
  })

  it('hands over a certificate and its key once both are chosen', async () => {
    const given: unknown[] = []
    showTab(
      {
        giveCertificate: async (input) => {
          given.push(input)
          return ok({ validUntil: '2027-11-20T03:12:45Z' })
        },
      },
      {
        ...about,
        offerCertificateKey: async (input) => {
          given.push(input)
          return ok({ credentialId: 'certificate-key-1' })
        },
      },
    )
    const own = within(await screen.findByTestId('own-certificate'))
    const give = own.getByRole('button', { name: 'Put it in place', hidden: true })
    const choose = (label: RegExp, text: string, size?: number) => {
      const file = new File([text], 'a.pem')
      if (size !== undefined) Object.defineProperty(file, 'size', { value: size })
      Object.defineProperty(file, 'text', { value: async () => text })
      fireEvent.change(own.getByLabelText(label), { target: { files: [file] } })
    }
    choose(/^Certificate \(PEM/, 'the certificate')
    expect(give.hasAttribute('disabled')).toBe(true)
    choose(/^Its private key/, 'the key', 20_001)
    own.getByText('This file is too large to be one.')
    expect(give.hasAttribute('disabled')).toBe(true)
    choose(/^Its private key/, 'the key')
    fireEvent.click(give)
    await waitFor(() =>
      expect(given).toEqual([
        { privateKey: 'the key' },
        { target: appliance.target, certificate: 'the certificate', credentialId: 'certificate-key-1' },
      ]),
    )
  })
})
