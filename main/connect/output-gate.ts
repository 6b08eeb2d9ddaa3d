// Bytes of one output stream from the start marker on. Banners, rc-file noise and sudo's lecture come
// before it and are kept, bounded, only as evidence for the case that the marker never comes.
import type { Readable } from 'node:stream'

const noiseLimitBytes = 64 * 1024

export type OutputGate = {
  /** What came before the marker, or everything when the marker never came. */
  noise(): string
  isOpen(): boolean
}

export function gateOutput(
  source: Readable,
  marker: string,
  onOpen: () => void,
  onData: (bytes: Buffer) => void,
): OutputGate {
  const line = Buffer.from(`${marker}\n`)
  const held = heldBytes()
  let open = false
  source.on('data', (bytes: Buffer) => {
    if (open) {
      onData(bytes)
      return
    }
    const before = held.add(bytes)
    // The marker may have begun in earlier bytes; what was searched once is not searched again.
    const at = held.now().indexOf(line, Math.max(0, before - line.length + 1))
    if (at < 0) {
      held.keepEnd()
      return
    }
    const rest = Buffer.from(held.now().subarray(at + line.length))
    held.cut(at)
    open = true
    onOpen()
    if (rest.length > 0) onData(rest)
  })
  return { noise: () => held.now().subarray(-noiseLimitBytes).toString('utf8'), isOpen: () => open }
}

/** Room that grows by doubling and is moved only now and then: a megabyte that comes byte by byte costs a megabyte. */
function heldBytes() {
  let store = Buffer.alloc(1024)
  let used = 0
  return {
    now: () => store.subarray(0, used),
    /** How many there were before. */
    add: (bytes: Uint8Array) => {
      if (used + bytes.length > store.length) {
        const larger = Buffer.alloc(Math.max(store.length * 2, used + bytes.length))
        store.copy(larger, 0, 0, used)
        store = larger
      }
      store.set(bytes, used)
      used += bytes.length
      return used - bytes.length
    },
    keepEnd: () => {
      if (used <= 2 * noiseLimitBytes) return
      store = Buffer.from(store.subarray(used - noiseLimitBytes, used))
      used = store.length
    },
    cut: (end: number) => {
      store = Buffer.from(store.subarray(0, end))
      used = end
    },
  }
}
