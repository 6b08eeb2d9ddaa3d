// Where one is in a journey of several screens: what is done (with the time it took), what is now, what comes.
import type { ReactNode } from 'react'

export type RailStep = {
  readonly id: string
  readonly label: ReactNode
  readonly state: 'done' | 'current' | 'next' | 'failed'
  /** Under the label: how long it took. */
  readonly note?: ReactNode
  /** A step that can be gone back to. */
  readonly onClick?: () => void
}

export function StepRail({ steps, label }: { readonly steps: readonly RailStep[]; readonly label: string }) {
  return (
    <nav aria-label={label}>
      <ol className="rs-rail">
        {steps.map((step) => (
          <li
            key={step.id}
            className={`rs-rail-${step.state}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            {step.onClick === undefined ? (
              <span>{step.label}</span>
            ) : (
              <button type="button" className="rs-link" onClick={step.onClick}>
                {step.label}
              </button>
            )}
            {step.note === undefined ? null : <small>{step.note}</small>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
