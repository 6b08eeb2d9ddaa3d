// A way to an appliance that is long and narrow: every connection through it has a round trip and a speed of its own, as
// over a site's VPN that shares its line out fairly. Without either it can still be cut.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type SlowProxy = { readonly port: number; cut(): void; stop(): void }

export type Way = { readonly oneWayMs: number; readonly bytesPerSecond: number }

/** What a router keeps before it makes the sender wait. */
const queueMs = 200

export async function startProxy(to: { host: string; port: number }, way: Way | undefined): Promise<SlowProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  }
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ ...to, noDelay: true })
    keep(near)
    keep(far)
    if (way === undefined) {
      near.pipe(far)
      far.pipe(near)
    } else {
      pass(near, far, way)
      pass(far, near, way)
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stop: () => {
      server.close()
      cut()
    },
  }
}

function pass(from: Socket, to: Socket, { oneWayMs, bytesPerSecond }: Way): void {
  const onTheWay: { readonly arrivesAt: number; readonly bytes: Buffer | undefined }[] = []
  let freeAt = 0
  let waits = false
  // One timer for all: timers of different lengths do not keep their order.
  const deliver = (): void => {
    waits = false
    for (let next = onTheWay[0]; next !== undefined && next.arrivesAt <= performance.now(); next = onTheWay[0]) {
      onTheWay.shift()
      if (next.bytes === undefined) to.end()
      else to.write(next.bytes)
    }
    const next = onTheWay[0]
    if (next !== undefined) wait(next.arrivesAt - performance.now() + 1)
  }
  const wait = (milliseconds: number): void => {
    if (!waits) setTimeout(deliver, milliseconds)
    waits = true
  }
  const send = (bytes: Buffer | undefined): void => {
    freeAt = Math.max(freeAt, performance.now()) + ((bytes?.length ?? 0) / bytesPerSecond) * 1000
    onTheWay.push({ arrivesAt: freeAt + oneWayMs, bytes })
    wait(oneWayMs)
  }
  from.on('data', (bytes: Buffer) => {
    send(bytes)
    const waitMs = freeAt - performance.now()
    if (waitMs < queueMs) return
    from.pause()
    setTimeout(() => from.resume(), waitMs - queueMs / 2)
  })
  from.on('end', () => send(undefined))
}
