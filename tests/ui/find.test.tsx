// The search by keyboard: everything that has a name, by kind; what comes late moves nothing and steals no choice; what
// was chosen is there first the next time.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CatalogListing } from '../../shared/contract/catalog.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { findScript } from './gallery/scenes/find.tsx'
import { applianceNamed } from './gallery/scripted.ts'
import { listing } from './gallery/scripted-catalog.ts'
import { healthyDeployment, verdictOf } from './gallery/scripted-facts.ts'
import { showApp } from './show.tsx'

async function openSearch(script: Script = findScript) {
  const shown = showApp('/settings', script)
  await screen.findByRole('heading', { name: 'Settings' })
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox')
  return { ...shown, field, type: (text: string) => fireEvent.change(field, { target: { value: text } }) }
}

const press = (field: HTMLElement, ...keys: readonly string[]) => {
  for (const key of keys) fireEvent.keyDown(field, { key })
}
const groups = () => screen.getAllByRole('group').map((one) => one.getAttribute('aria-labelledby') ?? '')
const groupNamed = (name: string) => screen.getByRole('group', { name })
const options = () => screen.getAllByRole('option').map((one) => one.textContent ?? '')
const chosen = () =>
  screen.getAllByRole('option').find((one) => one.getAttribute('aria-selected') === 'true')?.textContent

beforeEach(() => localStorage.removeItem('rackside.findRecent'))

describe('the search', () => {
  it('asks nothing while it is closed, and no appliance when it is open', async () => {
    const { link, type } = await openSearch()
    const calls = () => new Set(link.asked.map(({ call }) => call))
    await screen.findByRole('option', { name: /Ward-3/ })
    type('qwen')
    await screen.findByRole('group', { name: 'Catalog' })
    expect(calls()).toContain('catalog.entries')
    expect(calls()).not.toContain('appliances.status')
    expect(calls()).not.toContain('appliances.detect')
  })

  it('does not ask for the catalog before it is opened', async () => {
    const { link } = showApp('/settings', findScript)
    await screen.findByRole('heading', { name: 'Settings' })
    expect(link.asked.map(({ call }) => call)).not.toContain('catalog.entries')
  })

  it('leads to a tab of an appliance by words in any order', async () => {
    const { field, type } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    type('logs ward-3')
    expect(options()[0]).toBe('Ward-3 Logs')
    press(field, 'Enter')
    await waitFor(() => expect(location.hash).toBe('#/appliances/Ward-3?tab=logs'))
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('marks what was typed, also in the other language', async () => {
    const { type } = await openSearch()
    type('昇腾')
    const group = await screen.findByRole('group', { name: 'Catalog' })
    expect(group.querySelector('mark')?.textContent).toBe('昇腾')
    expect(within(group).getAllByRole('option')[0]?.textContent).toContain('vLLM for Ascend')
  })

  it('finds a deployment that this window has seen, and asks no appliance for it', async () => {
    const appliances = {
      list: answers([applianceNamed('ward-7', '10.78.0.12')]),
      status: answers(verdictOf([healthyDeployment('qwen3-32b')])),
    }
    const { link } = showApp('/appliances', { ...findScript, appliances })
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('appliances.status'))
    await screen.findAllByText(/qwen3-32b/)
    const before = link.asked.filter(({ call }) => call === 'appliances.status').length
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'ward-7 qwen3' } })
    expect((await screen.findByRole('group', { name: 'Deployments' })).textContent).toContain('qwen3-32bward-7')
    expect(link.asked.filter(({ call }) => call === 'appliances.status')).toHaveLength(before)
  })

  it('finds runs and alerts, each with its place', async () => {
    const { type } = await openSearch()
    type('clinic')
    await screen.findByRole('group', { name: 'Runs' })
    expect(groupNamed('Runs').textContent).toContain('Set up clinic-notes')
    expect(groupNamed('Runs').textContent).toContain('Ward-3')
    type('too hot')
    expect(groupNamed('Alerts').textContent).toContain('Radiology-01')
  })

  it('is moved through by arrows, Home and End', async () => {
    const { field } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    const all = options()
    press(field, 'ArrowDown', 'ArrowDown', 'ArrowUp')
    expect(chosen()).toBe(all[1])
    press(field, 'End')
    expect(chosen()).toBe(all.at(-1))
    press(field, 'ArrowDown')
    expect(chosen()).toBe(all.at(-1))
    press(field, 'Home')
    expect(chosen()).toBe(all[0])
  })

  it('shows six of a kind, and the others of it in the catalog with the typed words', async () => {
    const { type } = await openSearch()
    type('e')
    const group = await screen.findByRole('group', { name: 'Catalog' })
    expect(within(group).getAllByRole('option')).toHaveLength(7)
    const more = within(group).getByRole('option', { name: /\d+ more/ })
    fireEvent.click(more)
    await waitFor(() => expect(location.hash).toMatch(/^#\/catalog\?.*text=e/))
  })

  it('shows the others of a kind without a page of its own in its place', async () => {
    const { field } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    const before = options()
    const at = before.findLastIndex((one) => /^\d+ more$/.test(one))
    press(field, ...Array.from({ length: at }, () => 'ArrowDown'))
    expect(chosen()).toBe(before[at])
    press(field, 'Enter')
    expect(options().length).toBe(before.length - 1 + Number.parseInt(before[at] ?? '', 10))
    expect(options().indexOf(chosen() ?? '')).toBe(at)
  })
})

