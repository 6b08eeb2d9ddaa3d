// "Try again" about an appliance: what a server refused stands until a person acts (P9), so the console is told that
// somebody does before anything is asked anew.
import { useCallback } from 'react'
import { useConsole } from './console-context.tsx'
import { received } from './received.ts'

/** Calls back when the console has heard it, whether it could do so or not: what is asked then says what is wrong. */
export function useRetry(name: string): (again: () => void) => void {
  const { product } = useConsole()
  return useCallback(
    (again) => {
      const target = { by: 'name', name } as const
      void received('appliances.retry', product.appliances.retry({ target })).then(again)
    },
    [product, name],
  )
}
