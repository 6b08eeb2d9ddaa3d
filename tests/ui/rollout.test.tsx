// Rollouts on the page: what is chosen is what is planned, one press begins it, and each appliance is followed.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ChooseScreen } from '../../renderer/features/rollout/choose-screen.tsx'
import { RolloutScreen } from '../../renderer/features/rollout/rollout-screen.tsx'
import type { Rollout, RolloutEvent } from '../../shared/domain/rollout.ts'
import { answers, fails, pretendConsole, type Script } from './gallery/pretend-console.ts'
import { scenes } from './gallery/scenes/rollout.tsx'
import { medicalTerms, wardPlan } from './gallery/scripted-plans.ts'
import { oldPublisher, takenBack, wardReplacements } from './gallery/scripted-whose.ts'
import { handStream } from './hand-stream.ts'
import { show } from './show.tsx'

const scriptOf = (scene: keyof typeof scenes): Script => scenes[scene]?.script ?? {}
const rolloutOf = async (scene: keyof typeof scenes): Promise<Rollout> => {
  const answer = await pretendConsole(scriptOf(scene)).calls.product.rollouts.read({ rolloutId: 'rollout-0badcafe' })
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}

function showRollout(script: Script) {
  const opened: string[] = []
  const shown = show(
    <RolloutScreen
      rolloutId="rollout-0badcafe"
      onAgain={() => opened.push('again')}
      onOpenRun={(name, planId) => opened.push(`${name} ${planId}`)}
    />,
    script,
  )
  return { ...shown, opened }
}

const beginButton = () => screen.getByRole('button', { name: 'Begin with radiology-01' })

/** As soon as it can be. */
async function press(name: string): Promise<void> {
  const button = await screen.findByRole('button', { name })
  await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false))
  fireEvent.click(button)
}

const rowOf = (name: string) => screen.getByText(name).closest('tr') as HTMLElement

describe('what is chosen', () => {
  it('is planned: the appliances, the first one, and what is kept to', async () => {
    const planned: string[] = []
    const rollout = await rolloutOf('planned')
    const script = scriptOf('choose')
    const { link } = show(<ChooseScreen onPlanned={(id) => planned.push(id)} onCatalog={() => undefined} />, {
      ...script,
      rollouts: { ...script.rollouts, plan: answers(rollout) },
    })
    const choose = await screen.findByRole('button', { name: 'Choose appliances' })
    expect(choose.hasAttribute('disabled')).toBe(true)
    for (const name of ['radiology-01', 'icu']) fireEvent.click(screen.getByLabelText(name))
    fireEvent.click(screen.getByLabelText('Only in a maintenance window'))
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '25:00' } })
    expect(screen.getByText('A time like 22:00')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Plan for 2 appliances' }).hasAttribute('disabled')).toBe(true)
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '23:30' } })
    fireEvent.click(screen.getByRole('button', { name: 'Plan for 2 appliances' }))
    await waitFor(() => expect(planned).toEqual(['rollout-0badcafe']))
    const input = { appliances: ['radiology-01', 'icu'], window: { from: '23:30', to: '05:00' } }
    expect(link.asked.find(({ call }) => call === 'rollouts.plan')?.input).toEqual({
      ...{ bundleId: 'bundle-1', solution: 'records' },
      ...input,
    })
  })

  it('that cannot be planned says why', async () => {
    const script = scriptOf('choose')
    const plan = fails({ kind: 'bundle-unknown', bundleId: 'bundle-1' })
    show(<ChooseScreen onPlanned={() => undefined} onCatalog={() => undefined} />, {
      ...script,
      rollouts: { ...script.rollouts, plan },
    })
    fireEvent.click(await screen.findByLabelText('All of them'))
    fireEvent.click(screen.getByRole('button', { name: 'Plan for 9 appliances' }))
    expect((await screen.findByTestId('failure')).getAttribute('data-kind')).toBe('bundle-unknown')
  })
})

