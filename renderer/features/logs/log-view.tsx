// The lines of a log in a frame of their own: only those that are to be seen are in the page. It stays at the newest line
// until somebody scrolls back; then nothing moves.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LogRowView } from './log-row.tsx'
import type { LogRow } from './log-store.ts'

const rowPixels = 20
const overscanRows = 12
/** So far from the end somebody reads what was before. */
const awayPixels = 48

export type LogViewProps = {
  readonly rows: readonly LogRow[]
  readonly wraps: boolean
  readonly follows: boolean
  readonly onAway: () => void
  readonly word: string
  /** The place of the match that is to be seen. */
  readonly current: number | undefined
}

export function LogView({ rows, wraps, follows, onAway, word, current }: LogViewProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPixels,
    getItemKey: (place) => rows[place]?.id ?? place,
    overscan: overscanRows,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of rows is what it follows
  useLayoutEffect(() => {
    if (follows && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [follows, rows, wraps])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another match moves it
  useLayoutEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align: 'center' })
  }, [current])
  const onScroll = useScrolledAway(frame, onAway)
  return (
    <div
      ref={frame}
      className={wraps ? 'rs-log rs-log-wraps' : 'rs-log'}
      role="log"
      aria-live="off"
      aria-label={t('logs.lines')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
      tabIndex={0}
      onScroll={onScroll}
      data-testid="log"
    >
      <div className="rs-log-all" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="rs-log-place"
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogRowView row={row} word={word} isCurrent={index === current} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** By a hand, not by lines that came: those move the end, not the place. */
function useScrolledAway(frame: RefObject<HTMLDivElement | null>, onAway: () => void) {
  const before = useRef(0)
  return () => {
    const { current } = frame
    if (current === null) return
    const { scrollTop, scrollHeight, clientHeight } = current
    const isBack = scrollTop < before.current - 2
    before.current = scrollTop
    if (isBack && scrollHeight - scrollTop - clientHeight > awayPixels) onAway()
  }
}
