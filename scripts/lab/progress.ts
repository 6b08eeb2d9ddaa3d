// Progress goes to stderr, so that stdout stays a result that scripts can read.

const startedAt = performance.now()

let isQuiet = false

/** Tests show what failed, not what went well. */
export function withoutProgress(): void {
  isQuiet = true
}

export function progress(sentence: string): void {
  if (isQuiet) return
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stderr.write(`[lab ${seconds.padStart(5)} s] ${sentence}\n`)
}
