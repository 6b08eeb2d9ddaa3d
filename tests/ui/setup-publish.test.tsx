// Who may open the apps: nobody unless somebody says so, with a password unless somebody says otherwise, and agreed to.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openingPlan, wardPlan } from './gallery/scripted-plans.ts'
import { showReview } from './show-setup.tsx'

function asked(link: ReturnType<typeof showReview>['link'], name: string): unknown {
  return link.asked.find(({ call }) => call === name)?.input
}

describe('the review of what is opened', () => {
  it('asks who may open the apps, and plans again for an address of the server', async () => {
    const { link } = showReview(wardPlan({ publishable: ['record-assistant'] }))
    const shown = within(await screen.findByTestId('publish'))
    shown.getByText(/Nobody beyond this server: record-assistant can only be opened/)
    expect(screen.getByTestId('install').hasAttribute('disabled')).toBe(false)
    const address = shown.getByLabelText('Address of the server in the local network')
    expect((address as HTMLInputElement).value).toBe('10.78.0.11')
    fireEvent.change(address, { target: { value: 'server' } })
    const open = shown.getByRole('button', { name: 'Plan to open them there' })
    expect(open.hasAttribute('disabled')).toBe(true)
    fireEvent.change(address, { target: { value: '10.78.0.12' } })
    fireEvent.click(open)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    const publish = { address: '10.78.0.12', port: 443, guarded: true }
    expect(asked(link, 'setup.plan')).toMatchObject({ publish })
  })

  it('opens by a name of the site, and without a password only where somebody says so', async () => {
    const { link } = showReview(wardPlan({ publishable: ['record-assistant'] }))
    const shown = within(await screen.findByTestId('publish'))
    const name = shown.getByLabelText('Name of that address (optional)')
    const open = shown.getByRole('button', { name: 'Plan to open them there' })
    fireEvent.change(name, { target: { value: 'server' } })
    shown.getByText('Write a name with a domain, like ai.hospital.example.')
    expect(open.hasAttribute('disabled')).toBe(true)
    fireEvent.change(name, { target: { value: 'AI.hospital.example' } })
    fireEvent.click(shown.getByRole('radio', { name: 'Everyone there, without a password' }))
    fireEvent.click(open)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    const publish = { address: '10.78.0.11', port: 443, name: 'ai.hospital.example' }
    expect((asked(link, 'setup.plan') as { publish: unknown }).publish).toEqual(publish)
  })

  it('says of what is opened who comes in, before anybody agrees', async () => {
    const plan = openingPlan()
    const [opening] = plan.openings ?? []
    if (opening === undefined) throw new Error('it opens nothing')
    showReview({ ...plan, openings: [{ ...opening, unguarded: ['chat'] }] })
    const shown = within(await screen.findByTestId('publish'))
    shown.getByText(/record-assistant: only with the password/)
    shown.getByText(/chat: whoever comes first is its administrator/)
  })

  it('opens nothing before somebody agrees to exactly that', async () => {
    const { link } = showReview(openingPlan())
    const shown = await screen.findByTestId('publish')
    expect(shown.textContent).toContain('Everyone who reaches https://10.78.0.11/.')
    const install = screen.getByTestId('install')
    expect(install.hasAttribute('disabled')).toBe(true)
    fireEvent.click(within(shown).getByRole('checkbox'))
    fireEvent.click(install)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.apply'))
    expect(link.asked.find(({ call }) => call === 'setup.apply')?.input).toMatchObject({ opens: ['10.78.0.11:443'] })
  })
})
