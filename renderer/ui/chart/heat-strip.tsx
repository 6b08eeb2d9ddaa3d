// Many lines in one glance: one row a line, one cell a time, filled on the single-hue scale. A cell without a value
// stays empty, with a hairline that says "not known"; times without a link are hatched.
import { type PointerEvent, useEffect, useRef } from 'react'
import { heatStep, type Palette } from '../theme.ts'
import { usePalette } from '../theme-provider.tsx'
import './chart.css'
import type { Band, Crosshair } from './chart-group.ts'
import { hatch } from './hatch.ts'

export type HeatView = {
  readonly fromMs: number
  readonly toMs: number
  readonly cutsFromMs: number
  readonly bucketMs: number
  readonly bands: readonly Band[]
  /** Percent; one row after the other, oldest cell first. */
  readonly rows: readonly (readonly (number | null)[])[]
}

export type HeatStripProps = {
  readonly rows: readonly { readonly id: string; readonly name: string }[]
  readonly subscribe: (listener: () => void) => () => void
  readonly view: () => HeatView
  readonly crosshair: Crosshair
  readonly label: string
  /** What the left and the right end of the time are called. */
  readonly ends: readonly [from: string, to: string]
}

export function HeatStrip({ rows, subscribe, view, crosshair, label, ends }: HeatStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const palette = usePalette()
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    return keepDrawn(element, { subscribe, draw: () => drawHeat(element, view(), palette) })
  }, [subscribe, view, palette])
  useEffect(
    () =>
      crosshair.subscribe(() => {
        const { fromMs, toMs } = view()
        const at = crosshair.atMs()
        if (line.current === null) return
        line.current.style.display = at === undefined ? 'none' : 'block'
        if (at !== undefined) line.current.style.left = `${((at - fromMs) / (toMs - fromMs)) * 100}%`
      }),
    [crosshair, view],
  )
  const pointAt = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const { fromMs, toMs } = view()
    crosshair.point(fromMs + ((event.clientX - left) / width) * (toMs - fromMs))
  }
  return (
    <div className="rs-heat">
      <div className="rs-heat-names" aria-hidden="true">
        {rows.map(({ id, name }) => (
          <span key={id}>{name}</span>
        ))}
      </div>
      <div className="rs-heat-field" onPointerMove={pointAt} onPointerLeave={() => crosshair.point(undefined)}>
        <canvas ref={canvas} role="img" aria-label={label} style={{ height: rows.length * rowHeight }} />
        <div ref={line} className="rs-heat-line" />
      </div>
      <div className="rs-heat-ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  )
}

const rowHeight = 16

type Drawing = { readonly subscribe: HeatStripProps['subscribe']; readonly draw: () => void }

function keepDrawn(element: HTMLCanvasElement, { subscribe, draw }: Drawing): () => void {
  const drawSeen = () => {
    if (!document.hidden) draw()
  }
  const leave = subscribe(drawSeen)
  const resized = new ResizeObserver(drawSeen)
  resized.observe(element)
  document.addEventListener('visibilitychange', drawSeen)
  return () => {
    document.removeEventListener('visibilitychange', drawSeen)
    resized.disconnect()
    leave()
  }
}

function drawHeat(element: HTMLCanvasElement, view: HeatView, palette: Palette): void {
  const context = element.getContext('2d')
  if (context === null) return
  const pixelRatio = window.devicePixelRatio
  const width = Math.round(element.clientWidth * pixelRatio)
  const height = Math.round(element.clientHeight * pixelRatio)
  if (element.width !== width) element.width = width
  if (element.height !== height) element.height = height
  context.clearRect(0, 0, width, height)
  const colors = [palette.heat0, palette.heat1, palette.heat2, palette.heat3, palette.heat4, palette.heat5]
  const xOf = (atMs: number) => ((atMs - view.fromMs) / (view.toMs - view.fromMs)) * width
  const tall = height / Math.max(1, view.rows.length)
  for (const [row, cells] of view.rows.entries()) {
    for (const [place, percent] of cells.entries()) {
      const left = xOf(view.cutsFromMs + place * view.bucketMs)
      const right = xOf(view.cutsFromMs + (place + 1) * view.bucketMs)
      context.fillStyle = percent === null ? palette.border : (colors[heatStep(percent)] ?? palette.heat0)
      const high = percent === null ? pixelRatio : tall - 2 * pixelRatio
      context.fillRect(left, row * tall + (tall - high) / 2, right - left - pixelRatio, high)
    }
  }
  for (const { fromMs, toMs } of view.bands) {
    const left = Math.max(0, xOf(fromMs))
    const box = { left, top: 0, width: Math.min(width, xOf(toMs)) - left, height }
    context.clearRect(box.left, 0, Math.max(0, box.width), height)
    hatch(context, box, { color: palette.strongBorder, pixelRatio })
  }
}
