// One terminal of this page, from the press of a button to its end. It is never opened again by itself: a link that comes back
// finds another shell, and a person has to want that.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import { mostKeys, type TerminalEnd, type TerminalEvent, type TerminalSize } from '../../../shared/domain/terminal.ts'
import { useConsole } from '../../console/console-context.tsx'
import { failureOfError } from '../../console/received.ts'
import type { TerminalScreen } from '../../ui/terminal/terminal-screen.ts'
import { inPieces } from './pasted.ts'

export type TerminalState =
  | { readonly is: 'opening' }
  | { readonly is: 'open'; readonly user: string; readonly recordingId: string }
  | { readonly is: 'ended'; readonly end: TerminalEnd | undefined; readonly failure: Failure | undefined }

export type UsedTerminal = {
  readonly state: TerminalState
  /** For the screen, once it is there. */
  begin(screen: TerminalScreen): void
  type(keys: string): void
  resize(size: TerminalSize): void
  close(): void
}

export function useTerminal(name: string): UsedTerminal {
  const console = useConsole()
  // What a console is called by is another object at every render: nothing here may begin anew for that.
  const calls = useRef(console)
  calls.current = console
  const [state, setState] = useState<TerminalState>({ is: 'opening' })
  const id = useRef<string | undefined>(undefined)
  const left = useRef<AbortController | undefined>(undefined)
  const queue = useRef(Promise.resolve())
  useEffect(() => () => left.current?.abort(), [])

  /** In their order, one call at a time; a terminal that is gone has said so itself. */
  const send = useCallback((call: (terminalId: string) => Promise<unknown>) => {
    queue.current = queue.current.then(async () => {
      const { current } = id
      if (current !== undefined) await call(current).catch(() => undefined)
    })
  }, [])

  const resized = useCallback(
    (size: TerminalSize) => send((terminalId) => calls.current.product.terminal.resize({ terminalId, size })),
    [send],
  )

  const begin = useCallback(
    (screen: TerminalScreen) => {
      left.current?.abort()
      const stop = new AbortController()
      left.current = stop
      const asked = screen.size()
      const hear = async (event: TerminalEvent) => {
        if (event.event === 'shown') return screen.write(event.text)
        id.current = event.event === 'open' ? event.terminalId : undefined
        setState(stateAfter(event))
        // The window may have become another size while it was opened.
        const size = screen.size()
        if (event.event === 'open' && (size.columns !== asked.columns || size.rows !== asked.rows)) resized(size)
      }
      const read = async () => {
        try {
          const target = { by: 'name' as const, name }
          const events = await calls.current.product.terminal.open({ target, size: asked }, { signal: stop.signal })
          // One after the other: what is not drawn yet holds the appliance back.
          for await (const event of events) {
            if (stop.signal.aborted) return
            await hear(event)
          }
          if (!stop.signal.aborted) setState((before) => (before.is === 'ended' ? before : endedBy(undefined)))
        } catch (error) {
          if (!stop.signal.aborted) setState(endedBy(failureOfError('terminal.open', error)))
        }
        id.current = undefined
      }
      void read()
    },
    [name, resized],
  )

  return {
    state,
    begin,
    type: (keys) => {
      for (const piece of inPieces(keys, mostKeys))
        send((terminalId) => calls.current.product.terminal.type({ terminalId, keys: piece }))
    },
    resize: resized,
    close: () => {
      const { current } = id
      // Not behind keys that a shell does not take.
      if (current !== undefined)
        void calls.current.product.terminal.close({ terminalId: current }).catch(() => undefined)
    },
  }
}

function stateAfter(event: Exclude<TerminalEvent, { event: 'shown' }>): TerminalState {
  if (event.event === 'end') return { is: 'ended', end: event.end, failure: event.failure }
  return { is: 'open', user: event.user, recordingId: event.recordingId }
}

/** Without a word: the console is gone, or has ended. */
function endedBy(failure: Failure | undefined): TerminalState {
  return { is: 'ended', end: undefined, failure: failure ?? { kind: 'console-lost' } }
}
