// Rows that are all of one height: which ones are to be seen is a division, however many there are.
import { type RefObject, useLayoutEffect, useState } from 'react'
import { LogRowView } from './log-row.tsx'
import type { LogViewProps } from './log-view.tsx'

/** As the style sheet has it. */
export const rowPixels = 20
export const overscanRows = 12

export type RowsProps = Pick<LogViewProps, 'rows' | 'follows' | 'word' | 'current'> & {
  readonly frame: RefObject<HTMLDivElement | null>
}

export function EvenRows({ frame, rows, follows, word, current }: RowsProps) {
  const { top, height } = useSeen(frame)
  const total = rows.length * rowPixels
  const from = follows ? total - height : Math.min(top, Math.max(0, total - height))
  const first = Math.max(0, Math.floor(from / rowPixels) - overscanRows)
  const last = Math.min(rows.length, Math.ceil((from + height) / rowPixels) + overscanRows)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of rows is what it follows
  useLayoutEffect(() => {
    const { current: element } = frame
    if (element !== null && follows) element.scrollTop = element.scrollHeight
  }, [follows, rows, frame])
  useLayoutEffect(() => {
    const { current: element } = frame
    if (element === null || current === undefined) return
    element.scrollTop = Math.max(0, current * rowPixels - element.clientHeight / 2)
  }, [current, frame])
  return (
    <div className="rs-log-all" style={{ height: total }}>
      <div className="rs-log-place" style={{ transform: `translateY(${first * rowPixels}px)` }}>
        {rows.slice(first, last).map((row, at) => (
          <LogRowView key={row.id} row={row} word={word} isCurrent={first + at === current} />
        ))}
      </div>
    </div>
  )
}

/** What of the frame's contents is to be seen, in pixels. */
function useSeen(frame: RefObject<HTMLDivElement | null>): { readonly top: number; readonly height: number } {
  const [seen, setSeen] = useState({ top: 0, height: 400 })
  useLayoutEffect(() => {
    const { current: element } = frame
    if (element === null) return
    const look = () => {
      const { scrollTop: top, clientHeight: height } = element
      setSeen((before) => (before.top === top && before.height === height ? before : { top, height }))
    }
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [frame])
  return seen
}
