// A stream of the console for as long as a screen shows it: opened on mount, opened again when the link is
// back, ended when the screen goes. Items go to a callback, so that fast ones need not pass through React.
import { useEffect, useRef } from 'react'
import type { Failure } from '../../shared/domain/failure.ts'
import { useLinkState } from './console-context.tsx'
import { failureOfError } from './received.ts'

export type StreamReading<T> = {
  /** Names the stream; another name closes this one and opens another. Undefined: none is open. */
  readonly name: string | undefined
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>
  readonly onItem: (item: T) => void
  /** Called once per opening: with nothing when the stream came to its end, with a failure when it broke. */
  readonly onEnd?: (failure?: Failure) => void
}

export function useStream<T>(reading: StreamReading<T>): void {
  const newest = useRef(reading)
  newest.current = reading
  const { name } = reading
  const linked = useLinkState().state === 'open'
  useEffect(() => {
    if (name === undefined || !linked) return
    const stop = new AbortController()
    void follow(name, newest, stop.signal)
    return () => stop.abort()
  }, [name, linked])
}

async function follow<T>(
  name: string,
  newest: { readonly current: StreamReading<T> },
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const item of await newest.current.open(signal)) {
      if (signal.aborted) return
      newest.current.onItem(item)
    }
    if (!signal.aborted) newest.current.onEnd?.()
  } catch (error) {
    if (!signal.aborted) newest.current.onEnd?.(failureOfError(name, error))
  }
}
