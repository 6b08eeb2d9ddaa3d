// Whether somebody scrolls back: then lines that come must not take the place away from under the eyes.
import { type RefObject, useRef } from 'react'

/** So far from the end somebody reads what was before. */
const awayPixels = 48
/** So long after a hand was there, what scrolls is scrolled by it. */
const handMs = 300

/** By a hand, not by lines that came: those move the place as well, when lines from the beginning leave. */
export function useHand(frame: RefObject<HTMLDivElement | null>, onAway: () => void) {
  const before = useRef(0)
  const handAtMs = useRef(Number.NEGATIVE_INFINITY)
  const isHeld = useRef(false)
  const touched = ({ timeStamp }: { readonly timeStamp: number }) => {
    handAtMs.current = timeStamp
  }
  return {
    onWheel: touched,
    onTouchMove: touched,
    onKeyDown: touched,
    onPointerDown: () => {
      isHeld.current = true
    },
    onPointerUp: () => {
      isHeld.current = false
    },
    onScroll: ({ timeStamp }: { readonly timeStamp: number }) => {
      const { current } = frame
      if (current === null) return
      const { scrollTop, scrollHeight, clientHeight } = current
      const isBack = scrollTop < before.current - 2
      before.current = scrollTop
      const isByHand = isHeld.current || timeStamp - handAtMs.current < handMs
      if (isByHand && isBack && scrollHeight - scrollTop - clientHeight > awayPixels) onAway()
    },
  }
}
