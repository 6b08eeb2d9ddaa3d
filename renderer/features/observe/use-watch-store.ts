// A watched appliance for as long as a screen shows it: what was sampled before, then every new sample.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import { useConsole, useLinkState } from '../../console/console-context.tsx'
import { received } from '../../console/received.ts'
import { useStream } from '../../console/use-stream.ts'
import { createWatchStore, type WatchFrame, type WatchStore } from './watch-store.ts'

export type Watching = {
  readonly store: WatchStore
  /** The console ended the watch; it goes on when asked for. */
  readonly ended: boolean
  readonly watchAgain: () => void
  /** What the appliance refused counts no more: the console, which waits for a person to say so, dials it. */
  readonly retry: () => void
}

export function useWatchStore(target: Target): Watching {
  const { product } = useConsole()
  const [store] = useState(() => createWatchStore(() => Date.now()))
  const [{ round, ended }, setWatch] = useState({ round: 0, ended: false })
  const link = useLinkState().state
  useStream({
    name: `observe.watch ${JSON.stringify(target)} ${round}`,
    open: async (signal) => {
      store.opening()
      const items = await product.observe.watch({ target }, { signal })
      void received('observe.recent', product.observe.recent({ target })).then((recent) => {
        if (!signal.aborted) store.recalled(recent.ok ? recent.value : [])
      })
      return items
    },
    onItem: store.item,
    onEnd: (failure) => {
      store.broken(failure)
      setWatch((watch) => ({ ...watch, ended: true }))
    },
  })
  useEffect(() => {
    if (link === 'lost') store.broken({ kind: 'console-lost' })
    if (link === 'open') setWatch((watch) => (watch.ended ? { ...watch, ended: false } : watch))
  }, [store, link])
  useTicks(store)
  const retry = () => received('appliances.retry', product.appliances.retry({ target }))
  const watchAgain = () => void retry().then(() => setWatch((watch) => ({ round: watch.round + 1, ended: false })))
  return { store, ended, watchAgain, retry: () => void retry() }
}

export function useFrame(store: WatchStore): WatchFrame {
  return useSyncExternalStore(store.subscribe, store.frame)
}

/** Nothing is drawn for a window that nobody sees. */
function useTicks(store: WatchStore): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) store.tick()
    }, 500)
    return () => clearInterval(timer)
  }, [store])
}
