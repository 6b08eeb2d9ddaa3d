// The settings of a plan in its review: where each comes from, what is wrong with one, and another plan with what is chosen;
// what containers get beyond their limits, which is agreed to before anything begins; and memory that somebody ignores.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../shared/domain/plan.ts'
import { alreadyTrue, wardPlan, wardSteps } from './gallery/scripted-plans.ts'
import { wardPrivileges, wardSettings } from './gallery/scripted-settings.ts'
import { showReview } from './show-setup.tsx'

const settings = [...wardSettings]

async function foldOf(some: typeof settings) {
  showReview(wardPlan({ settings: some }))
  const details = (await screen.findByTestId('settings')).querySelector('details')
  return { unfolded: details?.open, said: details?.querySelector('summary')?.textContent }
}

describe('the settings in a review', () => {
  it('say where each value comes from, and what it may be', async () => {
    showReview(wardPlan({ settings }))
    const shown = within(await screen.findByTestId('settings'))
    const threads = shown.getByLabelText('Threads of the processor') as HTMLInputElement
    expect(threads.value).toBe('64')
    const about = (control: HTMLElement) =>
      document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent
    expect(about(threads)).toContain('From this appliance. A whole number from 1 to 256.')
    expect(about(shown.getByLabelText('Time zone'))).toContain('Chosen before.')
    expect(about(shown.getByLabelText('Style of drafts'))).toBe('As the entry has it.')
    expect(shown.getByRole('switch').getAttribute('aria-checked')).toBe('false')
    expect(shown.getByRole('button', { name: 'Plan with these settings' }).hasAttribute('disabled')).toBe(true)
  })

  it('say beside one what is wrong with it, and plan again with what is chosen and was chosen', async () => {
    const before = [{ service: 'other', name: 'a', value: 'b' }]
    const purpose = { ...wardPlan().purpose, settings: before, stopFirst: true as const }
    const { link } = showReview(wardPlan({ settings, purpose }))
    const shown = within(await screen.findByTestId('settings'))
    const threads = shown.getByLabelText('Threads of the processor')
    fireEvent.change(threads, { target: { value: '300' } })
    const again = shown.getByRole('button', { name: 'Plan with these settings' })
    expect(again.hasAttribute('disabled')).toBe(true)
    expect(threads.getAttribute('aria-invalid')).toBe('true')
    fireEvent.change(threads, { target: { value: '32' } })
    fireEvent.click(shown.getByRole('switch'))
    fireEvent.click(shown.getByRole('button', { name: 'Back to Etc/UTC' }))
    fireEvent.click(again)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({
      stopFirst: true,
      settings: [
        ...before,
        { service: 'baichuan-m2', name: 'threads', value: '32' },
        { service: 'record-assistant', name: 'time-zone', value: null },
        { service: 'record-assistant', name: 'sign-up', value: 'on' },
      ],
    })
  })

  it('are folded away where nobody chose one for this plan, and say how many there are', async () => {
    const { unfolded, said } = await foldOf([...wardSettings].filter(({ source }) => source !== 'chosen'))
    expect([unfolded, said]).toEqual([false, 'Settings 3, of them 1 chosen by somebody'])
    cleanup()
    expect((await foldOf(settings)).unfolded).toBe(true)
  })

  it('can be chosen where nothing else is to be done', async () => {
    showReview(wardPlan({ settings, steps: alreadyTrue(wardSteps) }))
    expect(await screen.findByTestId('settings')).toBeTruthy()
  })
})

describe('what containers get beyond their limits', () => {
  it('is said with what it means and why, and begins nothing before somebody agrees to what is new', async () => {
    const { link } = showReview(wardPlan({ privileges: [...wardPrivileges] }))
    const shown = await screen.findByTestId('privileges')
    expect(shown.textContent).toContain('read and change the folder /data/scans of the server, as /scans. This is new.')
    expect(shown.textContent).toContain('Why: It files the scans of the ward there.')
    expect(shown.textContent).toContain('It has that already.')
    expect(shown.textContent).toContain('does not get it any more: capability=SYS_PTRACE')
    const install = screen.getByTestId('install')
    expect(install.hasAttribute('disabled')).toBe(true)
    fireEvent.click(within(shown).getByRole('checkbox'))
    expect(install.hasAttribute('disabled')).toBe(false)
    fireEvent.click(install)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.apply'))
    const privileges = ['record-assistant/writable-host-path=/data/scans']
    expect(link.asked.find(({ call }) => call === 'setup.apply')?.input).toMatchObject({ privileges })
  })

  it('is not asked again where nothing is new', async () => {
    const had = wardPrivileges.map((one) => ({ ...one, wants: one.wants.map((want) => ({ ...want, isNew: false })) }))
    showReview(wardPlan({ privileges: had }))
    expect(within(await screen.findByTestId('privileges')).queryByRole('checkbox')).toBeNull()
    expect(screen.getByTestId('install').hasAttribute('disabled')).toBe(false)
  })
})

describe('a refusal of memory', () => {
  const needs = { needBytes: 81e9, availableBytes: 64e9 }
  const blockers: Plan['blockers'] = [{ kind: 'memory-too-small', entry: 'baichuan-m2', ...needs }]

  it('can be ignored by a deliberate choice, which makes another plan', async () => {
    const { link } = showReview(wardPlan({ blockers, mayIgnoreFit: ['baichuan-m2'], settings }))
    const shown = within(await screen.findByTestId('fit-override'))
    const again = shown.getByRole('button', { name: 'Plan it all the same' })
    expect(again.hasAttribute('disabled')).toBe(true)
    fireEvent.click(shown.getByRole('checkbox'))
    fireEvent.click(again)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    const asked = link.asked.find(({ call }) => call === 'setup.plan')?.input
    expect(asked).toMatchObject({ ignoreFit: ['baichuan-m2'] })
  })

  it('is nobody’s to ignore where it is of something else', async () => {
    showReview(wardPlan({ blockers: [{ kind: 'port-taken', port: 8400, by: 'nginx', neededBy: 'baichuan-m2' }] }))
    await screen.findByText(/nginx/)
    expect(screen.queryByTestId('fit-override')).toBeNull()
  })

  it('that was ignored is a warning in the plan', async () => {
    showReview(wardPlan({ ignoredFits: [{ service: 'baichuan-m2', ...needs }] }))
    const said = await screen.findByTestId('ignored-fit')
    expect(said.textContent).toContain(
      'Warning: baichuan-m2 needs 75.4 GiB by the sum of its memory, and there is 59.6 GiB.',
    )
    expect(screen.getByTestId('install').hasAttribute('disabled')).toBe(false)
  })
})
