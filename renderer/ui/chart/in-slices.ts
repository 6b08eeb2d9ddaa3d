// Drawing for many charts at once, in slices between which the page answers: a press or a key never waits for all of them.

/** Of one slice; a piece of work that is begun is ended. */
const sliceMs = 12

type Work = () => void

const waiting = new Set<Work>()
let isComing = false

/** Does it soon, in the order of asking; asked for again before that, it is done once. */
export function soon(work: Work): void {
  waiting.add(work)
  if (!isComing) comeBack()
}

export function notAnyMore(work: Work): void {
  waiting.delete(work)
}

/** All that waits, now: what is put on paper waits for nothing. */
export function doNow(): void {
  for (const work of waiting) {
    waiting.delete(work)
    work()
  }
}

function comeBack(): void {
  isComing = true
  setTimeout(slice, 0)
}

function slice(): void {
  isComing = false
  const endMs = performance.now() + sliceMs
  try {
    for (const work of waiting) {
      waiting.delete(work)
      work()
      if (performance.now() >= endMs) break
    }
  } finally {
    if (waiting.size > 0) comeBack()
  }
}
