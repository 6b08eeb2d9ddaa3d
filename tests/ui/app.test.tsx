// The frame: languages, themes, the state of the link, addresses, the palette, and what a defect looks like.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { AppBoundary } from '../../renderer/app/app-boundary.tsx'
import { addSearch, applianceSearch, setupSearch } from '../../renderer/app/search-parts.ts'
import { trailOf } from '../../renderer/app/trail.ts'
import { chinese } from '../../renderer/i18n/chinese.ts'
import { english } from '../../renderer/i18n/english.ts'
import { ageText } from '../../renderer/ui/age.tsx'
import { heatStep } from '../../renderer/ui/theme.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { show, showApp } from './show.tsx'

const script = {
  window: about,
  appliances: { list: answers([]) },
  setup: { runs: answers([]) },
  bundles: { list: answers([]) },
} satisfies Script

describe('the frame', () => {
  it('switches the language of everything at once, the document included', async () => {
    showApp('/runs', script)
    await screen.findByRole('heading', { name: 'No run is going on' })
    await waitFor(() => expect(document.title).toBe('Runs · Rackside'))
    fireEvent.click(within(screen.getByRole('radiogroup', { name: 'Language' })).getByRole('radio', { name: '中文' }))
    await screen.findByRole('heading', { name: '没有正在执行的部署' })
    expect(document.documentElement.lang).toBe('zh-CN')
    await waitFor(() => expect(document.title).toBe('执行记录 · Rackside'))
    expect(localStorage.getItem('rackside.language')).toBe('zh-CN')
    fireEvent.click(within(screen.getByRole('radiogroup', { name: '语言' })).getByRole('radio', { name: 'EN' }))
    await screen.findByRole('heading', { name: 'No run is going on' })
  })

  it('says that the link is lost and since when, and asks again what is shown when it is back', async () => {
    const { link } = showApp('/settings', script)
    await screen.findByText('0.1.0')
    const before = link.asked.length
    act(() => link.setState({ state: 'lost', sinceMs: Date.now() - 42_000 }))
    expect(screen.getByTestId('link-state').textContent).toContain('Connection lost 42 seconds ago')
    expect(screen.getByTestId('link-state').textContent).toContain('Installed services keep running')
    act(() => link.setState({ state: 'open' }))
    expect(screen.getByTestId('link-state').textContent).toBe('')
    await waitFor(() => expect(link.asked.length).toBeGreaterThan(before))
  })

  it('shows a window without a key why, and nothing of the product', async () => {
    const { link } = showApp('/appliances', script, {
      state: 'refused',
      failure: { kind: 'window-refused', reason: 'no-key' },
    })
    const refused = await screen.findByTestId('window-refused')
    expect(refused.textContent).toContain('This window has no key to Rackside.')
    expect(screen.queryByRole('navigation')).toBeNull()
    expect(link.asked).toEqual([])
  })

  it('leads from an address that is not there to one that is', async () => {
    showApp('/nowhere', script)
    await screen.findByRole('heading', { name: 'There is no such page' })
    fireEvent.click(screen.getByRole('button', { name: 'To the appliances' }))
    await screen.findByRole('heading', { name: 'No appliance yet' })
  })

  it('goes to an appliance by a part of its name', async () => {
    showApp('/settings', {
      ...script,
      appliances: {
        list: answers([applianceNamed('radiology-01', '10.78.0.11'), applianceNamed('ward-7', '10.78.0.12')]),
      },
    })
    await screen.findByRole('heading', { name: 'Settings' })
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    const field = await screen.findByRole('combobox')
    await screen.findByRole('option', { name: /ward-7/ })
    fireEvent.change(field, { target: { value: 'rad' } })
    expect(screen.getAllByRole('option')).toHaveLength(1)
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(location.hash).toBe('#/appliances/radiology-01'))
  })

  it('opens, moves and closes the palette where scrolling answers with a promise', async () => {
    const scroll = vi.fn(() => Promise.resolve() as unknown as undefined)
    const before = Element.prototype.scrollIntoView
    Element.prototype.scrollIntoView = scroll
    showApp('/settings', script)
    await screen.findByRole('heading', { name: 'Settings' })
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    const field = await screen.findByRole('combobox')
    fireEvent.keyDown(field, { key: 'ArrowDown' })
    await waitFor(() => expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true'))
    expect(scroll.mock.calls.length).toBeGreaterThan(1)
    fireEvent.keyDown(field, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
    expect(screen.getByRole('heading', { name: 'Settings' })).toBeTruthy()
    Element.prototype.scrollIntoView = before
  })

  it('says a defect in words, with its details to copy', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const Broken = () => {
      throw new Error('cannot read this')
    }
    show(
      <AppBoundary>
        <Broken />
      </AppBoundary>,
    )
    quiet.mockRestore()
    expect(screen.getByRole('heading', { name: 'This screen has a defect' })).toBeTruthy()
    expect(screen.getByText(/cannot read this/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Load the window again' })).toBeTruthy()
  })
})

describe('the pieces of the frame', () => {
  it('makes the trail from the address, and decodes the name in it', () => {
    const settings = { 'known-hosts': 'Known hosts' }
    const words = {
      places: { appliances: 'Appliances', settings: 'Settings', runs: 'Runs' },
      settings,
      add: 'Add',
      setUp: 'Set up',
      run: 'Run',
      rollouts: 'Several',
    }
    const texts = (path: string) => trailOf(path, words).map(({ text }) => text)
    expect(texts('/appliances')).toEqual(['Appliances'])
    expect(texts('/appliances/add')).toEqual(['Appliances', 'Add'])
    expect(texts('/appliances/%E4%BD%93%E6%A3%80-01/setup')).toEqual(['Appliances', '体检-01', 'Set up'])
    expect(texts('/appliances/a/setup/plan-1')).toEqual(['Appliances', 'a', 'Set up', 'Run'])
    expect(texts('/appliances/%E4%BD')).toEqual(['Appliances', '%E4%BD'])
    expect(texts('/settings/known-hosts')).toEqual(['Settings', 'Known hosts'])
    expect(texts('/runs/rollouts')).toEqual(['Runs', 'Several'])
    expect(texts('/runs/rollouts/rollout-1')).toEqual(['Runs', 'Several', 'Run'])
    expect(texts('/nowhere')).toEqual([])
  })

  it('takes from an address only what it knows', () => {
    expect(applianceSearch({ tab: 'monitor' })).toEqual({ tab: 'monitor' })
    expect(applianceSearch({ tab: '<b>' })).toEqual({})
    expect(setupSearch({ step: 'review', plan: 'plan-00112233445566aa' })).toEqual({
      step: 'review',
      plan: 'plan-00112233445566aa',
    })
    expect(setupSearch({ step: 'proposal', bundle: 'bundle-1', solution: 'ward-chat' })).toEqual({
      ...{ step: 'proposal', bundle: 'bundle-1', solution: 'ward-chat' },
    })
    expect(setupSearch({ step: 7, plan: '../x', bundle: '../x', solution: ['ward-chat'] })).toEqual({})
    expect(addSearch({ again: 'ward-7' })).toEqual({ again: 'ward-7' })
    expect(addSearch({ again: ['ward-7'] })).toEqual({})
  })

  it('says ages in whole units of the language', () => {
    expect(ageText(0, 'zh-CN')).toBe('刚刚')
    expect(ageText(-5, 'en')).toBe('just now')
    expect(ageText(42.9, 'en')).toBe('42 seconds ago')
    expect(ageText(119, 'en')).toBe('1 minute ago')
    expect(ageText(7200, 'zh-CN')).toBe('2 小时前')
    expect(ageText(2, 'zh-CN')).toBe('2 秒前')
    expect(ageText(60, 'zh-CN')).toBe('1 分钟前')
    expect(ageText(3 * 86_400, 'en')).toBe('3 days ago')
  })

  it('has a step of the scale for every utilization', () => {
    expect([0, 3, 20, 40, 60, 80, 100].map(heatStep)).toEqual([0, 1, 2, 3, 4, 5, 5])
  })

  it('has full-width punctuation and no English sentence in the Chinese labels', () => {
    const texts = (labels: object): string[] =>
      Object.values(labels).flatMap((value) => (typeof value === 'string' ? [value] : texts(value as object)))
    const odd = texts(chinese).filter((text) => /[\u4e00-\u9fff][,;!?]|[,;!?][\u4e00-\u9fff]/.test(text))
    expect(odd).toEqual([])
    expect(texts(english).filter((text) => /[\u4e00-\u9fff]|!$|\bplease\b|\boops\b/i.test(text))).toEqual([])
  })
})
