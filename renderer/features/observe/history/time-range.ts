// Which time the monitor shows: now as it comes, or one that is past.

export const ranges = ['live', '1h', '24h', '7d', '30d', '2y', 'custom'] as const
export type RangeName = (typeof ranges)[number]

export type Span = { readonly fromMs: number; readonly toMs: number }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

const lengths: { readonly [R in Exclude<RangeName, 'custom'>]: number } = {
  ...{ live: 10 * minuteMs, '1h': hourMs, '24h': dayMs, '7d': 7 * dayMs, '30d': 30 * dayMs, '2y': 730 * dayMs },
}

/** A custom one has its own ends. */
export type Shown = { readonly range: RangeName; readonly custom: Span }

export function spanOf({ range, custom }: Shown, nowMs: number): Span {
  return range === 'custom' ? custom : { fromMs: nowMs - lengths[range], toMs: nowMs }
}

/** How often it is asked anew; undefined: it is past, and stays so. */
export function refreshMs({ range }: Shown): number | undefined {
  if (range === 'custom') return undefined
  if (range === 'live' || range === '1h') return 10_000
  return range === '24h' ? minuteMs : 5 * minuteMs
}

export function earlier({ fromMs, toMs }: Span, byMs: number): Span {
  return { fromMs: Math.max(0, fromMs - byMs), toMs: Math.max(1, toMs - byMs) }
}
