// A share with the bounds between which it lies: a band on a scale from nothing to all, and a mark for the share itself. For
// differences the scale runs from minus all to all, with a line at zero.
import './interval-bar.css'

export type IntervalBarProps = {
  readonly value: number
  readonly low: number
  readonly high: number
  /** What it shows, with the figures, for screen readers. */
  readonly label: string
  readonly scale?: 'share' | 'difference'
}

export function IntervalBar({ value, low, high, label, scale = 'share' }: IntervalBarProps) {
  const at = (share: number) => 100 * Math.min(1, Math.max(0, scale === 'share' ? share : (share + 1) / 2))
  return (
    <div className="rs-interval" role="img" aria-label={label}>
      {scale === 'share' ? null : <span className="rs-interval-zero" />}
      <span className="rs-interval-band" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      <span className="rs-interval-mark" style={{ left: `${at(value)}%` }} />
    </div>
  )
}
