// The server that `bench loadgen` asks, in a process of its own: each stream gets a token every ten milliseconds, as an
// engine writes them. When each one left, by the clock that all processes of a machine share, stands in the last chunk of
// its stream. Its own work is kept small, so that both processes have a core.
import { createServer, type Socket } from 'node:net'

const everyMs = 10

type Stream = { readonly socket: Socket; readonly slot: number; readonly tokens: number; readonly sentMs: number[] }

const head =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n'
const envelope = '"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1764300000,"model":"bench"'
const token = chunk(`data: {${envelope},"choices":[{"index":0,"delta":{"content":" token"},"finish_reason":null}]}\n\n`)

function chunk(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/** By the millisecond of the ten in which a stream gets its tokens. */
const slots: Set<Stream>[] = Array.from({ length: everyMs }, () => new Set())
let nextSlot = 0

const server = createServer({ noDelay: true }, (socket) => {
  let request = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes) => {
    request += bytes.toString('latin1')
    const bodyAt = request.indexOf('\r\n\r\n') + 4
    const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0)
    if (bodyAt < 4 || request.length < bodyAt + length) return
    const tokens = Number(/"max_tokens":(\d+)/.exec(request)?.[1] ?? 1)
    request = ''
    const slot = nextSlot++ % everyMs
    const stream = { socket, slot, tokens, sentMs: [] }
    slots[slot]?.add(stream)
    socket.once('close', () => slots[slot]?.delete(stream))
    socket.write(head)
  })
})

function write(stream: Stream): void {
  const { socket, slot, tokens, sentMs } = stream
  sentMs.push(monotonicMs())
  socket.write(token)
  if (sentMs.length < tokens) return
  slots[slot]?.delete(stream)
  const finish = `data: {${envelope},"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}\n\n`
  const usage = `"usage":{"prompt_tokens":512,"completion_tokens":${tokens}}`
  const sent = `"sentMs":[${sentMs.map((ms) => ms.toFixed(3)).join(',')}]`
  const last = `data: {${envelope},"choices":[],${usage},${sent}}\n\ndata: [DONE]\n\n`
  socket.end(Buffer.concat([chunk(finish), chunk(last), Buffer.from('0\r\n\r\n')]))
}

let wroteMs = Math.floor(monotonicMs())

/** What is due since the last time; late ones follow at once. */
function tick(): void {
  const nowMs = Math.floor(monotonicMs())
  for (const until = Math.max(wroteMs, nowMs - everyMs); wroteMs < nowMs; ) {
    wroteMs = Math.max(wroteMs + 1, until)
    for (const stream of slots[wroteMs % everyMs] ?? []) write(stream)
  }
  setTimeout(tick, 1)
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`)
  tick()
})
process.stdin.once('close', () => process.exit(0)).resume()