describe('what is slow', () => {
  function slowCatalog() {
    const gate: { open: (answer: Result<CatalogListing>) => void } = { open: () => undefined }
    const entries = () => new Promise<Result<CatalogListing>>((resolve) => (gate.open = resolve))
    return { gate, script: { ...findScript, catalog: { entries } } }
  }

  it('comes below what is shown, and the choice stays', async () => {
    const { gate, script } = slowCatalog()
    const { field, type } = await openSearch(script)
    await screen.findByRole('option', { name: /Ward-3/ })
    type('notes')
    await screen.findByRole('group', { name: 'Runs' })
    expect(screen.getByText(/^Still asking: Solutions, Catalog|^Still asking: Solutions; Catalog/)).toBeTruthy()
    press(field, 'End')
    const [before, shown, kept] = [chosen(), options(), groups()]
    await act(async () => gate.open(ok(listing)))
    await screen.findByRole('group', { name: 'Solutions' })
    expect([chosen(), options().slice(0, shown.length), groups().slice(0, kept.length)]).toEqual([before, shown, kept])
  })

  it('is named where it cannot be asked, and the rest is found', async () => {
    const { type } = await openSearch({ ...findScript, catalog: { entries: fails({ kind: 'console-lost' }) } })
    await screen.findByRole('option', { name: /Ward-3/ })
    type('ward')
    expect(await screen.findByText(/^Could not be asked: Solutions/)).toBeTruthy()
    expect(groupNamed('Appliances').textContent).toContain('Ward-3')
  })
})

describe('what a person sees and hears of it', () => {
  it('teaches when nothing is typed and when nothing is found', async () => {
    const { type } = await openSearch()
    expect(screen.getByText(/Type parts of a name in any order/)).toBeTruthy()
    await screen.findByRole('option', { name: /Ward-3/ })
    type('xyzzy')
    await waitFor(() => expect(screen.getByText(/^Searched: appliances and their tabs/)).toBeTruthy())
  })

  it('says how many there are once the typing rests', async () => {
    const { type } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    const said = () => screen.getAllByRole('status').map((one) => one.textContent)
    type('ward-3 logs')
    expect(said().join()).not.toContain('1 result')
    await waitFor(() => expect(said()).toContain('1 result'))
  })

  it('has what was chosen lately first, and says of what is gone that it is', async () => {
    const { field, type } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    type('publishers')
    press(field, 'Enter')
    await waitFor(() => expect(location.hash).toBe('#/settings/publishers'))
    localStorage.setItem(
      'rackside.findRecent',
      JSON.stringify([...JSON.parse(localStorage.getItem('rackside.findRecent') ?? '[]'), 'appliance gone-7']),
    )
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    await screen.findByRole('option', { name: /Ward-3/ })
    expect(groupNamed('Recent').textContent).toBe('RecentPublishersIt is not there any more')
    expect(within(groupNamed('Recent')).getAllByRole('option')).toHaveLength(1)
  })

  it('leaves the Enter of an input method to it', async () => {
    const { field, type } = await openSearch()
    await screen.findByRole('option', { name: /Ward-3/ })
    type('体检')
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
    expect(screen.getByRole('combobox')).toBeTruthy()
    expect(location.hash).toBe('#/settings')
  })

  it('takes a browser without storage, and whatever lies there', async () => {
    localStorage.setItem('rackside.findRecent', '{"a":[')
    const { type, field } = await openSearch({
      ...findScript,
      appliances: { list: answers([applianceNamed('ward-7', '10.78.0.12')]) },
    })
    await screen.findByRole('option', { name: /ward-7/ })
    const refuse = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('no storage')
    })
    type('ward-7')
    press(field, 'Enter')
    refuse.mockRestore()
    await waitFor(() => expect(location.hash).toBe('#/appliances/ward-7'))
  })
})
