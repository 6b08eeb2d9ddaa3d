// While the page is put on paper: in its light colours, with everything that is folded away open, and with the moment that it
// was printed.
import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { doNow } from '../ui/chart/in-slices.ts'

let printedAtMs: number | undefined
let opened: HTMLDetailsElement[] = []
const listeners = new Set<() => void>()

/** When; undefined while it is shown on a screen. */
export function usePrintedAt(): number | undefined {
  return useSyncExternalStore(subscribe, () => printedAtMs)
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    removeEventListener('beforeprint', begin)
    removeEventListener('afterprint', end)
  }
}

/** The page is laid out for the paper as soon as this returns. */
function begin(): void {
  if (printedAtMs !== undefined) return
  printedAtMs = Date.now()
  tell()
  opened = [...document.querySelectorAll('details')].filter((one) => !one.open)
  for (const one of opened) one.open = true
}

function end(): void {
  for (const one of opened) one.open = false
  opened = []
  printedAtMs = undefined
  tell()
}

function tell(): void {
  flushSync(() => {
    for (const listener of listeners) listener()
  })
  // Charts are opened anew for other colours.
  doNow()
}
