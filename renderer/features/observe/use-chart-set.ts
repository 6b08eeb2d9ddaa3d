// What all charts of one monitor share: the store they look at, the range they show, one crosshair.
import { useId, useMemo } from 'react'
import { type ChartGroup, createCrosshair } from '../../ui/chart/chart-group.ts'
import type { WatchStore } from './watch-store.ts'

export type ChartSet = { readonly store: WatchStore; readonly minutes: number; readonly group: ChartGroup }

export function useChartSet(store: WatchStore, minutes: number): ChartSet {
  const name = useId()
  return useMemo(() => {
    const view = () => store.view(minutes * 60_000)
    return { store, minutes, group: { name, subscribe: store.subscribe, view, crosshair: createCrosshair() } }
  }, [store, minutes, name])
}
