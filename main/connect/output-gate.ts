// Bytes of one output stream from the start marker on. Banners, rc-file noise and sudo's lecture come
// before it and are kept, bounded, only as evidence for the case that the marker never comes.
import type { Readable } from 'node:stream'
import { growingBytes } from './growing-bytes.ts'

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
  const held = growingBytes()
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
      held.keepEnd(noiseLimitBytes)
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
