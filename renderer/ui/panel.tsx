// A framed part of a screen: a border instead of a shadow, an optional title and acts.
import { type ReactNode, useId } from 'react'

export type PanelProps = {
  readonly title?: ReactNode
  readonly actions?: ReactNode
  /** `needs`: it wants the reader's attention. `absent`: what it shows is not possible or not there. */
  readonly tone?: 'plain' | 'needs' | 'down' | 'selected' | 'absent'
  readonly children?: ReactNode
  /** A name for tests, where the text varies. */
  readonly testId?: string
}

export function Panel({ title, actions, tone = 'plain', children, testId }: PanelProps) {
  const titleId = useId()
  const head = title !== undefined || actions !== undefined
  return (
    <section
      className={`rs-panel rs-panel-${tone}`}
      data-testid={testId}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {head ? (
        <header className="rs-panel-head">
          <h2 id={titleId}>{title}</h2>
          {actions === undefined ? null : <div className="rs-panel-actions">{actions}</div>}
        </header>
      ) : null}
      {children}
    </section>
  )
}
