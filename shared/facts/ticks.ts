// One tick of the sampler's output, taken apart: the host's lines, then the answers of the tools that were
// ready. The frames of the answers are those of the facts script.
import { readFrames } from './frames.ts'
import type { ProbeAnswer } from './probe.ts'

export type Tick = {
  readonly hostText: string
  readonly answers: readonly ProbeAnswer[]
}

export function tickStart(nonce: string): string {
  return `\n${nonce} tick `
}

export function tickEnd(nonce: string): string {
  return `\n${nonce} over\n`
}

/** `text` is what stands between tickStart and tickEnd, both left out. Never throws. */
export function readTick(text: string, nonce: string): Tick {
  const firstAnswer = text.indexOf(`\n${nonce} answer `)
  const hostText = firstAnswer < 0 ? text : text.slice(0, firstAnswer)
  // The first line is the number of the tick.
  return { hostText: hostText.slice(hostText.indexOf('\n') + 1), answers: [...readFrames(text, nonce).values()] }
}
