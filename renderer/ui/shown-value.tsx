// A value as it was answered: known as it is, absent as a dash, unreadable as a dashed cell with the cause
// on hover and for screen readers. "Don't know" never looks like a zero.
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { usePieceWords } from './theme-provider.tsx'

export type Shown =
  | { readonly state: 'known'; readonly value: ReactNode }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly why: string }

/** A reading of anything, its known value turned into what is shown. */
export function shownAs<T>(
  reading: { state: 'known'; value: T } | { state: 'absent' } | { state: 'unreadable'; why: string },
  show: (value: T) => ReactNode,
): Shown {
  return reading.state === 'known' ? { state: 'known', value: show(reading.value) } : reading
}

export function ShownValue({ shown }: { readonly shown: Shown }) {
  const words = usePieceWords()
  if (shown.state === 'known') return <>{shown.value}</>
  if (shown.state === 'absent') {
    return (
      <span className="rs-absent" role="img" aria-label={words.absent} title={words.absent}>
        –
      </span>
    )
  }
  const why = words.unreadable(shown.why)
  return (
    <Tooltip title={why}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the cause must be reachable without a mouse */}
      <span className="rs-unreadable" role="img" aria-label={why} tabIndex={0} />
    </Tooltip>
  )
}
