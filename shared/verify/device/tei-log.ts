// Text Embeddings Inference: which of its models it starts on what (backends/candle/src/lib.rs). Written from its source,
// no log of a running one was at hand: not verified.
import type { LogReader } from './log-line.ts'

export const teiLine: LogReader = (line) => {
  if (/Could not find a compatible CUDA device on host/.test(line)) return { on: 'processor' }
  const [, device] = /Starting \w{2,40} model on (Cpu|Cuda|Metal)\b/.exec(line) ?? []
  if (device === undefined) return undefined
  return { on: device === 'Cpu' ? 'processor' : 'accelerators' }
}
