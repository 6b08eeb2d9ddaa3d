// The shape of what is said of a tool that is silent.

/** Of a vendor's tool that gives no samples: "npu-smi"; `time` is of the reader's own clock. */
export type SilenceWords = {
  readonly noAnswer: (tool: string, time: string) => string
  readonly gone: (tool: string) => string
}
