// A question with its control: the label above, a hint or a problem below in a place that is always there, both
// told to screen readers.
import { type ReactNode, useId } from 'react'

export type ControlIds = { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean }

export type FieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Said in place of the hint. */
  readonly problem?: ReactNode
  readonly children: (control: ControlIds) => ReactNode
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  const wrong = problem !== undefined
  return (
    <div className="rs-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': wrong })}
      <small id={`${id}-about`} className={wrong ? 'rs-field-about rs-tone-down' : 'rs-field-about'} aria-live="polite">
        {problem ?? hint}
      </small>
    </div>
  )
}
