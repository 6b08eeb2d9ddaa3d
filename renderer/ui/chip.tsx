// A small framed word with a muted figure beside it.
import type { ReactNode } from 'react'

export function Chip({ children, figure }: { readonly children: ReactNode; readonly figure?: ReactNode }) {
  return (
    <span className="rs-chip">
      {children}
      {figure === undefined ? null : <em> {figure}</em>}
    </span>
  )
}

export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className="rs-chips">{children}</div>
}
