// A share of something as a thin bar. Without a value it is dashed and empty, which is not the same as zero.
export type MeterProps = {
  /** 0 to 1; undefined: not known. */
  readonly share: number | undefined
  /** What it measures, with the figures, for screen readers. */
  readonly label: string
  readonly tone?: 'plain' | 'working' | 'degraded' | 'down'
  readonly height?: 'thin' | 'thick'
  readonly faded?: boolean
}

export function Meter({ share, label, tone = 'plain', height = 'thin', faded = false }: MeterProps) {
  const percent = share === undefined ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10
  const kind = percent === undefined ? 'rs-meter-unknown' : `rs-meter-${tone}`
  return (
    <div
      className={`rs-meter rs-meter-${height} ${kind}${faded ? ' rs-faded' : ''}`}
      role="img"
      aria-label={label}
      data-percent={percent}
    >
      {percent === undefined ? null : <span className="rs-meter-fill" style={{ width: `${percent}%` }} />}
    </div>
  )
}
