// A small framed word with a muted figure beside it; filled where it says what kind of thing this is.
import type { ReactNode } from 'react'

export type ChipProps = {
  readonly children: ReactNode
  readonly figure?: ReactNode
  readonly tone?: 'plain' | 'accent'
  /** Said on hover. */
  readonly title?: string
}

export function Chip({ children, figure, tone = 'plain', title }: ChipProps) {
  return (
    <span className={tone === 'plain' ? 'rs-chip' : `rs-chip rs-chip-${tone}`} title={title}>
      {children}
      {figure === undefined ? null : <em> {figure}</em>}
    </span>
  )
}

export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className="rs-chips">{children}</div>
}
