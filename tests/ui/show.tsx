// Shows a screen as the page would: with a pretend console, a language, the look, and the few things of a
// browser that jsdom lacks. Everything that was shown is gone after each test.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach } from 'vitest'
import { App } from '../../renderer/app/app.tsx'
import { Look } from '../../renderer/app/look.tsx'
import { usePreferences } from '../../renderer/app/preferences.ts'
import { ConsoleProvider } from '../../renderer/console/console-context.tsx'
import type { LinkState } from '../../renderer/console/console-link.ts'
import { learn, speakFirst } from '../../renderer/console/languages/spoken.ts'
import type { Language } from '../../shared/words/words.ts'
import { type PretendConsole, pretendConsole, type Script } from './gallery/pretend-console.ts'

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
window.ResizeObserver = NoObserver
window.scrollTo = () => undefined
Element.prototype.scrollIntoView = () => undefined

// Screens are loaded when they are first shown, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 10_000 })
await speakFirst('en')
await learn('zh-CN')
afterEach(() => {
  cleanup()
  location.hash = ''
})

export type Shown = { readonly link: PretendConsole }

function choose(language: Language): void {
  act(() => {
    usePreferences.getState().chooseLanguage(language)
    usePreferences.getState().chooseTheme('light')
  })
}

/** One screen or piece, without frame and routes. */
export function show(screen: ReactNode, script: Script = {}, language: Language = 'en'): Shown {
  choose(language)
  const link = pretendConsole(script)
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConsoleProvider link={link}>
        <Look>{screen}</Look>
      </ConsoleProvider>
    </QueryClientProvider>,
  )
  return { link }
}

/** The whole product, opened at an address ("/appliances"). */
export function showApp(path: string, script: Script = {}, start?: LinkState): Shown {
  choose('en')
  location.hash = path
  const link = pretendConsole(script, start)
  render(<App link={link} />)
  return { link }
}
