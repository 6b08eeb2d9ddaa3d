// A run on its page: it is followed and never begun there, a lost link moves nothing, and what this console does
// not know is read from the appliance.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { usePreferences } from '../../renderer/app/preferences.ts'
import { useAnswer } from '../../renderer/console/answers.ts'
import { RunScreen } from '../../renderer/features/setup/run-screen.tsx'
import { ok } from '../../shared/domain/failure.ts'
import type { ProofEvent } from '../../shared/domain/proof-event.ts'
import type { JournaledRun, RunEvent, RunProgress } from '../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../shared/domain/verdict.ts'
import { answers, type Script, waits } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { gibibyte, healthyDeployment, verdictOf } from './gallery/scripted-facts.ts'
import { consoleRun, eventsUntil, openingPlan, planId, runId, wardPlan, wardSteps } from './gallery/scripted-plans.ts'
import { uninstalling } from './gallery/scripted-uninstall.ts'
import { handStream } from './hand-stream.ts'
import { show } from './show.tsx'

const weights = 'artifact.baichuan-m2-weights'
const counts = { run: runId, changed: 9, unchanged: 0, sentBytes: 71 * gibibyte }
const ended: RunEvent = { event: 'run-end', ...counts }
const model = healthyDeployment('baichuan-m2')
const verified: RunEvent = { event: 'verified', stillToDo: [], verdict: verdictOf([model]) }

const appliances = { list: answers([applianceNamed('ward', '10.78.0.11')]) }

function showRun(changes: Script['setup'] = {}, beside: ReactNode = null) {
  const events = handStream<RunEvent>()
  const progress = handStream<RunProgress>()
  const went: string[] = []
  const setup: Script['setup'] = {
    readPlan: answers(wardPlan()),
    runs: answers([consoleRun()]),
    follow: events.call,
    progress: progress.call,
    ...changes,
  }
  const { link } = show(
    <>
      <RunScreen
        name="ward"
        planId={planId}
        onReview={(id) => went.push(`review ${id}`)}
        onPlanAgain={() => went.push('proposal')}
        onUpkeep={() => went.push('upkeep')}
        onDone={() => went.push('done')}
        onLogIn={() => went.push('log in')}
      />
      {beside}
    </>,
    { window: about, appliances, setup },
  )
  return { events, progress, went, link, calls: () => link.asked.map(({ call }) => call) }
}

const states = () =>
  within(screen.getByRole('list', { name: 'Steps of this run' }))
    .getAllByRole('listitem')
    .map((row) => row.dataset['state'])
const heading = (name: string | RegExp) => screen.findByRole('heading', { name, level: 1 })
const primaries = () => [...document.querySelectorAll('.ant-btn-primary')].map((button) => button.textContent)
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const sent = (doneBytes: number): RunProgress => ({
  run: runId,
  step: weights,
  doneBytes,
  totalBytes: 65.5 * gibibyte,
  sentBytes: doneBytes,
})

function journaled(state: JournaledRun['state'], changes: Partial<JournaledRun> = {}): JournaledRun {
  const steps: JournaledRun['steps'] = [{ step: 'network.rackside', outcome: 'done' }, { step: weights }]
  return { run: runId, planId, who: 'li', beganAt: '2026-11-22T09:00:00Z', steps, state, ...changes }
}

