// Where the keyboard goes when what it was on is gone. From a question that was closed it returns to what was used before;
// a button that leads to the next step goes away with its step, and then the content of the page takes it, so that Tab
// goes on there. The browser by itself would begin at the top of the page again.
import { type RefObject, useEffect } from 'react'

/** While a question stands above the page, Tab passes by the page on its way back into the question. */
function isAsked(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((one) => one.getClientRects().length > 0)
}

export function useKeptFocus(content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Element | undefined
    let lastOnPage: HTMLElement | undefined
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      last = target
      // What stands above the page stands beside it in the document.
      if (!isAsked() && target.closest('.rs-frame') !== null) lastOnPage = target
    }
    const look = () => {
      const isLost = last !== undefined && !last.isConnected && document.activeElement === document.body
      if (!isLost) return
      last = undefined
      const place = lastOnPage?.isConnected === true ? lastOnPage : content.current
      place?.focus({ preventScroll: true })
    }
    const watcher = new MutationObserver(look)
    addEventListener('focusin', onFocus)
    watcher.observe(document.body, { childList: true, subtree: true })
    return () => {
      removeEventListener('focusin', onFocus)
      watcher.disconnect()
    }
  }, [content])
}
