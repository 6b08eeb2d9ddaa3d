// Beginning something that then goes on by itself in the console: its first event is the sign that it exists, and
// leaving the stream stops nothing.
import { useState } from 'react'
import type { Failure } from '../../shared/domain/failure.ts'
import { mended } from './operators/step-up.ts'
import { failureOfError } from './received.ts'

export type Begin<T extends readonly unknown[]> = {
  readonly beginning: boolean
  readonly failure: Failure | undefined
  readonly begin: (...given: T) => void
}

export function useBegin<T extends readonly unknown[]>(
  call: string,
  open: (...given: T) => Promise<AsyncIterable<unknown>>,
  onBegun: () => void,
): Begin<T> {
  const [state, setState] = useState<{ readonly beginning: boolean; readonly failure?: Failure }>({ beginning: false })
  const begin = async (...given: T) => {
    if (state.beginning) return
    setState({ beginning: true })
    const failure = await failureToBegin(given)
    if (failure === undefined) return onBegun()
    const again = (await mended(failure)) ? await failureToBegin(given) : failure
    if (again === undefined) return onBegun()
    setState({ beginning: false, failure: again })
  }
  /** Undefined where it has begun. */
  const failureToBegin = async (given: T): Promise<Failure | undefined> => {
    try {
      for await (const _ of await open(...given)) return undefined
      return { kind: 'console-lost' }
    } catch (error) {
      return failureOfError(call, error)
    }
  }
  return { beginning: state.beginning, failure: state.failure, begin: (...given) => void begin(...given) }
}
