// Hatching on a canvas: times in which nothing could be measured, told from an empty stretch by its pattern.

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

const spacing = 6

/** Diagonal lines across the box, and a line at its left edge: where it began. Sizes in canvas pixels. */
export function hatch(context: CanvasRenderingContext2D, box: Box, look: { color: string; pixelRatio: number }): void {
  const { left, top, width, height } = box
  if (width <= 0) return
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  context.strokeStyle = look.color
  context.lineWidth = look.pixelRatio
  context.beginPath()
  const step = spacing * look.pixelRatio
  const first = Math.floor((left - height) / step) * step
  for (let x = first; x < left + width; x += step) {
    context.moveTo(x, top + height)
    context.lineTo(x + height, top)
  }
  context.moveTo(left + look.pixelRatio / 2, top)
  context.lineTo(left + look.pixelRatio / 2, top + height)
  context.stroke()
  context.restore()
}
