// One uPlot of a group: it draws the group's view whenever that changes, without React, and shares its crosshair.
import './browser-language.ts'
import uPlot from 'uplot'
import type { Palette } from '../theme.ts'
import { type ChartGroup, type ChartView, lonePlaces } from './chart-group.ts'
import { hatch } from './hatch.ts'
import { notAnyMore, soon } from './in-slices.ts'

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

/** Draws into `place`, which has its size already, as soon as its turn comes. Returns the way to close it. */
export function openChart(place: HTMLElement, options: ChartOptions): () => void {
  let close: (() => void) | undefined
  const open = () => {
    close = drawnChart(place, options)
  }
  soon(open)
  return () => {
    notAnyMore(open)
    close?.()
  }
}

function drawnChart(place: HTMLElement, options: ChartOptions): () => void {
  const { group, line } = options
  const chart = new uPlot(uplotOptions(place, options), dataOf(group.view(), line), place)
  const draw = () => {
    if (document.hidden) return
    const view = group.view()
    chart.batch(() => {
      chart.setData(dataOf(view, line), false)
      chart.setScale('x', { min: view.fromMs, max: view.toMs })
    })
  }
  const drawSoon = () => soon(draw)
  draw()
  const leave = group.subscribe(drawSoon)
  const resized = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = place
    if (width > 0 && (width !== chart.width || height !== chart.height)) chart.setSize({ width, height })
  })
  resized.observe(place)
  document.addEventListener('visibilitychange', drawSoon)
  return () => {
    document.removeEventListener('visibilitychange', drawSoon)
    notAnyMore(draw)
    resized.disconnect()
    leave()
    chart.destroy()
  }
}

/** uPlot only reads its data; its types do not say so. */
function dataOf(view: ChartView, line: string): uPlot.AlignedData {
  const times = view.timesOf?.(line) ?? view.timesMs
  const spread = view.spread?.(line)
  const more = spread === undefined ? [] : [spread.high, spread.low, view.dimmed?.(line) ?? []]
  return [times, view.line(line), ...more] as unknown as uPlot.AlignedData
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
      draw: [(chart) => drawMarks(chart, group, palette)],
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
      ...(group.view().spread === undefined ? [] : spreadSeries(palette)),
    ],
    bands: group.view().spread === undefined ? [] : [{ series: [2, 3], fill: `${palette.accent}2e` }],
  }
}

/** The highest and the lowest, with a fill between them, and what it is compared with. */
function spreadSeries(palette: Palette): uPlot.Series[] {
  const edge = { stroke: 'transparent', width: 0, spanGaps: false, points: { show: false } }
  return [edge, edge, { stroke: palette.muted, width: 1, dash: [4, 3], spanGaps: false, points: { show: false } }]
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

function drawMarks(chart: uPlot, group: ChartGroup, palette: Palette): void {
  const { ctx, bbox } = chart
  ctx.save()
  ctx.strokeStyle = palette.strongBorder
  ctx.lineWidth = uPlot.pxRatio
  ctx.setLineDash([2 * uPlot.pxRatio, 2 * uPlot.pxRatio])
  ctx.beginPath()
  for (const atMs of group.view().marks ?? []) {
    const x = Math.round(chart.valToPos(atMs, 'x', true))
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
  }
  ctx.stroke()
  ctx.restore()
}
