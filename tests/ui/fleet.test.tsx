// The board: never green without a young look behind it, in an order that does not move while it is read.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionOf } from '../../renderer/console/condition.ts'
import { keptOrder, movedCount } from '../../renderer/features/fleet/board-order.ts'
import { kindOf, needsYou, orderByNeed } from '../../renderer/features/fleet/card-kind.ts'
import { FleetScreen } from '../../renderer/features/fleet/fleet-screen.tsx'
import { type Failure, fail, ok } from '../../shared/domain/failure.ts'
import { known, valueOr } from '../../shared/domain/reading.ts'
import type { ConsoleRun } from '../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../shared/domain/verdict.ts'
import { settingUp } from '../support/set-up-purpose.ts'
import { answers, type Script, streams, type waits } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, verdictOf } from './gallery/scripted-facts.ts'
import { show } from './show.tsx'

const healthy = verdictOf([healthyDeployment('qwen3-32b')])
const unreachable: Failure = { kind: 'host-unreachable', host: '10.78.0.12', port: 22, reason: 'timeout' }
const calm = { runs: [], nowMs: 100_000, linked: true }
const answered = (value: ApplianceVerdict, atMs = 99_000) => ({ state: 'answered', value, atMs }) as const
const run: ConsoleRun = {
  planId: 'plan-00112233445566aa',
  address: { host: '10.78.0.11', port: 22, user: 'ops' },
  purpose: settingUp('qwen3'),
  startedAt: '2026-11-22T09:00:00.000Z',
  state: 'running',
}

