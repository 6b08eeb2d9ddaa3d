// The demo appliance as a new user meets it: one press on the empty board, few clicks to a proof, drills that can be
// undone, one press that removes it; and its bundle, which no real appliance is ever offered.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { DemoScreen } from '../../renderer/features/demo/demo-screen.tsx'
import { SetupScreen } from '../../renderer/features/setup/setup-screen.tsx'
import type { DemoAppliance } from '../../shared/domain/demo.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { settingUp } from '../support/set-up-purpose.ts'
import { answers, type Script, streams, waits } from './gallery/pretend-console.ts'
import { about, applianceNamed, demoNamed, listedDemo } from './gallery/scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, verdictOf } from './gallery/scripted-facts.ts'
import {
  brokenBundle,
  consoleRun,
  eventsUntil,
  proposals,
  recordsBundle,
  runId,
  wardPlan,
} from './gallery/scripted-plans.ts'
import { show, showApp } from './show.tsx'

const name = 'demo-ascend-8'
const facts = factsWith([reportOf({ vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte })])
const demoBundle = { ...recordsBundle('bundle-demo', 'demo-clinic'), demo: true }
const plan = wardPlan({ purpose: settingUp('record-assistant', 'bundle-demo') })
const verdict = verdictOf([healthyDeployment('baichuan-m2')])
const events: readonly RunEvent[] = [
  ...eventsUntil(plan.steps),
  { event: 'run-end', run: runId, changed: 10, unchanged: 0, sentBytes: 1 },
  { event: 'verified', verdict, stillToDo: [] },
]

/** A console that has no appliance until a demo appliance is made. */
function emptyConsole(create?: () => Promise<unknown>): Script {
  const demo = demoNamed(name)
  let made = false
  const making = async () => {
    made = true
    return ok({ demo, bundleId: 'bundle-demo' })
  }
  return {
    window: about,
    demo: {
      list: async () => ok(made ? [demo] : []),
      create: (create ?? making) as typeof making,
    },
    appliances: {
      list: async () => ok(made ? [listedDemo(demo)] : []),
      detect: answers(facts),
      status: answers(verdictOf([])),
    },
    bundles: { list: answers([recordsBundle(), demoBundle]) },
    setup: {
      propose: answers([plan]),
      readPlan: answers(plan),
      runs: answers([{ ...consoleRun('done'), address: demo.address }]),
      apply: streams<RunEvent>(events, 'ends'),
      follow: streams<RunEvent>(events, 'ends'),
      prove: streams([{ event: 'verdict' as const, verdict }], 'ends'),
    },
  }
}

const press = (word: string | RegExp) => fireEvent.click(screen.getByRole('button', { name: word }))

