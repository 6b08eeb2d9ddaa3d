// One uPlot of a group: it draws the group's view whenever that changes, without React, and shares its crosshair.
import './browser-language.ts'
import uPlot from 'uplot'
import type { Palette } from '../theme.ts'
import { type ChartGroup, lonePlaces } from './chart-group.ts'
import { hatch } from './hatch.ts'

export type ChartScale = {
  readonly max: number
  /** Where grid lines are; those with a text are named. */
  readonly marks: readonly { readonly value: number; readonly text: string }[]
}

export type ChartOptions = {
  readonly group: ChartGroup
  readonly line: string
  readonly scale: ChartScale
  readonly palette: Palette
}

/** Draws into `place`, which has its size already. Returns the way to close it. */
export function openChart(place: HTMLElement, options: ChartOptions): () => void {
  const { group, line } = options
  const chart = new uPlot(uplotOptions(place, options), [[], []], place)
  const draw = () => {
    if (document.hidden) return
    const view = group.view()
    chart.batch(() => {
      // uPlot only reads its data; its types do not say so.
      chart.setData([view.timesMs as number[], view.line(line) as (number | null)[]], false)
      chart.setScale('x', { min: view.fromMs, max: view.toMs })
    })
  }
  draw()
  const leave = group.subscribe(draw)
  const resized = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = place
    if (width > 0 && (width !== chart.width || height !== chart.height)) chart.setSize({ width, height })
  })
  resized.observe(place)
  document.addEventListener('visibilitychange', draw)
  return () => {
    document.removeEventListener('visibilitychange', draw)
    resized.disconnect()
    leave()
    chart.destroy()
  }
}

function uplotOptions(place: HTMLElement, { group, scale, palette }: ChartOptions): uPlot.Options {
  const font = `11px ${getComputedStyle(place).fontFamily}`
  const grid = { stroke: palette.border, width: 1 }
  const axis = { stroke: palette.muted, font, ticks: { show: false }, border: { show: false } }
  return {
    width: Math.max(1, place.clientWidth),
    height: Math.max(1, place.clientHeight),
    ms: 1,
    padding: [6, 0, 6, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { size: 6, width: 1.5, fill: palette.surface, stroke: palette.accent },
      sync: { key: group.name, setSeries: false, scales: ['x', null] },
    },
    hooks: {
      setCursor: [(chart) => point(chart, group)],
      drawClear: [(chart) => drawBands(chart, group, palette)],
    },
    scales: { x: { time: true, auto: false }, y: { auto: false, range: [0, scale.max] } },
    axes: [
      { show: false },
      {
        ...axis,
        size: 60,
        gap: 4,
        grid,
        splits: () => scale.marks.map(({ value }) => value),
        values: () => scale.marks.map(({ text }) => text),
      },
    ],
    series: [
      {},
      {
        stroke: palette.accent,
        width: 1.5,
        fill: `${palette.accent}1f`,
        spanGaps: false,
        points: {
          show: true,
          size: 4,
          width: 0,
          fill: palette.accent,
          filter: (chart, series) => lonePlaces(chart.data[series] ?? []),
        },
      },
    ],
  }
}

/** Every chart of the group is told; they all say the same time. */
function point(chart: uPlot, { crosshair }: ChartGroup): void {
  const { left = -1, idx } = chart.cursor
  const at = left < 0 || idx === null || idx === undefined ? undefined : chart.data[0][idx]
  crosshair.point(at)
}

function drawBands(chart: uPlot, group: ChartGroup, palette: Palette): void {
  const { left, top, width, height } = chart.bbox
  for (const { fromMs, toMs } of group.view().bands) {
    const from = Math.max(left, chart.valToPos(fromMs, 'x', true))
    const to = Math.min(left + width, chart.valToPos(toMs, 'x', true))
    const box = { left: from, top, width: to - from, height }
    hatch(chart.ctx, box, { color: palette.strongBorder, pixelRatio: uPlot.pxRatio })
  }
}
