// The scale of one small chart: from nothing to the most, with a mark half way.
import { useMemo } from 'react'

export function useLineScale(max: number, show: (value: number) => string) {
  return useMemo(
    () => ({
      max,
      marks: [
        { value: 0, text: '0' },
        { value: max / 2, text: '' },
        { value: max, text: show(max) },
      ],
    }),
    [max, show],
  )
}
