// One figure of two measurements of the same thing: how far they differ, and whether that is good.

/** Two measurements of the same thing differ by about so much. */
const noisePercent = 3

export type Compared = { readonly percent?: number; readonly change: 'better' | 'worse' | 'same' }

/** `percent`: from the first to the second; missing where the first is 0. */
export function compared(before: number, after: number, moreIsBetter: boolean): Compared {
  const percent = before === 0 ? undefined : ((after - before) / before) * 100
  const isSame = before === after || (percent !== undefined && Math.abs(percent) < noisePercent)
  const change = isSame ? 'same' : moreIsBetter === after > before ? 'better' : 'worse'
  return { change, ...(percent !== undefined && { percent }) }
}
