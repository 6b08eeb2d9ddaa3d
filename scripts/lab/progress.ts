// Progress goes to stderr, so that stdout stays a result that scripts can read.

const startedAt = performance.now()

export function progress(sentence: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stderr.write(`[lab ${seconds.padStart(5)} s] ${sentence}\n`)
}
