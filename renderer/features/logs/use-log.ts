// The log of one container for as long as it is shown: read on behind its last line after every interruption.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole, useLinkState } from '../../console/console-context.tsx'
import { useStream } from '../../console/use-stream.ts'
import { type LogShown, logStore } from './log-store.ts'
import { type LogSpan, wishOf } from './log-wish.ts'

export type ReadLog = {
  readonly shown: LogShown
  /** Why it is not read any more; asked again by `again`. */
  readonly failure: Failure | undefined
  readonly again: () => void
  /** Something of it was heard, or that there is nothing yet. */
  readonly isOpen: boolean
}

/** Eyes follow no more; a page has other work as well. */
const lookMs = 120

function nextLook(flush: () => void): void {
  setTimeout(() => requestAnimationFrame(flush), lookMs)
}

export type LogName = { readonly target: Target; readonly container: string; readonly span: LogSpan }

export function useLog({ target, container, span }: LogName): ReadLog {
  const { product } = useConsole()
  const [store] = useState(() => logStore(nextLook))
  const [round, setRound] = useState(0)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isOpen, setOpen] = useState(false)
  const shown = useSyncExternalStore(store.onChange, store.shown)
  useStream({
    name: `logs.follow ${round}`,
    open: (signal) => {
      const place = store.place()
      const from = place === undefined ? wishOf(span) : { tailLines: 0, after: place }
      return product.logs.follow({ target, container, follow: true, ...from }, { signal })
    },
    onItem: (event) => {
      setOpen(true)
      store.hear(event, Date.now())
    },
    onEnd: (why) => {
      // The console ends in order: it is as if the page had lost it.
      if (why === undefined) store.pageLost(Date.now())
      else setFailure(why)
    },
  })
  const linkState = useLinkState().state
  const wasOpen = useRef(false)
  useEffect(() => {
    if (linkState === 'open') wasOpen.current = true
    else if (wasOpen.current && isOpen) store.pageLost(Date.now())
  }, [linkState, isOpen, store])
  const again = () => {
    setFailure(undefined)
    setRound((count) => count + 1)
  }
  return { shown, failure, again, isOpen }
}