describe('trying the demo appliance', () => {
  it('takes one press, makes it once however often one presses, and leads to what is inside', async () => {
    const { link } = showApp('/appliances', emptyConsole())
    const button = await screen.findByRole('button', { name: 'Try the demo appliance' })
    fireEvent.click(button)
    fireEvent.click(button)
    await screen.findByRole('heading', { name: /^8 × Ascend 910B4/ })
    expect(location.hash).toBe(`#/appliances/${name}/setup`)
    const made = link.asked.filter(({ call }) => call === 'demo.create')
    expect(made.map(({ input }) => input)).toEqual([{ preset: 'ascend-8' }])
  })

  it('is the second choice beside adding a server, with two other machines', async () => {
    const { link } = showApp('/appliances', emptyConsole(waits()))
    fireEvent.click(await screen.findByRole('button', { name: 'Workstation, 2 cards' }))
    await waitFor(() => expect(document.querySelectorAll('.ant-btn-primary')).toHaveLength(1))
    expect(document.querySelector('.ant-btn-primary')?.textContent).toBe('Continue')
    expect(link.asked.filter(({ call }) => call === 'demo.create')).toEqual([
      { call: 'demo.create', input: { preset: 'workstation-2' } },
    ])
    expect(screen.getByRole('button', { name: 'Try the demo appliance' }).hasAttribute('disabled')).toBe(true)
    expect(screen.getByText(/then you see what is inside/)).toBeTruthy()
  })

  it('that fails says why, and can be tried again', async () => {
    const refuse = async () => fail({ kind: 'demo-not-started', name, detail: 'no free port' })
    const { link } = showApp('/appliances', emptyConsole(refuse))
    fireEvent.click(await screen.findByRole('button', { name: 'Try the demo appliance' }))
    expect((await screen.findByRole('alert')).dataset['kind']).toBe('demo-not-started')
    press(/Try the demo appliance$/)
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'demo.create')).toHaveLength(2))
  })

  it('needs at most five clicks to a streamed proof, the approval of the plan not counted', async () => {
    const { link } = showApp('/appliances', emptyConsole())
    const journey = ['Try the demo appliance', 'See what fits', 'Review the plan', 'Install', 'Prove again']
    for (const word of journey) fireEvent.click(await screen.findByRole('button', { name: word }))
    await waitFor(() => expect(link.asked.some(({ call }) => call === 'setup.prove')).toBe(true))
    await screen.findByText(/Blood pressure/)
    expect(journey.filter((word) => word !== 'Install').length).toBeLessThanOrEqual(5)
    // Nothing had to be chosen on the way.
    expect(link.asked.find(({ call }) => call === 'setup.propose')?.input).toMatchObject({ bundleId: 'bundle-demo' })
  })
})

function showProposal(appliances: Script['appliances'], bundles = [recordsBundle(), demoBundle]) {
  const nothing = () => undefined
  const { link } = show(
    <SetupScreen
      name="ward"
      step="proposal"
      onStep={nothing}
      onApproved={nothing}
      onLogIn={nothing}
      onLeave={nothing}
      onUpkeep={nothing}
    />,
    {
      window: about,
      appliances: { ...appliances },
      bundles: { list: answers(bundles) },
      demo: { list: answers([demoNamed('ward')]) },
      setup: { propose: answers(proposals()) },
    },
  )
  return () => link.asked.filter(({ call }) => call === 'setup.propose').map(({ input }) => input)
}

const bundleOf = (bundleId: string) => [{ target: { by: 'name', name: 'ward' }, bundleId }]

describe('the bundle of the demo', () => {
  it('is chosen already for a demo appliance, with its label', async () => {
    const proposed = showProposal({ list: answers([listedDemo(demoNamed('ward'))]) })
    await screen.findByRole('button', { name: 'Review the plan' })
    expect(proposed()).toEqual(bundleOf('bundle-demo'))
    expect(document.querySelector('.su-bundle')?.textContent).toContain('demo-clinic Demo')
  })

  it('is never offered for a real appliance', async () => {
    const proposed = showProposal({ list: answers([applianceNamed('ward', '10.78.0.11')]) }, [
      demoBundle,
      recordsBundle(),
    ])
    await screen.findByRole('button', { name: 'Review the plan' })
    expect(proposed()).toEqual(bundleOf('bundle-records'))
    expect(document.body.textContent).not.toContain('demo-clinic')
  })

  it('is no bundle at all for a real appliance where there is no other', async () => {
    const proposed = showProposal({ list: answers([applianceNamed('ward', '10.78.0.11')]) }, [demoBundle, brokenBundle])
    await screen.findByText('No bundle to install from yet')
    expect(proposed()).toEqual([])
  })

  it('is not proposed from while it is not known whether the appliance is real', async () => {
    const proposed = showProposal({ list: waits() })
    await screen.findByRole('heading', { name: 'What to install from' })
    expect(proposed()).toEqual([])
  })
})

