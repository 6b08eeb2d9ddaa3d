// What is heard of work while it goes on, handed to whoever reads it as it comes. What waits to be read is bounded by the
// work itself.
import { bellOf } from './bell.ts'

type Heard<E, T> = {
  readonly begin: (hear: (event: E) => void) => Promise<T>
  /** The reader has left: nobody waits for what is not read yet. */
  readonly left: AbortSignal | undefined
  /** Ends the work. Called at the end too, when it may be over. */
  readonly stop: () => void
}

/** Returns what the work gave, or undefined where the reader left before; throws what it threw. */
export async function* heardEvents<E, T>({ begin, left, stop }: Heard<E, T>): AsyncGenerator<E, T | undefined> {
  const heard: E[] = []
  const bell = bellOf()
  const work = begin((event) => {
    heard.push(event)
    bell.ring()
  })
  let settled = false
  const onSettled = () => {
    settled = true
    bell.ring()
  }
  work.then(onSettled, onSettled)
  // A reader that left does not come back for the next event: what it waits for is ended here.
  const leave = () => {
    stop()
    bell.ring()
  }
  left?.addEventListener('abort', leave)
  try {
    while (left?.aborted !== true && (!settled || heard.length > 0)) {
      const next = heard.shift()
      if (next === undefined) await bell.rung()
      else yield next
    }
    return left?.aborted === true ? undefined : await work
  } finally {
    left?.removeEventListener('abort', leave)
    stop()
  }
}