describe('a rollout', () => {
  it('that is planned shows who is changed, interrupted and left out; one press begins it', async () => {
    const { link } = showRollout(scriptOf('planned-with-rules'))
    await screen.findByText('2 appliances to change')
    expect(within(rowOf('radiology-01')).getByText('record-model; record-page')).toBeTruthy()
    expect(screen.getByText(/beginning on Saturday and Sunday/)).toBeTruthy()
    expect(within(screen.getByTestId('left-out')).getByTestId('failure').getAttribute('data-kind')).toBe(
      'host-unreachable',
    )
    await press('Begin with radiology-01')
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('rollouts.apply'))
  })

  it('shows what runs as root in words of the bundle, once, and where (P43)', async () => {
    showRollout(scriptOf('planned-root-words'))
    const shown = await screen.findByTestId('root-words')
    expect(within(shown).getAllByText(/^sh \.\/driver\.run/)).toHaveLength(1)
    expect(within(shown).getByText('radiology-01; radiology-02; emergency')).toBeTruthy()
  })

  it('is begun only after the licence terms of all were accepted, by their names', async () => {
    const script = scriptOf('planned')
    const { link } = showRollout({ ...script, setup: { readPlan: answers(wardPlan({ licences: medicalTerms })) } })
    fireEvent.click(within(await screen.findByTestId('licences')).getByRole('checkbox'))
    await press('Begin with radiology-01')
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('rollouts.apply'))
    const accepts = ['baichuan-m2@2.0']
    expect(link.asked.find(({ call }) => call === 'rollouts.apply')?.input).toMatchObject({ accepts })
  })

  it('says before that what is different, what is taken over and what was taken back, with the names of all', async () => {
    const takeovers = [{ from: oldPublisher, what: ['baichuan-m2'] }]
    const back = [{ deployment: 'record-assistant', ...takenBack }]
    const plan = wardPlan({ replacements: [...wardReplacements], takeovers, takenBack: back })
    showRollout({ ...scriptOf('planned'), setup: { readPlan: answers(plan) } })
    const shown = await screen.findByTestId('differences')
    expect(within(shown).getAllByRole('heading', { level: 3 })[0]?.textContent).toMatch(/radiology-01; /)
    const notes = screen.getAllByTestId('whose').map(({ textContent }) => textContent)
    expect(notes).toHaveLength(2)
    for (const note of notes) expect(note).toMatch(/radiology-01; /)
    expect(notes[1]).toContain('has taken back record-assistant 2.1.0')
  })

  it('cannot be begun before all plans were read, and says why they cannot be', async () => {
    const script = scriptOf('planned')
    showRollout({ ...script, setup: { readPlan: fails({ kind: 'plan-unknown', planId: 'plan-1' }) } })
    await waitFor(() => {
      const kinds = screen.getAllByTestId('failure').map((shown) => shown.getAttribute('data-kind'))
      expect(kinds).toContain('plan-unknown')
    })
    expect(beginButton().hasAttribute('disabled')).toBe(true)
  })

  it('that cannot be begun says why, and can be begun again', async () => {
    const apply = async () => {
      throw Object.assign(new Error('refused'), { code: 'INTERNAL_SERVER_ERROR' })
    }
    const script = scriptOf('planned')
    showRollout({ ...script, rollouts: { ...script.rollouts, apply } })
    await press('Begin with radiology-01')
    await screen.findByTestId('failure')
    expect(beginButton().hasAttribute('disabled')).toBe(false)
  })

  it('is followed: steps, what is waited for, verdicts, and the way to each run', async () => {
    const events = handStream<RolloutEvent>()
    const going = await rolloutOf('going')
    const { opened, link } = showRollout({
      ...scriptOf('going'),
      rollouts: { read: answers(going), follow: events.call, cancel: answers({ running: true }) },
    })
    await screen.findByText('2 of 5 done')
    const tell = (event: RolloutEvent) => events.give(event)
    tell({ event: 'rollout-begin', rollout: going })
    const heard = { event: 'step-begin', step: 'image.x', number: 3, of: 7 } as const
    tell({ event: 'run', name: 'emergency', heard })
    await waitFor(() => expect(within(rowOf('emergency')).getByText('step 3 of 7')).toBeTruthy())
    tell({ event: 'run', name: 'emergency', heard: { event: 'waiting-while-busy', deployment: 'm', requests: 2 } })
    await waitFor(() => expect(within(rowOf('emergency')).getByText(/busy with 2 requests/)).toBeTruthy())
    const member = going.members[2]
    if (member === undefined) throw new Error('the scene lost its members')
    tell({ event: 'member', member: { ...member, stand: { state: 'done', verdict: 'healthy' } } })
    await screen.findByText('3 of 5 done')
    fireEvent.click(within(rowOf('emergency')).getByRole('button'))
    expect(opened).toEqual([`emergency ${member.plan?.id}`])
    fireEvent.click(screen.getByRole('button', { name: 'Stop the rollout' }))
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('rollouts.cancel'))
  })

  it('that the console does not know any more leads to a new plan', async () => {
    const { opened } = showRollout(scriptOf('unknown'))
    fireEvent.click(await screen.findByRole('button', { name: 'Plan again' }))
    expect(opened).toEqual(['again'])
  })
})
