// A whole in parts, one beside the other: how much of it each takes. The parts are named with their amounts beside the
// bar, in a table or a list; this is for the eye.
export type SharePart = {
  readonly id: string
  readonly amount: number
  readonly tone: 'strong' | 'middle' | 'light' | 'rest' | 'none'
}

export type ShareBarProps = { readonly parts: readonly SharePart[]; readonly label: string }

export function ShareBar({ parts, label }: ShareBarProps) {
  const whole = parts.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
  return (
    <div className="rs-shares" role="img" aria-label={label}>
      {parts.map(({ id, amount, tone }) => (
        <span
          key={id}
          className={`rs-share rs-share-${tone}`}
          style={{ width: `${whole === 0 ? 0 : (100 * Math.max(0, amount)) / whole}%` }}
        />
      ))}
    </div>
  )
}

/** The colour of a part, beside its name. */
export function ShareKey({ tone }: Pick<SharePart, 'tone'>) {
  return <span className={`rs-share-key rs-share-${tone}`} aria-hidden="true" />
}
