// What several charts under one time axis share: the data as of now, and the time the reader points at.

export type Band = { readonly fromMs: number; readonly toMs: number }

export type ChartView = {
  readonly fromMs: number
  readonly toMs: number
  /** Ascending, the same for every line. */
  readonly timesMs: readonly number[]
  /** Times in which nothing could be measured: hatched. */
  readonly bands: readonly Band[]
  /** One value for each time; null is a gap, undefined no value of its own: the line goes on over it. */
  readonly line: (name: string) => Values
  /** Of lines whose times are their own. */
  readonly timesOf?: (name: string) => readonly number[]
  /** Between what and what a value was that is the mean of a time. */
  readonly spread?: (name: string) => { readonly low: Values; readonly high: Values }
  /** What the line is compared with, along the same times. */
  readonly dimmed?: (name: string) => Values
  /** Times at which something happened. */
  readonly marks?: readonly number[]
}

export type Values = readonly (number | null | undefined)[]

export type ChartGroup = {
  /** Joins the crosshairs of its charts. */
  readonly name: string
  readonly subscribe: (listener: () => void) => () => void
  readonly view: () => ChartView
  readonly crosshair: Crosshair
}

/** The time that is pointed at; undefined: nobody points. */
export type Crosshair = {
  readonly atMs: () => number | undefined
  readonly point: (atMs: number | undefined) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createCrosshair(): Crosshair {
  const listeners = new Set<() => void>()
  let pointed: number | undefined
  return {
    atMs: () => pointed,
    point: (atMs) => {
      if (atMs === pointed) return
      pointed = atMs
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The place of the time nearest to `atMs`; undefined where there is none. */
export function nearestPlace(timesMs: readonly number[], atMs: number): number | undefined {
  let best: number | undefined
  let distance = Number.POSITIVE_INFINITY
  for (const [place, time] of timesMs.entries()) {
    const apart = Math.abs(time - atMs)
    if (apart > distance) break
    best = place
    distance = apart
  }
  return best
}

/** Values with a gap on both sides: a line has no length there, so they are drawn as dots. */
export function lonePlaces(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = []
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]
    if (value === null || value === undefined) continue
    if (!hasNext(values, place, -1) && !hasNext(values, place, 1)) lone.push(place)
  }
  return lone
}

/** Whether the line goes on that way. */
function hasNext(values: ArrayLike<number | null | undefined>, place: number, step: 1 | -1): boolean {
  let at = place + step
  while (at >= 0 && at < values.length && values[at] === undefined) at += step
  return values[at] !== null && values[at] !== undefined
}

/** The value of a line at the time nearest to `atMs`; undefined where it has none there. */
export function valueNear(view: ChartView, line: string, atMs: number): number | undefined {
  const place = nearestPlace(view.timesOf?.(line) ?? view.timesMs, atMs)
  return place === undefined ? undefined : (view.line(line)[place] ?? undefined)
}
