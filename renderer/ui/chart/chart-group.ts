// What several charts under one time axis share: the data as of now, and the time the reader points at.

export type Band = { readonly fromMs: number; readonly toMs: number }

export type ChartView = {
  readonly fromMs: number
  readonly toMs: number
  /** Ascending, the same for every line. */
  readonly timesMs: readonly number[]
  /** Times in which nothing could be measured: hatched. */
  readonly bands: readonly Band[]
  /** One value for each time; null is a gap. */
  readonly line: (name: string) => readonly (number | null)[]
}

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
    const missing = (at: number) => values[at] === null || values[at] === undefined
    if (!missing(place) && missing(place - 1) && missing(place + 1)) lone.push(place)
  }
  return lone
}
