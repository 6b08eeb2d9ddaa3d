// The ports of services in a plan's review: what they are and why, another plan with what is chosen, and a free port with one
// press where one is taken.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../shared/domain/plan.ts'
import { answers } from './gallery/pretend-console.ts'
import { alreadyTrue, wardPlan, wardSteps } from './gallery/scripted-plans.ts'
import { wardPorts } from './gallery/scripted-settings.ts'
import { setupWith, showReview, showSetup } from './show-setup.tsx'

const ports = [...wardPorts]
const taken: Plan['blockers'][number] = { kind: 'port-taken', port: 8400, by: 'nginx', neededBy: 'baichuan-m2' }

async function form() {
  const shown = within(await screen.findByTestId('ports'))
  const again = shown.getByRole('button', { name: 'Plan with these ports' })
  const type = (service: string, value: string) =>
    fireEvent.change(shown.getByLabelText(`Port of ${service} on the server`), { target: { value } })
  const about = (service: string) => {
    const control = shown.getByLabelText(`Port of ${service} on the server`)
    return document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent
  }
  return { shown, again, type, about, isOff: () => again.hasAttribute('disabled') }
}

async function askedOf({ link }: ReturnType<typeof showReview>) {
  await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
  return link.asked.find(({ call }) => call === 'setup.plan')?.input
}

describe('the ports in a review', () => {
  it('say where each comes from, and are folded away where none is in the way', async () => {
    showReview(wardPlan({ ports }))
    const { about, isOff } = await form()
    expect([about('baichuan-m2'), about('record-assistant')]).toEqual(['As the solution has it.', 'Chosen before.'])
    expect(isOff()).toBe(true)
    const details = screen.getByTestId('ports').querySelector('details')
    expect(details?.open).toBe(false)
    expect(details?.querySelector('summary')?.textContent).toBe('Ports on the server 2, of them 1 chosen by somebody')
    cleanup()
    showReview(wardPlan({ ports, blockers: [taken] }))
    expect((await screen.findByTestId('ports')).querySelector('details')?.open).toBe(true)
  })

  it('plan again with what is chosen, and with what was chosen for this plan', async () => {
    const purpose = { ...wardPlan().purpose, ports: [{ service: 'other', port: 9000 }], stopFirst: true as const }
    const review = showReview(wardPlan({ ports, purpose }))
    const { shown, again, type } = await form()
    type('baichuan-m2', '8500')
    fireEvent.click(shown.getByRole('button', { name: 'Back to 8410' }))
    fireEvent.click(again)
    expect(await askedOf(review)).toMatchObject({
      stopFirst: true,
      ports: [
        { service: 'other', port: 9000 },
        { service: 'baichuan-m2', port: 8500 },
        { service: 'record-assistant', port: null },
      ],
    })
  })

  it.each([
    ['below those that anybody may have', '1023', 'A whole number from 1024 to 65535.'],
    ['beyond the last one', '65536', 'A whole number from 1024 to 65535.'],
    ['no number', 'abc', 'A whole number from 1024 to 65535.'],
    ['of another service', '8431', 'record-assistant has that one.'],
  ])('say beside one what is wrong with it: %s', async (_why, value, problem) => {
    showReview(wardPlan({ ports }))
    const { type, about, isOff } = await form()
    type('baichuan-m2', value)
    expect(about('baichuan-m2')).toBe(problem)
    expect(isOff()).toBe(true)
    type('baichuan-m2', '8432')
    expect(isOff()).toBe(false)
  })

  it('can be chosen where nothing else is to be done', async () => {
    showReview(wardPlan({ ports, steps: alreadyTrue(wardSteps) }))
    expect(await screen.findByTestId('ports')).toBeTruthy()
  })
})

describe('a port that is taken', () => {
  it('comes with a free one, which one press takes', async () => {
    const review = showReview(wardPlan({ ports, blockers: [{ ...taken, free: 8401 }] }))
    const shown = within(await screen.findByTestId('port-proposal'))
    fireEvent.click(shown.getByRole('button', { name: 'Use port 8401 for baichuan-m2 instead' }))
    expect(await askedOf(review)).toMatchObject({ ports: [{ service: 'baichuan-m2', port: 8401 }] })
  })

  it('is offered that way on the card of its solution too, with every port', async () => {
    const plans = [wardPlan({ ports, blockers: [{ ...taken, free: 8401 }] })]
    const review = showSetup({ step: 'proposal', changes: setupWith({ propose: answers(plans) }) })
    const card = within(await screen.findByTestId('solution'))
    expect(within(card.getByTestId('ports')).getByLabelText('Port of record-assistant on the server')).toBeTruthy()
    fireEvent.click(card.getByRole('button', { name: 'Use port 8401 for baichuan-m2 instead' }))
    expect(await askedOf(review)).toMatchObject({ ports: [{ service: 'baichuan-m2', port: 8401 }] })
  })

  it('has no such button where none is known to be free', async () => {
    showReview(wardPlan({ ports, blockers: [taken] }))
    await screen.findByText(/nginx/)
    expect(screen.queryByTestId('port-proposal')).toBeNull()
  })
})
