// A page by keyboard only: where the focus is, whether it can be seen, and whether something holds it.
import type { Page } from 'playwright-core'

/** What has the focus now: its name for whoever reads a failure, and whether it can be seen that it has it. */
export type Focused = { readonly name: string; readonly isLost: boolean; readonly isSeen: boolean }

/** A mark is an outline or a shadow, on the element or on what antd draws around it. */
const focused = `(() => {
  const one = document.activeElement
  const isLost = one === null || one === document.body || one === document.documentElement
  if (isLost) return { name: 'nothing', isLost, isSeen: false }
  const marked = (element) => {
    if (element === null) return false
    const style = getComputedStyle(element)
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    return outlined || style.boxShadow !== 'none'
  }
  const around = [one, one.parentElement, one.parentElement?.parentElement ?? null, ...one.parentElement?.children ?? []]
  const name = (one.getAttribute('aria-label') ?? one.innerText ?? '').trim().slice(0, 40)
  // The content of a page is where one is after a way to it: it is no control.
  const isSeen = one.matches('main, h1, [tabindex="-1"]') || around.some(marked)
  return { name: one.tagName.toLowerCase() + ' "' + name + '"', isLost, isSeen }
})()`

export const focusedOn = (page: Page) => page.evaluate(focused) as Promise<Focused>

/** Everything that was passed without a mark, or that left the page without a focus. */
export type Way = { readonly troubles: string[] }

/** With Tab from where the focus is to the control of that name, then Enter. The way to it is looked at, too. */
export async function pressByKeys(page: Page, name: string, way: Way): Promise<void> {
  await tabTo(page, name, way)
  await page.keyboard.press('Enter')
}

export async function tabTo(page: Page, name: string, way: Way): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 80; step += 1) {
    const { name: at, isSeen, isLost } = await focusedOn(page)
    if (!isLost && !isSeen) way.troubles.push(`the focus cannot be seen on ${at}`)
    if (at.endsWith(`"${name}"`)) return
    passed.push(at)
    await page.keyboard.press('Tab')
  }
  throw new Error(`"${name}" is not reached with Tab; passed were ${passed.slice(0, 40).join(', ')}`)
}

/** After an act, once what it leads to is there. */
export async function keepsFocus(page: Page, after: string, way: Way): Promise<void> {
  const { isLost } = await focusedOn(page)
  if (isLost) way.troubles.push(`the focus is lost after ${after}`)
}

/** Whether Tab, so many times, stays within what matches; as in a dialog of the browser's own, its bar is on the way. */
export async function staysWithin(page: Page, selector: string, times: number): Promise<boolean> {
  for (let step = 0; step < times; step += 1) {
    await page.keyboard.press(step % 3 === 2 ? 'Shift+Tab' : 'Tab')
    const within = `document.querySelector(${JSON.stringify(selector)})?.contains(document.activeElement)`
    const inside = `document.activeElement === document.body || ${within} === true`
    if ((await page.evaluate(inside)) !== true) return false
  }
  return true
}
