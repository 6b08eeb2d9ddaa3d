// Rows of their own heights, each as high as its line is long: measured as they come to be seen.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect } from 'react'
import { overscanRows, type RowsProps, rowPixels } from './even-rows.tsx'
import { LogRowView } from './log-row.tsx'

export function WrappedRows({ frame, rows, follows, word, current }: RowsProps) {
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
  }, [follows, rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another match moves it
  useLayoutEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align: 'center' })
  }, [current])
  return (
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
  )
}
