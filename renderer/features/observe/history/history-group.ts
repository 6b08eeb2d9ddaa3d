// What the charts of the history share: the lines of now, one crosshair, times without any measurement, and marks where
// something happened. The charts stay while what they show is asked anew.
import { useId, useLayoutEffect, useMemo, useState } from 'react'
import {
  type Band,
  type ChartGroup,
  type ChartView,
  type Crosshair,
  createCrosshair,
} from '../../../ui/chart/chart-group.ts'
import { type HistoryLine, type JoinedLines, joined, noLine } from './history-line.ts'
import type { Span } from './time-range.ts'

export type HistoryContent = {
  readonly span: Span
  readonly lines: ReadonlyMap<string, HistoryLine>
  /** What a line is compared with, by the name of the line. */
  readonly compared: ReadonlyMap<string, HistoryLine>
  readonly bands: readonly Band[]
  readonly marks: readonly number[]
}

/** What is drawn is put together when a chart asks for it first. */
export function viewOf({ span, lines, compared, bands, marks }: HistoryContent): ChartView {
  const made = new Map<string, JoinedLines>()
  const of = (name: string): JoinedLines => {
    const there = made.get(name)
    if (there !== undefined) return there
    const one = joined(lines.get(name) ?? noLine, compared.get(name) ?? noLine)
    made.set(name, one)
    return one
  }
  return {
    ...span,
    ...{ timesMs: [], bands, marks },
    line: (name) => of(name).values,
    timesOf: (name) => of(name).timesMs,
    spread: (name) => of(name),
    dimmed: (name) => of(name).dimmed,
  }
}

type Holder = ChartGroup & { readonly show: (view: ChartView) => void }

function createHolder(name: string, first: ChartView): Holder {
  const listeners = new Set<() => void>()
  const crosshair: Crosshair = createCrosshair()
  let view = first
  return {
    ...{ name, crosshair },
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: (next) => {
      if (next === view) return
      view = next
      for (const listener of listeners) listener()
    },
  }
}

export function useHistoryGroup(content: HistoryContent): ChartGroup {
  const name = useId()
  const view = useMemo(() => viewOf(content), [content])
  const [holder] = useState(() => createHolder(name, view))
  useLayoutEffect(() => holder.show(view), [holder, view])
  return holder
}
