// The way through jump hosts: each is logged in to with its own login behind its own verified host key, and
// opens a channel to the next address; the last channel carries the appliance's own SSH. One deadline over all
// of it, and whoever closes the link closes every hop.
import { Duplex } from 'node:stream'
import { type Address, addressText } from '../../shared/domain/appliance.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { ForwardOpening, Link } from './link.ts'

/** One stop: opened over that stream, or over a connection of its own. */
type Open<O> = (stop: O & { readonly stream?: Duplex; readonly deadlineSeconds: number }) => Promise<Result<Link>>

type Stop = { readonly address: Address }

export async function openThrough<O extends Stop>(
  stops: readonly [O, ...O[]],
  deadlineSeconds: number,
  open: Open<O>,
): Promise<Result<Link>> {
  const endsAt = performance.now() + deadlineSeconds * 1000
  const remaining = () => Math.max(0.001, (endsAt - performance.now()) / 1000)
  const hops: Link[] = []
  let stream: Duplex | undefined
  for (const [at, stop] of stops.entries()) {
    const link = await open({ ...stop, ...(stream && { stream }), deadlineSeconds: remaining() })
    const next = stops[at + 1]
    if (!link.ok) {
      closeAll(hops)
      return fail(named(link.failure, stop.address, deadlineSeconds))
    }
    if (next === undefined) return ok(closingWith(link.value, hops))
    hops.push(link.value)
    const through = await within(remaining(), link.value.openForward(next.address.port, next.address.host))
    if (through?.kind !== 'open') {
      closeAll(hops)
      return fail(notThrough(through, stop.address, next.address, deadlineSeconds))
    }
    stream = socketOver(through.stream)
  }
  throw new Error('a way without an end')
}

/** A silence says where it was. */
function named(failure: Failure, { host, port }: Address, seconds: number): Failure {
  if (failure.kind !== 'deadline-passed') return failure
  return { ...failure, what: `${failure.what} (${addressText({ host, port })})`, seconds }
}

function notThrough(opening: ForwardOpening | undefined, hop: Address, next: Address, seconds: number): Failure {
  const through = addressText(hop)
  if (opening === undefined) return { kind: 'deadline-passed', what: `ssh jump (${through})`, seconds }
  const detail = opening.kind === 'failed' ? evidence(opening.detail) : 'administratively prohibited'
  return { kind: 'jump-refused', host: next.host, port: next.port, through, detail }
}

function within<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), seconds * 1000)
    void work.then((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}

function closingWith(link: Link, hops: readonly Link[]): Link {
  if (hops.length === 0) return link
  link.onLost(() => closeAll(hops))
  return {
    ...link,
    close: async () => {
      await link.close()
      for (const hop of hops.toReversed()) await hop.close()
    },
  }
}

/** Nobody waits for it: each ends by itself within a second. */
function closeAll(hops: readonly Link[]): void {
  for (const hop of hops.toReversed()) void hop.close()
}

/** ssh2's channel as a stream that can be destroyed and says so, which the SSH inside it counts on. */
function socketOver(channel: Duplex): Duplex {
  const socket = new Duplex({
    read: () => void channel.resume(),
    write: (bytes, _encoding, done) => void channel.write(bytes, done),
    final: (done) => {
      channel.end()
      done()
    },
    destroy: (error, done) => {
      channel.destroy()
      channel.resume()
      done(error)
    },
  })
  channel.on('data', (bytes: Buffer) => {
    if (!socket.destroyed && !socket.push(bytes)) channel.pause()
  })
  channel.once('end', () => socket.push(null))
  channel.once('close', () => socket.destroy())
  channel.on('error', (error) => socket.destroy(error))
  return socket
}
