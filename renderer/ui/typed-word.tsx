// A word that a person types letter by letter before something grave is done: nothing completes or corrects it.
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { Field } from './field.tsx'

export type TypedWordProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly typed: string
  readonly onTyped: (typed: string) => void
}

export function TypedWord({ label, hint, typed, onTyped }: TypedWordProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input
          {...control}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          onChange={(event) => onTyped(event.target.value)}
        />
      )}
    </Field>
  )
}
