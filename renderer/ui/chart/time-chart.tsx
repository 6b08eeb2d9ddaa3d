// A line over time, drawn by uPlot beside React: this component only gives it a place, a size and its words.
import { useEffect, useRef } from 'react'
import 'uplot/dist/uPlot.min.css'
import { usePalette } from '../theme-provider.tsx'
import './chart.css'
import { type ChartOptions, openChart } from './open-chart.ts'

export type TimeChartProps = Omit<ChartOptions, 'palette'> & {
  /** What the line shows, in words, for those who cannot see it. */
  readonly label: string
  readonly height: number
}

export function TimeChart({ group, line, scale, label, height }: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const palette = usePalette()
  useEffect(() => {
    if (place.current === null) return
    return openChart(place.current, { group, line, scale, palette })
  }, [group, line, scale, palette])
  return <div ref={place} className="rs-chart" role="img" aria-label={label} style={{ height }} />
}
