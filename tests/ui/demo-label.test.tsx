// "Demo" stands wherever the name of a demo appliance does, and nowhere else; on its page a drill that is on is said
// together with its undo.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../shared/domain/failure.ts'
import { answers, type Script, streams } from './gallery/pretend-console.ts'
import { about, applianceNamed, demoNamed, listedDemo } from './gallery/scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, verdictOf } from './gallery/scripted-facts.ts'
import { consoleRun, planId, recordsBundle, wardPlan } from './gallery/scripted-plans.ts'
import { showApp } from './show.tsx'

const name = 'play-01'
const demo = demoNamed(name)
const real = applianceNamed('ward-7', '10.78.0.11')
const facts = factsWith([reportOf({ vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte })])
const script = {
  window: about,
  demo: { list: answers([demo]) },
  appliances: {
    list: answers([listedDemo(demo), real]),
    detect: answers(facts),
    status: answers(verdictOf([healthyDeployment('qwen3')])),
  },
  bundles: { list: answers([recordsBundle(), { ...recordsBundle('bundle-demo', 'play-bundle'), demo: true }]) },
  setup: {
    runs: answers([{ ...consoleRun('done'), address: demo.address }, consoleRun('done', 'plan-00112233445566bb')]),
    lastRun: answers(null),
    readPlan: answers(wardPlan()),
  },
  observe: { watch: streams([]), recent: answers([]) },
} satisfies Script

describe('the label', () => {
  it('stands on the card of a demo appliance, not on that of a real one', async () => {
    showApp('/appliances', script)
    const card = within(await screen.findByRole('article', { name: `${name} (demo)` }))
    expect(card.getByText('Demo')).toBeTruthy()
    expect(within(screen.getByRole('article', { name: 'ward-7' })).queryByText('Demo')).toBeNull()
  })

  it('stands in the head of its page, in the trail and in the title of the window', async () => {
    showApp(`/appliances/${name}`, script)
    await screen.findByRole('heading', { name: /^play-01\s*Demo$/ })
    expect(document.querySelector('.rs-trail')?.textContent).toContain('play-01Demo')
    await waitFor(() => expect(document.title).toBe('play-01 (demo) · Appliances · Rackside'))
  })

  it('is not there on the page of a real one', async () => {
    showApp('/appliances/ward-7', script)
    await screen.findByRole('heading', { name: 'ward-7' })
    expect(document.querySelector('.rs-chip-accent')).toBeNull()
    expect(screen.queryByText('Simulated on this computer. No drill is on.')).toBeNull()
  })

  it.each(['', '?step=proposal', `?step=review&plan=${planId}`, `/${planId}`])(
    'stands on the setup%s',
    async (step) => {
      showApp(`/appliances/${name}/setup${step}`, script)
      await screen.findByRole('heading', { level: 1, name: /Demo$/ })
    },
  )

  it('stands in the list of runs and in the catalog, which counts what can be installed on a server', async () => {
    showApp('/runs', script)
    const [first, second] = await screen.findAllByTestId('run')
    await waitFor(() => expect(first?.textContent).toMatch(/on play-01 Demo/))
    expect(second?.textContent).toMatch(/on ward-7/)
    expect(second?.textContent).not.toContain('Demo')
    location.hash = '/catalog?kind=bundles'
    await screen.findByRole('heading', { name: '1 bundle to install from' })
    const titles = screen.getAllByTestId('bundle').map((one) => one.querySelector('h2')?.textContent)
    expect(titles).toEqual(['records-2026-11', 'play-bundle Demo'])
  })

  it('stands in the palette', async () => {
    showApp('/settings', script)
    await screen.findByRole('heading', { name: 'Settings' })
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    expect((await screen.findByRole('option', { name: /play-01/ })).textContent).toContain('Demo')
    expect(screen.getByRole('option', { name: /ward-7/ }).textContent).not.toContain('Demo')
  })
})

describe('the rail', () => {
  it('leads to the demo while there is a demo appliance', async () => {
    showApp('/settings', script)
    fireEvent.click(await screen.findByRole('link', { name: 'Demo' }))
    await screen.findByRole('heading', { name: 'No drill is on' })
  })

  it('has no place for the demo without one', async () => {
    const { link } = showApp('/settings', { ...script, demo: { list: answers([]) } })
    await waitFor(() => expect(link.asked.some(({ call }) => call === 'demo.list')).toBe(true))
    await screen.findByRole('heading', { name: 'Settings' })
    expect(screen.queryByRole('link', { name: 'Demo' })).toBeNull()
  })
})

describe('a drill on the page of its appliance', () => {
  it('is said with its undo, after which the appliance is looked at again', async () => {
    let now = demoNamed(name, { drills: ['overheat'] })
    const { link } = showApp(`/appliances/${name}`, {
      ...script,
      demo: {
        list: async () => ok([now]),
        drill: async () => {
          now = demoNamed(name)
          return ok(now)
        },
      },
    })
    const hint = await screen.findByTestId('drills-on')
    expect(hint.textContent).toContain('A drill is on:Overheat')
    const looks = () => link.asked.filter(({ call }) => call === 'appliances.status').length
    const before = looks()
    fireEvent.click(within(hint).getByRole('button', { name: 'Undo: Overheat' }))
    await screen.findByText('Simulated on this computer. No drill is on.')
    expect(link.asked.find(({ call }) => call === 'demo.drill')?.input).toEqual({ name, drill: 'overheat', on: false })
    await waitFor(() => expect(looks()).toBeGreaterThan(before))
  })

  it('is said beside the steps of a setup too, and leads from the page to all drills', async () => {
    const drilled = { ...script, demo: { list: answers([demoNamed(name, { drills: ['fill-disk'] })]) } }
    showApp(`/appliances/${name}/setup`, drilled)
    expect((await screen.findByTestId('drills-on')).textContent).toContain('Fill the disk')
    location.hash = `/appliances/${name}`
    fireEvent.click(await screen.findByRole('button', { name: 'Drills of the demo' }))
    await screen.findByRole('heading', { name: '1 drill is on' })
  })
})
