// Bytes that come piece by piece, kept in one piece of memory that doubles and is moved only now and then: a megabyte
// that comes byte by byte costs a megabyte, and not a hundred times that.

export type GrowingBytes = {
  /** A view; the next change may overwrite it. */
  now(): Buffer
  /** Gives how many there were before. */
  add(bytes: Uint8Array): number
  /** At least the newest so many; never more than twice as many. */
  keepEnd(bytes: number): void
  /** Keeps the first so many. */
  cut(end: number): void
}

export function growingBytes(): GrowingBytes {
  let store = Buffer.alloc(0)
  let used = 0
  return {
    now: () => store.subarray(0, used),
    add: (bytes) => {
      if (used + bytes.length > store.length) {
        const larger = Buffer.alloc(Math.max(1024, store.length * 2, used + bytes.length))
        store.copy(larger, 0, 0, used)
        store = larger
      }
      store.set(bytes, used)
      used += bytes.length
      return used - bytes.length
    },
    keepEnd: (bytes) => {
      if (used <= 2 * bytes) return
      store = Buffer.from(store.subarray(used - bytes, used))
      used = store.length
    },
    cut: (end) => {
      store = Buffer.from(store.subarray(0, end))
      used = end
    },
  }
}
