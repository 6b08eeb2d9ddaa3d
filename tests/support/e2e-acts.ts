// What a person had to do on a page, by name: presses, fields typed into, decisions taken. Nothing is counted that the
// page does by itself; a page that is loaded anew counts from nothing.
import type { Page } from 'playwright-core'

export interface Acts {
  /** Of buttons, links and tabs. */
  readonly presses: readonly string[]
  /** Each once, however much was typed. */
  readonly fields: readonly string[]
  /** Boxes, choices and switches. */
  readonly decisions: readonly string[]
}

/** A part of the page's program as text: the types of this program are not a page's. */
const counter = `
  window.acts = { presses: [], fields: [], decisions: [], paused: false }
  const nameOf = (element) =>
    element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.closest('label')?.innerText ?? element.innerText ?? ''
  const note = (list, element) => {
    if (acts.paused) return
    const name = nameOf(element).trim().replace(/\\s+/g, ' ')
    if (list === acts.presses || !list.includes(name)) list.push(name)
  }
  addEventListener('click', ({ target }) => {
    const pressed = target.closest('button, a, [role=tab]')
    if (pressed !== null) note(acts.presses, pressed)
  }, true)
  addEventListener('change', ({ target }) => {
    if (['radio', 'checkbox'].includes(target.type) || target.tagName === 'SELECT') note(acts.decisions, target)
  }, true)
  addEventListener('input', ({ target }) => {
    if (!['radio', 'checkbox'].includes(target.type)) note(acts.fields, target)
  }, true)
`

export async function countActs(page: Page): Promise<void> {
  await page.evaluate(counter)
}

/** What a test does for itself: pictures in another language. */
export async function notCounting(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate('acts.paused = true')
  await act()
  await page.evaluate('acts.paused = false')
}

/** Since counting began. */
export function actsOn(page: Page): Promise<Acts> {
  return page.evaluate('acts')
}
