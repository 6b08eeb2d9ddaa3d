// A place with nothing in it yet: it teaches what will be here and offers the one act that fills it.
import type { ReactNode } from 'react'

export type EmptyStateProps = {
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="rs-empty">
      <h2>{title}</h2>
      {children === undefined ? null : <div className="rs-empty-text">{children}</div>}
      {action === undefined ? null : <div className="rs-empty-action">{action}</div>}
    </div>
  )
}
