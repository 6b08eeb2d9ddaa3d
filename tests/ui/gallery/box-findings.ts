// Text that does not fit: cut off without a way to read it whole, beyond the edge of what it belongs to, on other text, or
// so wide that the whole page scrolls sideways.
import { ancestorsOf, placeOf, type ShownText, shownTexts, topLayer } from './shown-text.ts'

export type BoxFinding = {
  readonly kind: 'cut' | 'beyond its place' | 'on other text' | 'page scrolls sideways'
  readonly text: string
  readonly where: string
}

/** What a text must not leave. */
const places =
  'button, .ant-btn, .ant-tag, .rs-chip, td, th, [role="tab"], .ant-segmented-item, .rs-panel, .rs-rail-link, .ant-select'

/** Letters are drawn in a box higher than their line where lines stand close. */
const slackPx = { sideways: 1.5, upright: 5 }

export function boxFindings(): BoxFinding[] {
  const texts = shownTexts(topLayer())
  return [
    ...sideways(),
    ...texts.flatMap((one) => [...cutOf(one), ...beyondOf(one)]),
    ...overlaps(texts.filter(({ parent }) => parent.closest('svg, canvas') === null)),
  ]
}

function sideways(): BoxFinding[] {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const text = `${root.scrollWidth} of ${root.clientWidth} px`
  return [{ kind: 'page scrolls sideways', text, where: 'html' }]
}

/** A place that cuts what is too long for it: the nearest one in each direction, unless something before it scrolls. */
function cutOf({ text, parent, rects }: ShownText): BoxFinding[] {
  const isWhole = parent.closest('[title]') !== null
  if (isWhole) return []
  for (const one of ancestorsOf(parent)) {
    const { overflowX, overflowY } = getComputedStyle(one)
    if (scrolls(overflowX) || scrolls(overflowY)) return []
    // Tabs that do not fit are in the menu at their end.
    if (one.matches('.ant-tabs-nav-wrap')) return []
    if (!cuts(overflowX) && !cuts(overflowY)) continue
    const edge = one.getBoundingClientRect()
    const isCut = rects.some((rect) => leaves(rect, edge, { x: cuts(overflowX), y: cuts(overflowY) }))
    if (isCut) return [{ kind: 'cut', text, where: placeOf(one) }]
  }
  return []
}

function beyondOf({ text, parent, rects }: ShownText): BoxFinding[] {
  const place = parent.closest(places)
  if (place === null || getComputedStyle(place).display === 'inline') return []
  const between = ancestorsOf(parent).slice(0, ancestorsOf(parent).indexOf(place) + 1)
  const isHeld = between.some((one) => {
    const { overflowX, position } = getComputedStyle(one)
    return cuts(overflowX) || scrolls(overflowX) || (one !== place && position === 'absolute')
  })
  if (isHeld) return []
  const edge = place.getBoundingClientRect()
  const isBeyond = rects.some((rect) => leaves(rect, edge, { x: true, y: true }))
  return isBeyond ? [{ kind: 'beyond its place', text, where: placeOf(place) }] : []
}

const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'

function leaves(rect: DOMRect, edge: DOMRect, ways: { readonly x: boolean; readonly y: boolean }): boolean {
  const { sideways: x, upright: y } = slackPx
  return (
    (ways.x && (rect.left < edge.left - x || rect.right > edge.right + x)) ||
    (ways.y && (rect.top < edge.top - y || rect.bottom > edge.bottom + y))
  )
}

type Drawn = { readonly one: ShownText; readonly rect: DOMRect }

function overlaps(texts: readonly ShownText[]): BoxFinding[] {
  const drawn = texts.flatMap((one) => one.rects.flatMap((rect) => seenPart(one, rect)))
  drawn.sort((a, b) => a.rect.top - b.rect.top)
  return drawn.flatMap((first, place) => {
    const found: BoxFinding[] = []
    for (const second of drawn.slice(place + 1)) {
      if (second.rect.top >= first.rect.bottom) break
      if (second.one !== first.one && lieOnEachOther(first.rect, second.rect)) found.push(onOther(first, second))
    }
    return found
  })
}

function onOther(first: Drawn, second: Drawn): BoxFinding {
  const text = `${first.one.text.slice(0, 40)} / ${second.one.text.slice(0, 40)}`
  return { kind: 'on other text', text, where: placeOf(second.one.parent) }
}

/** Without what a place on the way cuts or has scrolled away. */
function seenPart(one: ShownText, rect: DOMRect): Drawn[] {
  let { left, right, top, bottom } = rect
  for (const ancestor of ancestorsOf(one.parent)) {
    const { overflowX, overflowY, position } = getComputedStyle(ancestor)
    // What moves with the window while the page is scrolled lies on the page on purpose.
    if (position === 'fixed' || position === 'sticky') return []
    const edge = ancestor.getBoundingClientRect()
    if (overflowX !== 'visible') [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)]
    if (overflowY !== 'visible' && ancestor !== document.body && ancestor !== document.documentElement)
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)]
  }
  return right > left && bottom > top ? [{ one, rect: new DOMRect(left, top, right - left, bottom - top) }] : []
}

function lieOnEachOther(a: DOMRect, b: DOMRect): boolean {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return wide > 2 && high > 0.5 * Math.min(a.height, b.height)
}