describe('the state of a card', () => {
  it('is healthy only with a young answer over a link that is there', () => {
    expect(kindOf(conditionOf(answered(healthy), calm))).toBe('healthy')
    expect(kindOf(conditionOf(answered(healthy), { ...calm, linked: false }))).toBe('stale')
    expect(kindOf(conditionOf(answered(healthy), { ...calm, nowMs: 500_000 }))).toBe('stale')
    expect(kindOf(conditionOf({ ...answered(healthy), problem: unreachable }, calm))).toBe('stale')
    expect(kindOf(conditionOf({ state: 'failed', failure: unreachable }, calm))).toBe('unknown')
    expect(kindOf(conditionOf({ state: 'waiting' }, calm))).toBe('looking')
  })

  it('is being set up while a run goes on, and not set up where nothing is installed', () => {
    expect(kindOf(conditionOf(answered(healthy), { ...calm, runs: [run] }))).toBe('working')
    expect(kindOf(conditionOf(answered(healthy), { ...calm, runs: [{ ...run, state: 'done' }] }))).toBe('healthy')
    const empty = conditionOf(answered(verdictOf([])), calm)
    expect([kindOf(empty), needsYou(empty)]).toEqual(['empty', false])
  })

  it('puts who needs somebody first, and keeps the order among equals', () => {
    const card = (name: string, condition: Condition) => ({ name, condition })
    const down = conditionOf(answered({ ...healthy, state: 'down' }), calm)
    const well = conditionOf(answered(healthy), calm)
    const gone = conditionOf({ state: 'failed', failure: unreachable }, calm)
    expect(orderByNeed([card('a', well), card('b', gone), card('c', well), card('d', down)])).toEqual([
      'd',
      'b',
      'a',
      'c',
    ])
  })

  it('keeps its place while it is read: new ones come last, gone ones leave', () => {
    expect(keptOrder(['c', 'a', 'b'], ['a', 'b', 'd'])).toEqual(['a', 'b', 'd'])
    expect(movedCount(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(2)
  })
})

const ascend = { vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte } as const

function showBoard(status: { [name: string]: () => Promise<unknown> }, more: Script = {}) {
  const opened: string[] = []
  const names = Object.keys(status)
  const { link } = show(
    <FleetScreen
      onAdd={() => opened.push('add')}
      connect={<p>asks for its address</p>}
      wall={false}
      onWall={() => opened.push('wall')}
      onSeveral={() => opened.push('several')}
      onTried={(name) => opened.push(`tried ${name}`)}
      onOpen={(name) => opened.push(`open ${name}`)}
      onSetUp={(name) => opened.push(`set up ${name}`)}
      onLogIn={(name) => opened.push(`log in ${name}`)}
      onOpenRun={(name, planId) => opened.push(`run ${name} ${planId}`)}
    />,
    {
      window: about,
      appliances: {
        list: answers(names.map((name, place) => applianceNamed(name, `10.78.0.${11 + place}`))),
        status: ({ target }) =>
          status[target.by === 'name' ? target.name : '']?.() as ReturnType<ReturnType<typeof waits>>,
        detect: answers(factsWith([reportOf(ascend)])),
      },
      setup: { runs: answers([]), follow: streams([]) },
      observe: { watch: streams([]) },
      ...more,
    },
  )
  return { opened, link }
}

const cardNames = () => screen.getAllByTestId('appliance-card').map((card) => card.getAttribute('aria-label'))
const cardOf = (name: string) => within(screen.getByRole('article', { name }))

describe('the board', () => {
  it('answers in its first line who needs somebody', async () => {
    const { opened } = showBoard({
      'ward-1': () => Promise.resolve(ok(healthy)),
      'ward-2': () => Promise.resolve(fail(unreachable)),
    })
    await screen.findByRole('heading', { name: '1 appliance needs you' })
    await waitFor(() => expect(cardNames()).toEqual(['ward-2', 'ward-1']))
    const lost = cardOf('ward-2')
    expect(lost.getByText('Unknown')).toBeTruthy()
    expect(lost.getByText(/10\.78\.0\.12:22 did not answer in time/)).toBeTruthy()
    fireEvent.click(lost.getByRole('button', { name: 'See why and what to do' }))
    expect(opened).toEqual(['open ward-2'])
  })

  it('turns nothing green while the link to the console is lost', async () => {
    const { link } = showBoard({ 'ward-1': () => Promise.resolve(ok(healthy)) })
    await screen.findByRole('heading', { name: 'The appliance is well' })
    act(() => link.setState({ state: 'lost', sinceMs: Date.now() }))
    expect(screen.getByTestId('appliance-card').dataset['kind']).toBe('stale')
    expect(screen.getByRole('heading', { name: 'What is shown is old' })).toBeTruthy()
  })

  it('shows the cells of every accelerator with the value in words', async () => {
    showBoard({ 'ward-1': () => Promise.resolve(ok(healthy)) })
    const strip = await screen.findByRole('list', { name: 'Utilization of ward-1' })
    expect(within(strip).getAllByRole('listitem')).toHaveLength(8)
    expect(within(strip).getByText('NPU 0: 11 % busy, healthy')).toBeTruthy()
  })

  it('is not green beside ill hardware, names it, and says for how long', async () => {
    const report = reportOf(ascend)
    const devices = valueOr(report.devices, []).map((one) =>
      one.index === 4 ? { ...one, health: known('critical' as const) } : one,
    )
    const facts = factsWith([{ ...report, devices: known(devices) }])
    const since = new Date(Date.now() - 3 * 3_600_000).toISOString()
    const verdict = { ...verdictOf([healthyDeployment('qwen3-32b')], facts), since }
    showBoard({ 'ward-1': () => Promise.resolve(ok(verdict)) })
    await screen.findByText(/It answers, but NPU 4 is critical\./)
    expect(screen.getByTestId('appliance-card').dataset['kind']).toBe('degraded')
    expect(screen.getByText('for 3 h')).toBeTruthy()
  })

  it('marks a card of which nothing is known, since it needs somebody', async () => {
    showBoard({ 'ward-1': () => Promise.resolve(fail(unreachable)) })
    await screen.findByText('Unknown')
    expect(screen.getByTestId('appliance-card').className).toContain('rs-card-unknown')
  })

  it('marks how an appliance is entered where that is not the plain case', async () => {
    const access = { watchOnly: true, weakAlgorithms: true } as const
    const appliances = {
      list: answers([{ ...applianceNamed('ward-1', '10.78.0.11'), ...access }, applianceNamed('ward-2', '10.78.0.12')]),
      status: answers(healthy),
      detect: answers(factsWith([reportOf(ascend)])),
    }
    showBoard({}, { appliances })
    await screen.findByRole('article', { name: 'ward-1' })
    expect(cardOf('ward-1').getByText('only watched')).toBeTruthy()
    expect(cardOf('ward-1').getByText('old algorithms allowed')).toBeTruthy()
    expect(cardOf('ward-2').queryByText('only watched')).toBeNull()
  })

  it('asks for the login again where it is gone', async () => {
    const { opened } = showBoard({
      'ward-1': () => Promise.resolve(fail({ kind: 'credential-unknown', credentialId: 'x' })),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Log in again' }))
    expect(opened).toEqual(['log in ward-1'])
  })

  it('tells the console that a person tries again before it looks again (P9)', async () => {
    const { link } = showBoard({ 'ward-1': () => Promise.resolve(fail(unreachable)) })
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    const calls = () => link.asked.map(({ call }) => call)
    await waitFor(() => expect(calls().filter((call) => call === 'appliances.status')).toHaveLength(2))
    expect(calls().indexOf('appliances.retry')).toBeLessThan(calls().lastIndexOf('appliances.status'))
    expect(link.asked.find(({ call }) => call === 'appliances.retry')?.input).toEqual({
      target: { by: 'name', name: 'ward-1' },
    })
  })

  it('leads to the run that goes on, and says at which step it is', async () => {
    const { opened } = showBoard(
      { 'ward-1': () => Promise.resolve(ok(healthy)) },
      {
        setup: {
          runs: answers([run]),
          follow: streams([{ event: 'step-begin', step: 'image.x', number: 3, of: 7 } as const]),
        },
      },
    )
    await screen.findByText('Step 3 of 7')
    fireEvent.click(screen.getByRole('button', { name: 'See the progress' }))
    expect(opened).toEqual([`run ward-1 ${run.planId}`])
  })

  it('looks once on opening, not in a loop', async () => {
    const { link } = showBoard({ 'ward-1': () => Promise.resolve(ok(healthy)) })
    await screen.findByRole('heading', { name: 'The appliance is well' })
    expect(link.asked.filter(({ call }) => call === 'appliances.status')).toHaveLength(1)
  })

  it('says that nobody watches once it is closed, and what to do about it', async () => {
    showBoard({ 'ward-1': () => Promise.resolve(ok(healthy)) })
    await screen.findByText(/Watched since .*08:12\. Nobody watches while this app is closed/)
    fireEvent.click(screen.getByRole('button', { name: 'What to do' }))
    expect(await screen.findByText('rackside serve --unit')).toBeTruthy()
  })

  it('says who watches always, and what is not reached', async () => {
    const watching = { sinceMs: Date.parse('2026-11-22T08:12:00'), computer: 'jump-1', how: 'always' as const }
    const lost = { name: 'ward-2', link: 'lost' as const, sinceMs: watching.sinceMs, failure: unreachable }
    const observe = { watch: streams([]), watching: answers({ watching, appliances: [lost] }) }
    showBoard({ 'ward-1': () => Promise.resolve(ok(healthy)) }, { observe })
    await screen.findByText(/by jump-1, whether a page is open or not/)
    expect(screen.getByText(/not reached now: ward-2/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'What to do' })).toBeNull()
  })

  it('teaches where there is no appliance yet, and asks where the first one is', async () => {
    showBoard({})
    await screen.findByRole('heading', { name: 'No appliance yet' })
    expect(screen.getByText('asks for its address')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Add an appliance' })).toBeNull()
  })
})
