// Whom a recorder tells, chosen in the review: only a channel that a server can use by itself, with the reason at the others;
// choosing makes another plan, and what was chosen besides stays.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { AlertChannel } from '../../shared/domain/alert-channel.ts'
import type { SetUpPlan } from '../../shared/domain/plan.ts'
import { answers, fails } from './gallery/pretend-console.ts'
import { usualSettings } from './gallery/scripted-alerts.ts'
import { planId, wardPlan } from './gallery/scripted-plans.ts'
import { setupWith, showSetup } from './show-setup.tsx'

const shared = { atLeast: 'info', list: 'first', language: 'en' } as const
const channels: AlertChannel[] = [
  { ...shared, id: 'duty', way: { kind: 'webhook', url: 'https://hook.example/{token}', keyId: 'k' } },
  { ...shared, id: 'signed-one', way: { kind: 'dingtalk', keyId: 'k', signId: 's' } },
  { ...shared, id: 'mail', way: { kind: 'smtp', host: 'm', port: 25, security: 'none', from: 'a@b.c', to: ['a@b.c'] } },
]
const next = wardPlan({ id: 'plan-00000000000000ff' })

function showChoice(purpose: Partial<SetUpPlan['purpose']>, settings = answers({ ...usualSettings, channels })) {
  const plan = wardPlan({ purpose: { ...wardPlan().purpose, stopFirst: true, ...purpose } })
  const changes = { ...setupWith({ readPlan: answers(plan), plan: answers(next) }), alerts: { settings } }
  return showSetup({ step: 'review', planId, changes })
}

const inputOf = ({ link }: ReturnType<typeof showSetup>) =>
  link.asked.find(({ call }) => call === 'setup.plan')?.input as Record<string, unknown> | undefined
const open = async () => {
  const told = within(await screen.findByTestId('recorder-told'))
  fireEvent.mouseDown(told.getByRole('combobox'))
  return told
}
const optionNamed = (title: string) => document.querySelector(`.ant-select-item-option[title="${title}"]`)

describe('whom the recorder tells', () => {
  it('is asked only where there is to be one, and is nobody until somebody chooses', async () => {
    showChoice({})
    await screen.findByTestId('recorder-choice')
    expect(screen.queryByTestId('recorder-told')).toBeNull()
  })

  it('is a channel that a server can use by itself; the others say why they cannot be', async () => {
    const shown = showChoice({ record: true })
    const told = await open()
    expect(told.getByTitle('Nobody').textContent).toBe('Nobody')
    const signed = 'signed-one: DingTalk robot: its messages are signed, and the secret of that stays in this console'
    for (const title of [signed, 'mail: mail: it is no webhook and no robot']) {
      expect(optionNamed(title)?.getAttribute('class')).toContain('ant-select-item-option-disabled')
    }
    fireEvent.click(optionNamed('duty: webhook') as Element)
    await waitFor(() => expect(shown.went).toEqual(['review plan-00000000000000ff']))
    expect(inputOf(shown)).toMatchObject({ record: true, recordAlert: 'duty', stopFirst: true })
  })

  it('is nobody again when somebody says so, and when no recorder is wanted', async () => {
    const shown = showChoice({ record: true, recordAlert: 'duty' })
    const told = await open()
    expect(told.getByTitle('duty: webhook').textContent).toBe('duty: webhook')
    fireEvent.click(within(screen.getByTestId('recorder-choice')).getByRole('checkbox'))
    await waitFor(() => expect(shown.went).toEqual(['review plan-00000000000000ff']))
    expect(inputOf(shown)).toMatchObject({ record: undefined, recordAlert: undefined, stopFirst: true })
  })

  it('cannot be chosen by who may not see the channels, which is said', async () => {
    showChoice({ record: true }, fails({ kind: 'not-permitted', call: 'alerts.settings', needs: ['operate'] }))
    await within(await screen.findByTestId('recorder-choice')).findAllByText(/Your roles do not allow this/)
    expect(screen.queryByTestId('recorder-told')).toBeNull()
  })
})
