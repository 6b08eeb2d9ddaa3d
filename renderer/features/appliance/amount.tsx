// A whole number in a form, between two bounds. An empty field is the least there may be.
import { InputNumber } from 'antd'
import type { ControlIds } from '../../ui/field.tsx'

export type AmountProps = ControlIds & {
  readonly value: number
  readonly range: readonly [number, number]
  readonly onAmount: (value: number) => void
}

export function Amount({ value, range: [least, most], onAmount, ...control }: AmountProps) {
  return (
    <InputNumber
      {...control}
      value={value}
      min={least}
      max={most}
      precision={0}
      onChange={(next) => onAmount(next ?? least)}
    />
  )
}
