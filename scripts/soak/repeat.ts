// Does something again and again beside other work. A machine that is slow at it has twice as long for its other work.

/** Ends with the function it gives back. */
export function repeat(work: () => void, milliseconds: number): () => void {
  let timer: NodeJS.Timeout
  const turn = (): void => {
    const began = performance.now()
    work()
    timer = setTimeout(turn, Math.max(milliseconds, 2 * (performance.now() - began)))
  }
  timer = setTimeout(turn, milliseconds)
  return () => clearTimeout(timer)
}
