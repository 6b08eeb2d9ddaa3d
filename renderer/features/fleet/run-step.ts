// Which step of how many a run is at, while its card is shown.
import { useState } from 'react'
import { useConsole } from '../../console/console-context.tsx'
import { useStream } from '../../console/use-stream.ts'

export type RunStep = { readonly number: number; readonly of: number }

export function useRunStep(planId: string | undefined): RunStep | undefined {
  const { product } = useConsole()
  const [step, setStep] = useState<RunStep | undefined>(undefined)
  useStream({
    name: planId === undefined ? undefined : `setup.follow ${planId}`,
    open: (signal) => product.setup.follow({ planId: planId ?? '' }, { signal }),
    onItem: (event) => {
      if (event.event === 'step-begin') setStep({ number: event.number, of: event.of })
    },
  })
  return planId === undefined ? undefined : step
}
