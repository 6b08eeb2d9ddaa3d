// Accepting a server on its page: what is agreed on is asked for, its stages are shown, and what came of it says why.
import { ORPCError } from '@orpc/client'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ApplianceScreen } from '../../renderer/features/appliance/appliance-screen.tsx'
import { compareAcceptances } from '../../shared/verify/acceptance/compare.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { acceptanceDone, acceptanceGoing, openAcceptance, refusedAcceptance } from './gallery/scripted-acceptance.ts'
import { benchNothing } from './gallery/scripted-bench.ts'
import { evaluationNothing } from './gallery/scripted-evaluation.ts'
import { factsWith, healthyDeployment, verdictOf } from './gallery/scripted-facts.ts'
import { show } from './show.tsx'

const name = 'radiology-01'
const nothing = () => undefined

const locked = { state: 'locked', protection: 'passphrase', entries: null, waitSeconds: 0, keychain: false } as const

function showTab(acceptance: Script['acceptance'], more: Script = {}) {
  const page = (
    <ApplianceScreen
      {...{
        name,
        tab: 'acceptance',
        monitor: null,
        logs: null,
        terminal: null,
        onTab: nothing,
        onSetUp: nothing,
        onLogIn: nothing,
      }}
      {...{ onOpenRun: nothing, onReview: nothing, onLeave: nothing, onAlerts: nothing, onDemo: nothing }}
    />
  )
  return show(page, {
    window: about,
    appliances: {
      list: answers([applianceNamed(name, '10.78.0.11')]),
      detect: answers(factsWith([])),
      status: answers(verdictOf([healthyDeployment('qwen3-32b')])),
    },
    setup: { runs: answers([]), lastRun: answers(null) },
    acceptance: acceptance ?? {},
    bench: benchNothing,
    evaluation: evaluationNothing,
    ...more,
  })
}

const begin = async () => fireEvent.click(await screen.findByRole('button', { name: 'Prove and sign' }))

describe('accepting a server', () => {
  it('asks for what was agreed on, and shows how far it is', async () => {
    const { link } = showTab(acceptanceGoing)
    fireEvent.change(await screen.findByLabelText('People at once'), { target: { value: '20' } })
    fireEvent.change(screen.getByLabelText('Endurance (minutes)'), { target: { value: '2' } })
    await begin()
    await screen.findByText('ward-model')
    const wish = { users: 20, ttftLimitMs: 2000, tpotLimitMs: 100, soakSeconds: 120 }
    expect(link.asked).toContainEqual(
      expect.objectContaining({ call: 'acceptance.run', input: expect.objectContaining({ wish }) }),
    )
    const stage = (which: string) =>
      document.querySelector(`[data-stage="${which}"] [data-state]`)?.getAttribute('data-state')
    // How far it is comes item by item, behind the first one.
    await waitFor(() => expect(['canary', 'load', 'soak'].map(stage)).toEqual(['healthy', 'working', 'unknown']))
  })

  it('has failed where the link breaks in the middle, and is begun anew by nobody but a person', async () => {
    const { link } = showTab(acceptanceGoing)
    await begin()
    await screen.findByText('ward-model')
    act(() => link.setState({ state: 'lost', sinceMs: 0 }))
    expect(await screen.findByRole('button', { name: 'Prove and sign' })).toBeTruthy()
    act(() => link.setState({ state: 'open' }))
    expect(link.asked.filter(({ call }) => call === 'acceptance.run')).toHaveLength(1)
  })

  it('says what came of it and why, with the files to hand over', async () => {
    showTab(acceptanceDone)
    await begin()
    const result = within(await screen.findByTestId('acceptance-result'))
    expect(result.getByText('Accepted with open points')).toBeTruthy()
    expect(result.getByText(/loaded for less than 10 minutes/)).toBeTruthy()
    expect(result.getByRole('button', { name: 'Save the files' })).toBeTruthy()
  })

  it('of one that is refused says what is against it, and that nobody signed it', async () => {
    showTab(acceptanceDone)
    const list = within(await screen.findByTestId('acceptance-list'))
    const [, second] = list.getAllByRole('button', { name: 'Open' })
    if (second === undefined) throw new Error('no second one')
    fireEvent.click(second)
    const result = within(await screen.findByTestId('acceptance-result'))
    expect(result.getByText('Not accepted')).toBeTruthy()
    expect(result.getByText(/the first token comes later than agreed/)).toBeTruthy()
    expect(result.getByText(/Not signed/)).toBeTruthy()
  })

  it('holds two beside each other, the earlier one first', async () => {
    const compare = answers(compareAcceptances(refusedAcceptance, openAcceptance))
    const { link } = showTab({ ...acceptanceDone, compare })
    const list = within(await screen.findByTestId('acceptance-list'))
    for (const box of list.getAllByRole('checkbox')) fireEvent.click(box)
    fireEvent.click(list.getByRole('button', { name: 'Hold the two beside each other' }))
    expect((await screen.findByTestId('acceptance-comparison')).textContent).toContain('Points that are gone')
    const input = { before: 'acceptance-0badcafe', after: 'acceptance-0123abcd' }
    expect(link.asked).toContainEqual({ call: 'acceptance.compare', input })
  })

  it('asks for the vault where it is locked, and goes on once it is open', async () => {
    const run = () => Promise.reject(new ORPCError('CONFLICT', { data: { kind: 'vault-locked' } }))
    showTab({ list: answers([]), run }, { vault: { state: answers(locked) } })
    await begin()
    expect(await screen.findByRole('dialog')).toBeTruthy()
    expect(screen.queryByTestId('acceptance-result')).toBeNull()
  })
})