describe('a run that goes on', () => {
  it('is followed from wherever one comes in, and never begun', async () => {
    const { events, progress, calls } = showRun()
    events.give(...eventsUntil(wardSteps, weights))
    progress.give(sent(33 * gibibyte))
    await heading('Copy baichuan-m2-weights to the server')
    expect(states().slice(0, 5)).toEqual(['done', 'done', 'done', 'current', 'next'])
    await waitFor(() => expect(screen.getByTestId('copying').textContent).toContain('38.4 GiB of 71.3 GiB'))
    expect(screen.getByText(/Step 4 of 10.*must stay awake/)).toBeTruthy()
    expect(calls()).not.toContain('setup.apply')
  })

  it('says no figure of the copying before it has heard one: who comes in the middle is not at 0 %', async () => {
    const { events, progress } = showRun()
    events.give(...eventsUntil(wardSteps, weights))
    await heading('Copy baichuan-m2-weights to the server')
    expect(screen.queryByTestId('copying')).toBeNull()
    progress.give(sent(33 * gibibyte))
    await screen.findByTestId('copying')
  })

  it('waits for whoever holds the appliance, and names them', async () => {
    const { events } = showRun()
    events.give({ event: 'waiting-for-lock', holder: 'wang', run: 'run-20261122T085500Z-cafe0bad' })
    await heading('Waiting for the appliance')
    expect(screen.getByText(/^wang is changing it now/)).toBeTruthy()
  })

  it('asks once before it stops, with the harmless answer first, and then says when it will have stopped', async () => {
    const cancel = vi.fn(async () => ok({ running: true }))
    const { events } = showRun({ cancel })
    events.give(...eventsUntil(wardSteps, 'ready.baichuan-m2'))
    await heading('Wait until baichuan-m2 takes requests')
    press('Stop the run')
    const dialog = within(await screen.findByRole('dialog'))
    expect(document.activeElement?.textContent).toBe('Let it go on')
    expect(cancel).not.toHaveBeenCalled()
    fireEvent.click(dialog.getByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(screen.getByTestId('stop').textContent).toContain('as soon as this step has ended'))
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  it('over a lost link stays shown as it was, greyed, without saying that one may leave, and goes on when the link is back', async () => {
    const { events, progress, link } = showRun()
    events.give(...eventsUntil(wardSteps, weights))
    progress.give(sent(33 * gibibyte))
    await waitFor(() => expect(screen.getByTestId('copying').textContent).toContain('38.4 GiB'))
    act(() => link.setState({ state: 'lost', sinceMs: Date.now() - 42_000 }))
    expect(screen.getByText('Step 4 of 10.')).toBeTruthy()
    expect(screen.queryByText(/You may close|must stay awake/)).toBeNull()
    expect(screen.getByTestId('copying').closest('.su-was')).not.toBeNull()
    expect(screen.getByTestId('copying').textContent).toContain('38.4 GiB')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Stop the run' }).disabled).toBe(true)
    events.give(...eventsUntil(wardSteps).slice(eventsUntil(wardSteps, weights).length), ended)
    act(() => link.setState({ state: 'open' }))
    await heading('Proving that it answers')
    expect(states().at(-1)).toBe('current')
    expect(
      states()
        .slice(0, -1)
        .every((state) => state === 'done'),
    ).toBe(true)
  })
})

describe('the end of a run', () => {
  it('is the proof, with the answer it gave and its two figures', async () => {
    const { events, went } = showRun()
    events.give(...eventsUntil(wardSteps), ended, verified)
    events.end()
    await heading('It answers')
    expect(screen.getByTestId('answer').textContent).toContain('Blood pressure 148/92')
    expect(screen.getByTestId('proof').textContent).toMatch(/0\.42 s.*48\.6 tokens\/s/)
    const lines = await screen.findByTestId('reach')
    expect(lines.textContent).toContain('http://127.0.0.1:8400/v1')
    expect(lines.textContent).toContain('ssh -N -L 8400:127.0.0.1:8400 -p 22 ops@10.78.0.11')
    // What did not answer is not offered.
    expect(lines.textContent).not.toContain('8410')
    press('Done')
    expect(went).toEqual(['done'])
  })

  it('can be proven again, with the answer shown as its words arrive', async () => {
    const proof = handStream<ProofEvent>()
    const { events } = showRun({ prove: proof.call })
    events.give(...eventsUntil(wardSteps), ended, verified)
    events.end()
    await heading('It answers')
    press('Prove again')
    const ladder = model.rungs.map(({ name }) => name)
    proof.give({ event: 'deployment-begin', deployment: 'baichuan-m2', ladder })
    await waitFor(() => expect(screen.getByTestId('answer').textContent).toBe('Waiting for the first word'))
    proof.give({ event: 'answer', deployment: 'baichuan-m2', text: 'I am ' })
    await waitFor(() => expect(screen.getByTestId('answer').textContent).toBe('I am '))
    proof.give({ event: 'answer', deployment: 'baichuan-m2', text: 'ready.' })
    await waitFor(() => expect(screen.getByTestId('answer').textContent).toBe('I am ready.'))
    expect(screen.getByTestId('proof').dataset['phase']).toBe('running')
    proof.give({ event: 'deployment-end', verdict: model }, { event: 'verdict', verdict: verdictOf([model]) })
    proof.end()
    await waitFor(() => expect(screen.getByTestId('proof').dataset['phase']).toBe('done'))
  })

  it('of a model for embeddings shows its checks, and neither an answer nor figures', async () => {
    const proof = handStream<ProofEvent>()
    const { events } = showRun({ prove: proof.call })
    events.give(...eventsUntil(wardSteps), ended, verified)
    events.end()
    await heading('It answers')
    press('Prove again')
    const ladder = ['process', 'port', 'ready', 'embeds'] as const
    const rungs = ladder.map((name) => ({ name, passed: true, detail: '', milliseconds: 3 }))
    const { proof: _, ...rest } = model
    const verdict = { ...rest, deployment: 'search', reason: 'embeds', withoutMetrics: true, rungs } as const
    proof.give({ event: 'deployment-begin', deployment: 'search', ladder: [...ladder] })
    const shown = within(await screen.findByTestId('proof-search'))
    expect(shown.queryByTestId('answer')).toBeNull()
    proof.give({ event: 'deployment-end', verdict }, { event: 'verdict', verdict: verdictOf([verdict]) })
    proof.end()
    await shown.findByText(/publishes no figures/)
    expect(screen.getByTestId('proof-search').textContent).toContain('turns texts into vectors')
    expect(screen.getByTestId('proof-search').textContent).not.toMatch(/TTFT|tokens\/s/)
  })

  it('that is not well is not called well', async () => {
    const { events, went } = showRun({ plan: answers(wardPlan({ id: 'plan-00000000000000ff' })) })
    const unwell = { ...model, state: 'degraded', reason: 'metrics-unreadable' } as const
    events.give(...eventsUntil(wardSteps), ended, {
      event: 'verified',
      stillToDo: ['ready.baichuan-m2'],
      verdict: verdictOf([unwell]),
    })
    events.end()
    await heading('It answers, but not all is well')
    expect(screen.getByTestId('still-to-do').textContent).toContain('Wait until baichuan-m2 takes requests')
    expect(primaries()).toEqual(['Make the plan again'])
    press('Make the plan again')
    await waitFor(() => expect(went).toEqual(['review plan-00000000000000ff']))
  })

  it('by a failure says it with its next step, and going on plans again for a review', async () => {
    const next = wardPlan({ id: 'plan-00000000000000ff' })
    // With all that was chosen: what was to be opened still is.
    const { events, went, calls, link } = showRun({ readPlan: answers(openingPlan()), plan: answers(next) })
    const failure = { kind: 'disk-full', path: '/var/lib/rackside', detail: 'No space left' } as const
    events.give(...eventsUntil(wardSteps, weights), { event: 'step-end', step: weights, outcome: 'failed' })
    events.give({ event: 'run-end', ...counts, failure })
    events.end()
    await heading(/Copy baichuan-m2-weights to the server failed/)
    expect(screen.getByTestId('failure').dataset['kind']).toBe('disk-full')
    press('Continue')
    await waitFor(() => expect(went).toEqual(['review plan-00000000000000ff']))
    expect(calls()).not.toContain('setup.apply')
    const { publish } = openingPlan().purpose
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({ publish, soakSeconds: 60 })
  })

  it('by a person is a pause, not a failure', async () => {
    const { events } = showRun()
    events.give(...eventsUntil(wardSteps, weights), { event: 'step-end', step: weights, outcome: 'failed' })
    events.give({ event: 'run-end', ...counts, failure: { kind: 'cancelled', at: weights } })
    events.end()
    await heading('Paused at step 4 of 10')
    expect(screen.queryByTestId('held-register')).toBeNull()
    expect(screen.queryByTestId('failure')).toBeNull()
    expect(states()).not.toContain('failed')
  })
})

describe('a run that stopped between the parts of a service and the service', () => {
  it('says which of them wait for it, and what to do', async () => {
    const { events } = showRun()
    const held = ['db', 'worker'].map((one) => ({ part: `register-${one}`, of: 'register' }))
    events.give(...eventsUntil(wardSteps, weights), { event: 'step-end', step: weights, outcome: 'failed' })
    events.give({ event: 'run-end', ...counts, failure: { kind: 'cancelled', at: weights }, held })
    events.end()
    const said = await screen.findByTestId('held-register')
    expect(said.textContent).toMatch(
      /register has not taken its place yet: register-db. register-worker run in the new/,
    )
    expect(said.textContent).toContain('Set it up again')
  })
})

/** What the board would show of it. */
function BoardVerdict() {
  const { answer } = useAnswer<ApplianceVerdict>({ key: ['appliances.status', 'ward'], ask: waits() })
  return <p data-testid="board">{answer.state === 'answered' ? answer.value.state : answer.state}</p>
}

describe('the verdict of a run', () => {
  it('is what the board shows at once, without asking again', async () => {
    const { events } = showRun({}, <BoardVerdict />)
    events.give(...eventsUntil(wardSteps), ended)
    await heading('Proving that it answers')
    expect(screen.getByTestId('board').textContent).toBe('waiting')
    events.give(verified)
    events.end()
    await waitFor(() => expect(screen.getByTestId('board').textContent).toBe('healthy'))
  })

  it('that ended before the page was opened says nothing of now', async () => {
    const { events } = showRun({ runs: answers([consoleRun('done')]) }, <BoardVerdict />)
    events.give(...eventsUntil(wardSteps), ended, verified)
    events.end()
    await heading('It answers')
    expect(screen.getByTestId('board').textContent).toBe('waiting')
  })

  it('that is proven again is learned from the new proof', async () => {
    const proof = handStream<ProofEvent>()
    const { events } = showRun({ runs: answers([consoleRun('done')]), prove: proof.call }, <BoardVerdict />)
    events.give(...eventsUntil(wardSteps), ended, verified)
    events.end()
    await heading('It answers')
    press('Prove again')
    proof.give({ event: 'verdict', verdict: verdictOf([model]) })
    await waitFor(() => expect(screen.getByTestId('board').textContent).toBe('healthy'))
  })
})

describe('the end of an uninstall', () => {
  const gone = { event: 'run-end', ...counts, changed: 4, unchanged: 1, sentBytes: 0 } as const
  const looked = (stillToDo: string[]): RunEvent => ({ event: 'verified', stillToDo, verdict: verdictOf([]) })

  it('says what is gone and what was left there, and asks nothing for an answer', async () => {
    const { events, went } = showRun({ readPlan: answers(uninstalling) })
    events.give(...eventsUntil(uninstalling.steps), gone)
    await heading('Looking whether all of it is gone')
    events.give(looked([]))
    events.end()
    await heading('Rackside is uninstalled from ward')
    expect(screen.getByTestId('removed').textContent).toContain('Stop and remove rackside-baichuan-m2')
    expect(screen.getByTestId('kept').textContent).toMatch(/rackside-record-assistant-data.*grafana.*logs in/)
    expect(screen.queryByText(/answers|Prove/)).toBeNull()
    press('To the appliance')
    expect(went).toEqual(['done'])
  })

  it('with something left says what, and leads to where it is planned again', async () => {
    const { events, went } = showRun({ readPlan: answers(uninstalling) })
    events.give(...eventsUntil(uninstalling.steps), gone, looked(['absent-rackside.folders']))
    events.end()
    await heading('Not everything is gone from ward')
    expect(screen.getByTestId('still-to-do').textContent).toContain("Remove Rackside's files")
    expect(screen.getByTestId('removed').textContent).not.toContain("Remove Rackside's files")
    expect(primaries()).toEqual(['Make the plan again'])
    press('Make the plan again')
    expect(went).toEqual(['upkeep'])
  })

  it('has taken the journal along: a console that was opened later does not say that it never was', async () => {
    showRun({ readPlan: answers(uninstalling), runs: answers([]), lastRun: answers(null) })
    await heading('The appliance knows no run any more')
  })
})

describe('a run in the other language', () => {
  it('is the same run: nothing is asked anew and nothing is lost', async () => {
    const { events, progress, calls } = showRun()
    events.give(...eventsUntil(wardSteps, weights))
    progress.give(sent(33 * gibibyte))
    await waitFor(() => expect(screen.getByTestId('copying').textContent).toContain('38.4 GiB'))
    const before = calls().length
    act(() => usePreferences.getState().chooseLanguage('zh-CN'))
    await heading('将 baichuan-m2-weights 复制到服务器')
    expect(screen.getByTestId('copying').textContent).toContain('38.4 GiB / 71.3 GiB')
    expect(events.open()).toBe(1)
    expect(calls()).toHaveLength(before)
  })
})

describe('a run that this console does not know', () => {
  const unknown = (last: JournaledRun | null) => showRun({ runs: answers([]), lastRun: answers(last) })

  it.each([
    [journaled('running'), /still goes on/, 'running'],
    [journaled('broken-off'), 'The run broke off at: Copy baichuan-m2-weights to the server', 'broken-off'],
    [journaled('done'), /carried out to its end/, 'done'],
    [journaled('cancelled'), 'The run was stopped', 'cancelled'],
    [journaled('done', { planId: 'plan-ffffffffffffffff' }), 'Nothing is known of this run', 'other'],
    [null, 'This plan was not carried out', 'none'],
  ] as const)('is told by the journal on the appliance (%#)', async (last, title, state) => {
    unknown(last)
    await heading(title)
    expect(screen.getByTestId('truth').dataset['state']).toBe(state)
  })

  it('that still goes on cannot be continued beside it', async () => {
    unknown(journaled('running'))
    await heading(/still goes on/)
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
    expect(screen.getByTestId('watching').textContent).toMatch(/This page only watches.*li/)
    expect(screen.queryByTestId('ahead')).toBeNull()
  })

  it('is found there too when its console went away in the middle', async () => {
    let runs = [consoleRun()]
    const { events, went } = showRun({
      runs: async () => ok(runs),
      lastRun: answers(journaled('broken-off')),
      plan: answers(wardPlan({ id: 'plan-00000000000000ff' })),
    })
    events.give(...eventsUntil(wardSteps, weights))
    await heading('Copy baichuan-m2-weights to the server')
    runs = []
    events.end()
    await heading(/The run broke off/)
    press('Continue')
    await waitFor(() => expect(went).toEqual(['review plan-00000000000000ff']))
  })
})
