// What one line of an engine's start says about its devices. A reader of an engine is one function from a line to this;
// lines that say nothing of it are passed over. A line is hostile text: readers are total, and see a bounded piece of it.

export type HeardLine = {
  /** `weak`: it counts only where nothing else is said, as a part on the processor is usual beside an accelerator. */
  readonly on?: 'accelerators' | 'processor' | 'processor-weak'
  readonly layers?: { readonly onAccelerators: number; readonly all: number }
  readonly device?: string
  readonly cacheTokens?: number
  readonly maximumConcurrency?: number
}

export type LogReader = (line: string) => HeardLine | undefined

/** "234,560" of a line, bounded. */
export function countIn(text: string | undefined): number | undefined {
  const digits = (text ?? '').replaceAll(',', '')
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
}

/** "cuda", "cuda:0", "npu" and so on against "cpu", as PyTorch calls devices. */
export function placeOfTorch(device: string): 'accelerators' | 'processor' | undefined {
  if (/^cpu(?::\d{1,3})?$/i.test(device)) return 'processor'
  return /^(?:cuda|rocm|hip|npu|xpu|musa|mlu|gcu|hpu|maca|ascend)(?::\d{1,3})?$/i.test(device)
    ? 'accelerators'
    : undefined
}
