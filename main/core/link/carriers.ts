// What carries a link: a WebSocket of the `ws` package, or our end of a message channel.
import type { WebSocket } from 'ws'
import type { Carrier } from './serve-link.ts'

/** For the WebSocketServer of a shell: a page and a guest send questions, and the text of a key at most. */
export const largestMessageBytes = 256 * 1024

const pingMilliseconds = 8000
/** Two pings without an answer: whoever is there is gone, or so slow that it has to come back. */
const silentPings = 2
/** Windows of streams and answers to calls are far below; whoever leaves this much unread does not read at all. */
const mostUnreadBytes = 32 * 1024 * 1024

/** An open socket. Ends it when the other side is silent for some 20 s, or does not read. */
export function overSocket(socket: WebSocket): Carrier {
  watchPulse(socket)
  // What went wrong is told by the close that follows.
  socket.on('error', () => undefined)
  return {
    send: (text) =>
      new Promise((resolve) => {
        if (socket.bufferedAmount > mostUnreadBytes) socket.terminate()
        // What could not be sent is no error of its own: the link has ended, and says so.
        socket.send(text, () => resolve())
      }),
    onText: (listener) => void socket.on('message', (data, binary) => listener(binary ? undefined : String(data))),
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(1008, 'not understood'),
  }
}

/** Ends the socket when the other side is silent for some 20 s. */
export function watchPulse(socket: WebSocket): void {
  let unanswered = 0
  const timer = setInterval(() => {
    if (unanswered >= silentPings) return socket.terminate()
    unanswered += 1
    socket.ping()
  }, pingMilliseconds)
  // A link alone does not keep a process up that has nothing else to do.
  timer.unref()
  const alive = () => {
    unanswered = 0
  }
  socket.on('pong', alive)
  socket.on('message', alive)
  socket.on('close', () => clearInterval(timer))
}

/** Electron's MessagePortMain, or anything that looks like it. */
export type LinkPort = {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

/** Starts the port. It has no size of its own to look at: the windows of the streams bound what waits in it. */
export function overPort(port: LinkPort): Carrier {
  return {
    send: async (text) => port.postMessage(text),
    onText: (listener) => {
      port.on('message', ({ data }) => {
        listener(typeof data === 'string' && data.length <= largestMessageBytes ? data : undefined)
      })
      port.start()
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}
