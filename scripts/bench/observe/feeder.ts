// Two hundred simulated appliances in one process: each connection is one sampler that ticks once a second with frames
// that were recorded. The time at which a tick was written is in its free memory, so whoever sees it knows how old it is.
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { absent } from '../../../shared/domain/reading.ts'
import { samplerProbes } from '../../../shared/facts/accelerator-samples.ts'
import { frameOf, frameText } from '../../../shared/facts/frames.ts'

const frames = (['nvidia-smi', 'npu-smi'] as const).map((tool) => ({
  tool,
  text: readFileSync(join(import.meta.dirname, 'observe', 'frames', `${tool}.txt`), 'utf8'),
}))

const nothing = {
  state: 'missing',
  exitCode: absent,
  since: absent,
  stdout: '',
  stderr: '',
  damage: undefined,
} as const

const totalKilobytes = 1_000_000_000
/** Milliseconds come again after so long: longer than any bench. */
const cycleMs = 100_000_000

export type Feeder = {
  /** How many ticks went out to all samplers together. */
  /** So far. */
  sent(): number
  close(): Promise<void>
}

/** The first line of each connection is the nonce of its script. */
export async function startFeeder(socketPath: string): Promise<Feeder> {
  let sent = 0
  let opened = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    const place = opened++
    socket.once('data', (bytes) => {
      const nonce = bytes.toString('utf8').trim()
      const { tool, text } = frames[place % frames.length] ?? { tool: 'nvidia-smi', text: '' }
      let tick = 0
      const write = () => {
        sent += 1
        const answer = frameText(nonce, tool, moved(text, place + tick)) + (tick === 0 ? notThere(nonce, tool) : '')
        socket.write(`\n${nonce} tick ${tick}\n${hostText(tick)}${answer}\n${nonce} over\n`)
        tick += 1
      }
      // Two hundred servers do not tick at one moment.
      let timer: NodeJS.Timeout | undefined
      const begin = setTimeout(
        () => {
          write()
          timer = setInterval(write, 1000)
        },
        (place * 37) % 1000,
      )
      socket.once('close', () => {
        clearTimeout(begin)
        clearInterval(timer)
        sockets.delete(socket)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    sent: () => sent,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Utilization, temperature and power change from one to the next, as those of cards at work do; the layout does not. */
function moved(text: string, step: number): string {
  return text
    .replace(/, (\d{1,2}), (\d{2}), (\d{2,3})\.25$/gm, (_, busy: string, heat: string, watts: string) => {
      const now = (Number(busy) + step * 7) % 100
      return `, ${now}, ${30 + ((Number(heat) + step) % 40)}, ${100 + ((Number(watts) + step * 13) % 300)}.25`
    })
    .replace(/\| ( \d{2}\.\d|\d{3}\.\d) ( +)(\d{2}) /gm, (_, watts: string, gap: string, heat: string) => {
      const next = `${100 + ((Math.round(Number(watts)) + step * 3) % 300)}.${step % 10}`
      return `| ${next} ${gap}${30 + ((Number(heat) + step) % 40)} `
    })
}

/** Of a server that has the tools of one vendor. */
function notThere(nonce: string, tool: string): string {
  const others = samplerProbes.filter(({ id }) => id !== tool)
  return others.map(({ id }) => frameOf(nonce, { ...nothing, id })).join('')
}

function hostText(tick: number): string {
  const available = Date.now() % cycleMs
  const disk = (name: string, step: number) =>
    `disk ${name} ${tick} 0 ${tick * step} 9 ${tick} 0 ${tick * step * 2} 9 0 ${tick * 40} 9`
  return [
    `cpu  ${1000 + tick * 20} 0 0 ${5000 + tick * 180} 0 0 0 0 0 0`,
    `MemTotal: ${totalKilobytes} kB`,
    `MemAvailable: ${available} kB`,
    ...[`up ${50_000 + tick * 100}`, `load ${(1 + (tick % 40) / 10).toFixed(2)}`, `swap 4194300 ${tick % 9000}`],
    ...[`net eno1 ${tick * 120_001} ${tick * 430_003}`, `net eno2 ${tick * 7} ${tick * 3}`],
    ...[disk('nvme0n1', 811), disk('nvme1n1', 13), disk('sda', 5)],
    ...[`heat ${41_000 + (tick % 30) * 1000}`, `heat ${44_000 + (tick % 20) * 1000}`, ''],
  ].join('\n')
}

/** How old a sample is by the memory that it says is used. */
export function ageMs(memoryUsedBytes: number): number {
  const at = totalKilobytes - memoryUsedBytes / 1024
  return (Date.now() - at + cycleMs) % cycleMs
}
