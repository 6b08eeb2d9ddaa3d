// How the window looks: contrast and density, chosen in three places, kept in the browser, and by the computer's wish.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usePreferences } from '../../renderer/app/preferences.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { show, showApp } from './show.tsx'

const script = { window: about, appliances: { list: answers([]) } } satisfies Script
const root = document.documentElement
const textSize = () => root.style.getPropertyValue('--rs-text-size')

afterEach(() => {
  act(() => {
    usePreferences.getState().chooseContrast('system')
    usePreferences.getState().chooseDensity('normal')
  })
  vi.restoreAllMocks()
})

describe('the look of the window', () => {
  it('is chosen in the settings, and kept', async () => {
    showApp('/settings', script)
    fireEvent.click(
      within(await screen.findByRole('radiogroup', { name: 'Contrast' })).getByRole('radio', { name: 'High' }),
    )
    await waitFor(() => expect(root.dataset['contrast']).toBe('high'))
    fireEvent.click(within(screen.getByRole('radiogroup', { name: 'Density' })).getByRole('radio', { name: 'Dense' }))
    await waitFor(() => expect(textSize()).toBe('13px'))
    expect([localStorage.getItem('rackside.contrast'), localStorage.getItem('rackside.density')]).toEqual([
      'high',
      'dense',
    ])
  })

  it('is chosen from the bar on top', async () => {
    showApp('/settings', script)
    fireEvent.click(await screen.findByRole('button', { name: 'Contrast and density' }))
    const choices = within(screen.getByRole('group', { name: 'Contrast and density' }))
    fireEvent.click(choices.getByRole('radio', { name: 'Comfortable' }))
    await waitFor(() => expect(textSize()).toBe('16px'))
    fireEvent.keyDown(choices.getByRole('radio', { name: 'Comfortable' }), { key: 'Escape' })
    expect(screen.queryByRole('group', { name: 'Contrast and density' })).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Contrast and density' }))
  })

  it('is chosen from the palette', async () => {
    showApp('/settings', script)
    await screen.findByRole('heading', { name: 'Settings' })
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    const field = await screen.findByRole('combobox')
    fireEvent.change(field, { target: { value: 'contrast: high' } })
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(root.dataset['contrast']).toBe('high'))
  })

  it('has more contrast where the computer asks for it, unless the person chose otherwise', async () => {
    const plain = window.matchMedia
    vi.spyOn(window, 'matchMedia').mockImplementation((media) =>
      Object.assign(plain(media), { matches: media === '(prefers-contrast: more)' }),
    )
    show(<p>text</p>)
    expect(root.dataset['contrast']).toBe('high')
    act(() => usePreferences.getState().chooseContrast('normal'))
    await waitFor(() => expect(root.dataset['contrast']).toBe('normal'))
  })
})
