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
  let held: Buffer = Buffer.alloc(0)
  let open = false
  source.on('data', (bytes: Buffer) => {
    if (open) {
      onData(bytes)
      return
    }
    held = Buffer.concat([held, bytes])
    const at = held.indexOf(line)
    if (at < 0) {
      held = held.length > noiseLimitBytes ? Buffer.from(held.subarray(-noiseLimitBytes)) : held
      return
    }
    const rest = held.subarray(at + line.length)
    held = Buffer.from(held.subarray(0, at))
    open = true
    onOpen()
    if (rest.length > 0) onData(rest)
  })
  return { noise: () => held.toString('utf8'), isOpen: () => open }
}