function showDemos(demos: readonly DemoAppliance[]) {
  const went: string[] = []
  const state = new Map(demos.map((demo) => [demo.name, demo]))
  const { link } = show(
    <DemoScreen onOpen={(one) => went.push(`open ${one}`)} onSetUp={(one) => went.push(`set up ${one}`)} />,
    {
      window: about,
      demo: {
        list: async () => ok([...state.values()]),
        create: async () => {
          const made = demoNamed('another')
          state.set('another', made)
          return ok({ demo: made, bundleId: 'bundle-demo' })
        },
        drill: async ({ name: drilled, drill, on }) => {
          const before = state.get(drilled) ?? demoNamed(drilled)
          const after = { ...before, drills: [...before.drills.filter((one) => one !== drill), ...(on ? [drill] : [])] }
          state.set(drilled, after)
          return ok(after)
        },
        remove: async ({ name: removed }) => {
          state.delete(removed)
          return ok({ name: removed })
        },
      },
    },
  )
  const inputs = (call: string) => link.asked.filter((one) => one.call === call).map(({ input }) => input)
  return { went, inputs }
}

describe('the demo screen', () => {
  it('says of each drill what happens and how one sees it; one press begins it, another one undoes it', async () => {
    const { inputs } = showDemos([demoNamed(name)])
    await screen.findByRole('heading', { name: 'No drill is on' })
    const drill = screen.getByTestId('drill-overheat')
    expect(drill.textContent).toMatch(/A card gets too hot.*fewer tokens/)
    press('Start: Overheat')
    await screen.findByRole('heading', { name: '1 drill is on' })
    expect(screen.getByTestId('drill-overheat').dataset['on']).toBe('true')
    press('Undo: Overheat')
    await screen.findByRole('heading', { name: 'No drill is on' })
    expect(inputs('demo.drill')).toEqual([
      { name, drill: 'overheat', on: true },
      { name, drill: 'overheat', on: false },
    ])
  })

  it('offers no undo for a power cut, which ends by itself', async () => {
    showDemos([demoNamed(name, { drills: ['power-cut'] })])
    const button = within(await screen.findByTestId('drill-power-cut')).getByRole('button')
    expect([button.textContent, button.hasAttribute('disabled')]).toEqual(['Ends by itself', true])
  })

  it('removes with one press, and all of them with another', async () => {
    const { inputs } = showDemos([demoNamed(name), demoNamed('b'), demoNamed('c')])
    await screen.findByText('3 demo appliances, simulated on this computer. No real server is touched.')
    press(`Remove: ${name}`)
    await waitFor(() => expect(screen.getAllByTestId('demo')).toHaveLength(2))
    press('Remove all')
    await screen.findByRole('heading', { name: 'No demo appliance yet' })
    expect(inputs('demo.remove')).toEqual([{ name }, { name: 'b' }, { name: 'c' }])
  })

  it('lets one that cannot be started be removed, since it keeps all from being listed', async () => {
    const { link } = show(<DemoScreen onOpen={() => undefined} onSetUp={() => undefined} />, {
      window: about,
      appliances: { list: answers([listedDemo(demoNamed(name)), applianceNamed('ward', '10.78.0.11')]) },
      demo: {
        list: async () => fail({ kind: 'demo-not-started', name, detail: 'damaged' }),
        remove: answers({ name }),
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: `Remove: ${name}` }))
    await waitFor(() => expect(link.asked.find(({ call }) => call === 'demo.remove')?.input).toEqual({ name }))
    expect(screen.queryByRole('button', { name: 'Remove: ward' })).toBeNull()
  })

  it('makes another one, leads to each, and says what the demo does not do', async () => {
    const { went, inputs } = showDemos([demoNamed(name)])
    fireEvent.click(await screen.findByRole('button', { name: 'NVIDIA, 8 cards' }))
    await waitFor(() => expect(screen.getAllByTestId('demo')).toHaveLength(2))
    expect(inputs('demo.create')).toEqual([{ preset: 'nvidia-8' }])
    press('Open: another')
    press(`Set up: ${name}`)
    expect(went).toEqual(['open another', `set up ${name}`])
    expect(within(screen.getByTestId('not-in-demo')).getAllByRole('listitem')).toHaveLength(4)
  })
})
