// The texts of a page that can be read now, with the rectangles they are drawn in.

export type ShownText = {
  readonly text: string
  readonly node: Text
  readonly parent: Element
  /** As they are drawn, without what covers or cuts them. */
  readonly rects: readonly DOMRect[]
}

/** A question or a drawer that stands above the page: only it can be read. */
export function topLayer(): Element {
  const layers = [...document.querySelectorAll('.ant-modal-wrap, .ant-drawer')].filter(isShown)
  return layers.at(-1) ?? document.body
}

export function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
}

/** In the order of the document. Without those that only a screen reader reads. */
export function shownTexts(root: Element): ShownText[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: ShownText[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    const text = node.textContent ?? ''
    if (parent === null || text.trim() === '' || isUnseen(parent)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
    if (rects.length > 0) found.push({ text, node: node as Text, parent, rects })
  }
  return found
}

function isUnseen(element: Element): boolean {
  return element.closest('script, style, .rs-visually-hidden, [data-cached]') !== null || !isShown(element)
}

export function ancestorsOf(element: Element): Element[] {
  const all: Element[] = []
  for (let one: Element | null = element; one !== null; one = one.parentElement) all.push(one)
  return all
}

/** How a finding names a place: enough to find it in the sources. */
export function placeOf(element: Element): string {
  const names = ancestorsOf(element).slice(0, 3).reverse()
  return names.map((one) => [one.tagName.toLowerCase(), ...[...one.classList].slice(0, 2)].join('.')).join(' > ')
}
