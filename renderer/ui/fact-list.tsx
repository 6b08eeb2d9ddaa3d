// Labels and values, one a row: the quiet way to say what is.
import type { ReactNode } from 'react'
import { type Shown, ShownValue } from './shown-value.tsx'

export type Fact = {
  readonly label: ReactNode
  readonly value: Shown
  /** Said below in muted type. */
  readonly note?: ReactNode
  readonly key?: string
}

export type FactListProps = {
  readonly facts: readonly Fact[]
  /** `apart`: values right-aligned, for figures. `beside`: values in a column after the labels, for texts. */
  readonly layout?: 'apart' | 'beside'
}

export function FactList({ facts, layout = 'beside' }: FactListProps) {
  return (
    <dl className={`rs-facts rs-facts-${layout}`}>
      {facts.map((fact, place) => (
        <div className="rs-fact" key={fact.key ?? place}>
          <dt>{fact.label}</dt>
          <dd>
            <ShownValue shown={fact.value} />
          </dd>
          {fact.note === undefined ? null : <dd className="rs-fact-note">{fact.note}</dd>}
        </div>
      ))}
    </dl>
  )
}

export function known(value: ReactNode): Shown {
  return { state: 'known', value }
}
