// A figure that is read from a step away: large and tabular, its unit muted beside it, what it means below.
import type { ReactNode } from 'react'

export type KeyFigureProps = {
  readonly value: ReactNode
  readonly unit?: ReactNode
  readonly caption: ReactNode
  readonly size?: 'large' | 'small'
  /** Greyed: the figure is old or not sure. */
  readonly faded?: boolean
}

export function KeyFigure({ value, unit, caption, size = 'large', faded = false }: KeyFigureProps) {
  return (
    <div className={`rs-figure rs-figure-${size}${faded ? ' rs-faded' : ''}`}>
      <div className="rs-figure-value">
        {value}
        {unit === undefined ? null : <span className="rs-figure-unit"> {unit}</span>}
      </div>
      <div className="rs-figure-caption">{caption}</div>
    </div>
  )
}

export function KeyFigures({ children }: { readonly children: ReactNode }) {
  return <div className="rs-figures">{children}</div>
}
