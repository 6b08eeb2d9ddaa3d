// A simulated container's log as the engine's API answers it: in frames, with times where somebody wants them, and on and on
// where it is followed. Everything a simulated container says is on its standard output.
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { logTimesOf } from './container-changes.ts'

export const logType = 'application/vnd.docker.multiplexed-stream'

const lookMilliseconds = 250

type Asked = {
  readonly follow: boolean
  readonly hasTimes: boolean
  readonly isShown: boolean
  /** Undefined: all of them. */
  readonly tailLines: number | undefined
  /** Seconds since 1970, with a fraction; empty: from the beginning. */
  readonly since: string
  readonly left: AbortSignal
}

type Line = { readonly atMs: number; readonly text: string }

export async function* logPieces(
  machine: Machine,
  container: SimulatedContainer,
  asked: Asked,
): AsyncGenerator<Buffer> {
  const { follow, hasTimes, isShown, tailLines, left } = asked
  if (!isShown) return
  const [seconds = '', digits = ''] = asked.since.split('.')
  const sinceMs = Number(seconds) * 1000 + Number(digits.padEnd(9, '0')) / 1e6
  const all = linesOf(container)
  let lines = (tailLines === undefined ? all : all.slice(Math.max(0, all.length - tailLines))).filter(
    ({ atMs }) => atMs >= sinceMs,
  )
  let sentMs = all.at(-1)?.atMs ?? 0
  for (;;) {
    for (const line of lines) yield frame(hasTimes ? `${stamp(line.atMs)} ${line.text}\n` : `${line.text}\n`)
    const now = machine.state.containers.find(({ id }) => id === container.id)
    if (!follow || left.aborted || now === undefined) return
    lines = linesOf(now).filter(({ atMs }) => atMs > sentMs)
    sentMs = lines.at(-1)?.atMs ?? sentMs
    if (lines.length > 0) continue
    if (now.state !== 'running') return
    await machine.pause(lookMilliseconds, left)
  }
}

function linesOf(container: SimulatedContainer): Line[] {
  const times = logTimesOf(container)
  return container.log.map((text, index) => ({ text, atMs: times[index] ?? 0 }))
}

/** As Docker writes it: UTC, nine digits of a second. */
function stamp(atMs: number): string {
  const whole = Math.floor(atMs)
  const rest = String(Math.min(999_999, Math.round((atMs - whole) * 1e6))).padStart(6, '0')
  return `${new Date(whole).toISOString().slice(0, 23)}${rest}Z`
}

/** Docker's frame: stream 1, three zeros, the length as a big-endian number, the bytes. */
function frame(line: string): Buffer {
  const bytes = Buffer.from(line)
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([head, bytes])
}
