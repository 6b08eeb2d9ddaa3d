// The gallery's page: every state of every screen from the real renderer, with a pretend console behind it.
// `?scene=fleet/normal&lang=zh-CN&theme=dark` shows one; without a scene it lists them. `lang=pseudo`: see pseudo.ts.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from '../../../renderer/app/app.tsx'
import { Look } from '../../../renderer/app/look.tsx'
import { usePreferences } from '../../../renderer/app/preferences.ts'
import { ConsoleProvider } from '../../../renderer/console/console-context.tsx'
import { speakFirst } from '../../../renderer/console/languages/spoken.ts'
import { contrastChoices, densities } from '../../../renderer/ui/theme.ts'
import '../../../renderer/ui/pieces.css'
import { faceFindings } from './face-findings.ts'
import { forgetHeard } from './heard.ts'
import { becomeHostile, exchangedTexts } from './hostile.ts'
import { pretendConsole } from './pretend-console.ts'
import { plainOf } from './pseudo.ts'
import type { Scene, Scenes } from './scene.ts'

const files = import.meta.glob<{ scenes: Scenes }>('./scenes/*.tsx', { eager: true })
const scenes: ReadonlyMap<string, Scene> = new Map(
  Object.entries(files).flatMap(([path, file]) => {
    const name = path.replace('./scenes/', '').replace('.tsx', '')
    return Object.entries(file.scenes).map(([state, one]): [string, Scene] => [`${name}/${state}`, one])
  }),
)

const asked = new URLSearchParams(location.search)
const language = asked.get('lang') === 'zh-CN' ? 'zh-CN' : 'en'
usePreferences.getState().chooseLanguage(language)
usePreferences.getState().chooseTheme(asked.get('theme') === 'dark' ? 'dark' : 'light')
usePreferences.getState().chooseContrast(contrastChoices.find((one) => one === asked.get('contrast')) ?? 'normal')
usePreferences.getState().chooseDensity(densities.find((one) => one === asked.get('density')) ?? 'normal')
await speakFirst(language)

const place = document.getElementById('root')
if (place === null) throw new Error('the gallery has no root')
let root = createRoot(place)
showScene(asked.get('scene') ?? '')

// For whoever looks at all of them: the next scene without loading the page again.
Object.assign(window, { showScene, faceFindings, becomeHostile, exchangedTexts })

function showScene(name: string): void {
  root.unmount()
  forgetHeard()
  root = createRoot(place as HTMLElement)
  const scene = scenes.get(name)
  root.render(scene === undefined ? <Contents /> : elementOf(scene))
}

function elementOf(chosen: Scene) {
  const link = pretendConsole(chosen.script ?? {}, chosen.link)
  const { becomes } = chosen
  if (becomes !== undefined) whenShown(becomes.when, () => link.setState(becomes.link))
  pressAll(chosen.presses ?? [])
  if (chosen.types !== undefined) typeInto('[role="combobox"].rs-palette-input', chosen.types)
  if (chosen.path !== undefined) {
    // The router reads what stands after the "?" of the page as well: the scene's own words would be among it.
    history.replaceState(null, '', `${location.pathname}#${chosen.path}`)
    return <App link={link} />
  }
  return (
    <QueryClientProvider client={new QueryClient()}>
      <ConsoleProvider link={link}>
        <Look>
          <main style={{ padding: 24 }}>{chosen.render?.()}</main>
        </Look>
      </ConsoleProvider>
    </QueryClientProvider>
  )
}

/** What a person would press to see it. */
function pressAll([first, ...others]: readonly string[]): void {
  if (first === undefined) return
  // The kit parts the two characters of a short Chinese word.
  const bare = (text: string) => text.replaceAll(/\s/g, '')
  const words = first.split('|').map(bare)
  const find = () =>
    [...document.querySelectorAll<HTMLElement>('.ant-segmented-item, .ant-checkbox-wrapper, button')].find((one) =>
      [one.innerText, one.getAttribute('aria-label') ?? ''].some((said) => words.includes(bare(plainOf(said)))),
    )
  const watcher = new MutationObserver(() => {
    const found = find()
    if (found === undefined) return
    watcher.disconnect()
    found.click()
    pressAll(others)
  })
  watcher.observe(document.body, { childList: true, subtree: true })
}

/** As a person types: the page hears of it, and not only the field. */
function typeInto(selector: string, text: string): void {
  whenShown(selector, () => {
    const field = document.querySelector<HTMLInputElement>(selector)
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(field, text)
    field?.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

function whenShown(selector: string, act: () => void): void {
  const watcher = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return
    watcher.disconnect()
    act()
  })
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true })
}

function Contents() {
  return (
    <ul data-scenes={[...scenes.keys()].join(' ')}>
      {[...scenes.keys()].map((name) => (
        <li key={name}>
          <a href={`?scene=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}
