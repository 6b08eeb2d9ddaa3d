// The upkeep tab: what differs, the versions that are kept, and the way to the plans that go back or take away.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { UpkeepTab } from '../../renderer/features/appliance/upkeep-tab.tsx'
import { ok } from '../../shared/domain/failure.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { wardPlan } from './gallery/scripted-plans.ts'
import { show } from './show.tsx'
import { unanswered } from './unanswered.ts'

const name = 'radiology-01'
const appliance = unanswered(name)
const version = (digit: string, inService: boolean) => ({
  ...{ deployment: 'qwen3', entry: 'llama-cpp', version: digit, specDigest: digit.repeat(64) },
  ...{ keptAt: '2026-11-20T03:12:45Z', inService },
})

const recorderThere = {
  ...{ running: true, sinceMs: Date.parse('2026-11-20T03:12:45Z'), script: 'other' as const },
  ...{ files: 3, bytes: 2_400_000, limitBytes: 64 * 1024 ** 2, intervalSeconds: 10 },
}

function showTab(upkeep: Script['upkeep'], recorder: Script['recorder'] = {}) {
  const reviewed: string[] = []
  const acts = { onReview: (id: string) => reviewed.push(id), onSetUp: () => reviewed.push('set up') }
  const shown = show(<UpkeepTab appliance={appliance} {...acts} />, {
    window: about,
    upkeep: { drift: answers([]), versions: answers([]), ...upkeep },
    recorder: { state: answers(null), ...recorder },
  })
  return { ...shown, reviewed }
}

describe('the upkeep of an appliance', () => {
  it('goes back to a version that is not in service, by way of its plan', async () => {
    const planned: unknown[] = []
    const { reviewed } = showTab({
      versions: answers([version('a', true), version('b', false)]),
      planRollBack: async (input) => {
        planned.push(input)
        return ok(wardPlan({ id: 'plan-00112233445566bb' }))
      },
    })
    const buttons = await within(await screen.findByTestId('versions')).findAllByRole('button', { name: 'Roll back' })
    expect(buttons).toHaveLength(1)
    fireEvent.click(buttons[0] as HTMLElement)
    await waitFor(() => expect(reviewed).toEqual(['plan-00112233445566bb']))
    expect(planned).toEqual([{ target: appliance.target, deployment: 'qwen3', specDigest: 'b'.repeat(64) }])
  })

  it('says what differs; of the server it can be accepted, of the stack put back', async () => {
    let accepted = 0
    const { reviewed } = showTab({
      drift: answers([
        { what: 'kernel', was: '6.6.0-72', now: '6.6.0-83' },
        { deployment: 'qwen3', what: 'memory-limit', was: '0', now: '1024' },
      ]),
      acceptDrift: async () => {
        accepted += 1
        return ok([])
      },
    })
    const drift = await screen.findByTestId('drift')
    expect(within(drift).getByText('Kernel: was 6.6.0-72, is 6.6.0-83')).toBeTruthy()
    fireEvent.click(within(drift).getByRole('button', { name: 'Put back by a setup' }))
    expect(reviewed).toEqual(['set up'])
    fireEvent.click(within(drift).getByRole('button', { name: 'The server is right as it is' }))
    await waitFor(() => expect(accepted).toBe(1))
  })

  it('says that nothing measures while no console watches, or how it goes with what does', async () => {
    showTab({})
    expect((await screen.findByTestId('recorder')).textContent).toContain('There is no recorder on this server')
  })

  it('says whom the recorder tells, and that a message did not get out', async () => {
    const untold = { atMs: Date.parse('2026-11-20T04:00:00Z'), exitCode: 28 }
    const state = { ...recorderThere, script: 'as-wanted' as const, alert: { host: 'hook.example', untold } }
    showTab({}, { state: answers(state) })
    const panel = await screen.findByTestId('recorder')
    expect(panel.textContent).toContain('It tells hook.example of plain trouble.')
    expect(panel.textContent).toMatch(
      /The last message did not get out \(.*, curl ended with 28\); it is tried again\./,
    )
    expect(panel.querySelector('[data-state]')?.getAttribute('data-state')).toBe('degraded')
  })

  it('fetches what the recorder measured, and takes it away', async () => {
    const asked: string[] = []
    const note =
      <T,>(name: string, value: T) =>
      async () => {
        asked.push(name)
        return ok(value)
      }
    showTab(
      {},
      {
        state: answers(recorderThere),
        fetch: note('fetch', { there: true, samples: 3, stored: 9 }),
        remove: note('remove', {}),
      },
    )
    const panel = await screen.findByTestId('recorder')
    expect(panel.textContent).toContain('somebody changed it')
    expect(panel.textContent).toContain('one sample every 10 s')
    expect(panel.textContent).toContain('It tells nobody.')
    fireEvent.click(within(panel).getByRole('button', { name: 'Fetch what it measured' }))
    await waitFor(() => expect(asked).toContain('fetch'))
    fireEvent.click(within(panel).getByRole('button', { name: 'Take it away, with what it measured' }))
    await waitFor(() => expect(asked).toEqual(['fetch', 'remove']))
  })

  it('asks whether the data goes too before it plans to take everything away', async () => {
    const planned: unknown[] = []
    showTab({
      planUninstall: async (input) => {
        planned.push(input)
        return ok(wardPlan())
      },
    })
    const panel = await screen.findByTestId('uninstall')
    fireEvent.click(within(panel).getByRole('checkbox'))
    fireEvent.click(within(panel).getByRole('button', { name: 'Plan the uninstall' }))
    await waitFor(() => expect(planned).toEqual([{ target: appliance.target, deletesData: true }]))
  })
})
