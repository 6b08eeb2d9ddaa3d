// The lines of a log in a frame of their own: only those that are to be seen are in the page. It stays at the newest line
// until somebody scrolls back; then nothing moves.
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EvenRows } from './even-rows.tsx'
import type { LogRow } from './log-store.ts'
import { useHand } from './use-hand.ts'
import { WrappedRows } from './wrapped-rows.tsx'

export type LogViewProps = {
  readonly rows: readonly LogRow[]
  readonly wraps: boolean
  readonly follows: boolean
  readonly onAway: () => void
  readonly word: string
  /** The place of the match that is to be seen. */
  readonly current: number | undefined
}

export function LogView({ wraps, onAway, ...seen }: LogViewProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const hand = useHand(frame, onAway)
  const Rows = wraps ? WrappedRows : EvenRows
  return (
    <div
      ref={frame}
      className={wraps ? 'rs-log rs-log-wraps' : 'rs-log'}
      role="log"
      aria-live="off"
      aria-label={t('logs.lines')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
      tabIndex={0}
      {...hand}
      data-testid="log"
    >
      <Rows frame={frame} {...seen} />
    </div>
  )
}
