// Whose deployments are, wherever a person sees it: the review of a plan, the page of an appliance, its card, its versions.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../renderer/console/condition.ts'
import { DeploymentsTab } from '../../renderer/features/appliance/deployments-tab.tsx'
import { TakenBackBanner } from '../../renderer/features/appliance/taken-back.tsx'
import { hasTakenBack, kindOf, needsYou, orderByNeed } from '../../renderer/features/fleet/card-kind.ts'
import { about } from './gallery/scripted.ts'
import { healthyDeployment, verdictOf } from './gallery/scripted-facts.ts'
import { wardPlan } from './gallery/scripted-plans.ts'
import { ofAnother, oldPublisher, takenBack, takenBackDeployment, wardReplacements } from './gallery/scripted-whose.ts'
import { show } from './show.tsx'
import { showReview } from './show-setup.tsx'
import { unanswered } from './unanswered.ts'

const flagged: Condition = { is: 'seen', atMs: 0, verdict: verdictOf([takenBackDeployment]) }
const well: Condition = { is: 'seen', atMs: 0, verdict: verdictOf([healthyDeployment('qwen3-32b')]) }

describe('a plan that another publisher’s deployment stands in the way of', () => {
  it('names both, and is made anew only where the other one’s id is typed', async () => {
    const { link } = showReview(wardPlan({ blockers: [ofAnother] }))
    const shown = within(await screen.findByTestId('take-from'))
    expect(screen.getByText(/Ward Notes 科技.*Harbour Health/)).toBeTruthy()
    const take = shown.getByRole('button', { name: 'Plan to take over from Ward Notes 科技' })
    for (const typed of ['', 'ward', 'harbour-health']) {
      fireEvent.change(shown.getByRole('textbox'), { target: { value: typed } })
      expect(take.hasAttribute('disabled')).toBe(true)
    }
    fireEvent.change(shown.getByRole('textbox'), { target: { value: oldPublisher.id } })
    fireEvent.click(take)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({ takeFrom: [oldPublisher.id] })
  })

  it('goes back to a kept version of the other one in the same way', async () => {
    const version = 'b'.repeat(64)
    const made = wardPlan({ blockers: [ofAnother] })
    const first = made.steps.find(({ spec }) => spec.kind === 'container')
    if (first?.spec.kind !== 'container') throw new Error('no container')
    const { deployment } = first.spec.spec
    const steps = [{ ...first, spec: { ...first.spec, specDigest: version } }]
    const { link } = showReview({ ...made, purpose: { act: 'roll-back', deployment, version: '1' }, steps })
    const shown = within(await screen.findByTestId('take-from'))
    fireEvent.change(shown.getByRole('textbox'), { target: { value: oldPublisher.id } })
    fireEvent.click(shown.getByRole('button', { name: 'Plan to take over from Ward Notes 科技' }))
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('upkeep.planRollBack'))
    expect(link.asked.find(({ call }) => call === 'upkeep.planRollBack')?.input).toMatchObject({
      ...{ deployment, specDigest: version, takeFrom: [oldPublisher.id] },
    })
  })

  it('asks for nothing to be typed over another blocker', async () => {
    showReview(wardPlan({ blockers: [{ kind: 'port-taken', port: 8400, by: 'nginx', neededBy: 'baichuan-m2' }] }))
    await screen.findByText(/nginx/)
    expect(screen.queryByTestId('take-from')).toBeNull()
  })
})

describe('the review of a plan', () => {
  it('begins with what is different from now, and says what is not known', async () => {
    showReview(wardPlan({ replacements: [...wardReplacements] }))
    const shown = await screen.findByTestId('differences')
    const rows = within(shown)
      .getAllByRole('row')
      .map(({ textContent }) => textContent)
    expect(rows[1]).toMatch(/^PublisherWard Notes 科技.*Harbour Health/)
    expect(rows).toContain('Data of patientspass through itare stored')
    expect(rows).toContain('Stored wherenothingDrafts, in its own volume, for 30 days')
    expect(rows.some((one) => /^Publishernot known of the installed version/.test(one ?? ''))).toBe(true)
    const parts = [...(shown.parentElement?.querySelectorAll('[data-testid]') ?? [])]
    const at = (id: string) => parts.findIndex((one) => one.getAttribute('data-testid') === id)
    expect(at('differences')).toBeLessThan(at('changes'))
  })

  it('warns of what it takes over, and of what runs on although it was taken back', async () => {
    showReview(
      wardPlan({
        takeovers: [{ from: oldPublisher, what: ['baichuan-m2'] }, { what: ['pacs-viewer'] }],
        takenBack: [{ deployment: 'discharge-letters', ...takenBack }],
      }),
    )
    const said = (await screen.findAllByTestId('whose')).map(({ textContent }) => textContent)
    expect(said).toHaveLength(3)
    expect(said[0]).toContain('Takes over baichuan-m2 from Ward Notes 科技 (ward-notes)')
    expect(said[1]).toContain('Takes over pacs-viewer: nobody is known to have vouched')
    expect(said[2]).toContain('discharge-letters: Ward Notes 科技 has taken back record-assistant 2.1.0 (2026-11-18)')
  })
})

describe('a version that was taken back', () => {
  it('is said on the page of its appliance, with what to do', () => {
    show(<TakenBackBanner condition={flagged} />, { window: about })
    const said = screen.getByTestId('taken-back').textContent
    expect(said).toContain('It drops the last line of a note')
    expect(said).toContain('It goes on running.')
  })

  it('is nothing to be said where there is none', () => {
    show(<TakenBackBanner condition={well} />, { window: about })
    expect(screen.queryByTestId('taken-back')).toBeNull()
  })

  it('needs somebody on the board, and stays as well as it is', () => {
    expect([needsYou(well), needsYou(flagged)]).toEqual([false, true])
    expect(kindOf(flagged)).toBe('healthy')
    expect(hasTakenBack(flagged)).toBe(true)
    const cards = [
      { name: 'a', condition: well },
      { name: 'b', condition: flagged },
    ]
    expect(orderByNeed(cards)).toEqual(['b', 'a'])
  })
})

it('a deployment says who vouched for it, and who accepted which terms when', async () => {
  const status = { state: 'answered', value: verdictOf([takenBackDeployment]), atMs: 0 } as const
  show(<DeploymentsTab appliance={{ ...unanswered('records-01'), status }} faded={false} />, { window: about })
  const said = (await screen.findByTestId('deployment-record-assistant')).textContent
  expect(said).toContain('Ward Notes 科技 (ward-notes)')
  expect(said).toContain(oldPublisher.fingerprint)
  expect(said).toContain('record-assistant@2.1.0 (LicenseRef-Ward-Notes) accepted by li.wei@it-desk')
})

describe('an app whose first password everybody knows', () => {
  it('is said with the app until somebody says that it was changed, and where to say so', async () => {
    const open = { ...healthyDeployment('knowledge'), publishedUser: 'admin' }
    const status = { state: 'answered', value: verdictOf([open, healthyDeployment('chat')]), atMs: 0 } as const
    show(<DeploymentsTab appliance={{ ...unanswered('ward'), status }} faded={false} />, { window: about })
    const shown = within(await screen.findByTestId('deployment-knowledge'))
    shown.getByText(/admin still signs in with the password that its maker publishes/)
    shown.getByText(/say so on the appliance’s page, in Access/)
    expect(screen.queryByTestId('published-sign-in-chat')).toBeNull()
  })
})
