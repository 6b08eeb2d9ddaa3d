// Work that is asked for at the same time and done one after the other: two changes never start from the same file,
// two questions never share a channel.
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function oneAtATime(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    // Whoever asked for it hears what became of it; the next one only waits.
    last = mine.catch(() => undefined)
    return mine
  }
}
