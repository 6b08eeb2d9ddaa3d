// The form of every screen: a title that is the one answer, a lead line, the acts of the screen, its content.
import type { ReactNode } from 'react'

export type PageProps = {
  readonly title: ReactNode
  readonly lead?: ReactNode
  /** At most one of them is primary. */
  readonly actions?: ReactNode
  /** Reading width for a screen that asks one question. */
  readonly narrow?: boolean
  readonly children?: ReactNode
}

export function Page({ title, lead, actions, narrow = false, children }: PageProps) {
  return (
    <section className={narrow ? 'rs-page rs-page-narrow' : 'rs-page'}>
      <header className="rs-page-head">
        <div className="rs-page-title">
          <h1>{title}</h1>
          {lead === undefined ? null : <div className="rs-page-lead">{lead}</div>}
        </div>
        {actions === undefined ? null : <div className="rs-page-actions">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
