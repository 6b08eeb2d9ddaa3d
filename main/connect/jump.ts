// The way through jump hosts: each is logged in to with its own login behind its own verified host key, and
// opens a channel to the next address; the last channel carries the appliance's own SSH. One deadline over all
// of it, and whoever closes the link closes every hop.
import type { Duplex } from 'node:stream'
import { type Address, addressText } from '../../shared/domain/appliance.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { channelSocket } from './channel-socket.ts'
import type { ForwardOpening, Link } from './link.ts'

/** One stop: opened over that stream, or over a connection of its own. */
type Open<O> = (stop: O & { readonly stream?: Duplex; readonly deadlineSeconds: number }) => Promise<Result<Link>>

type Stop = { readonly address: Address }

type Way<O> = {
  readonly open: Open<O>
  /** This jump host lets us through, and the next stop is about to be dialled. */
  readonly onThrough: (hop: Address) => void
}

export async function openThrough<O extends Stop>(
  stops: readonly [O, ...O[]],
  deadlineSeconds: number,
  { open, onThrough }: Way<O>,
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
      const failure = silenceNamed(link.failure, stop.address, deadlineSeconds)
      return fail(next === undefined ? failure : withoutOptIn(failure))
    }
    if (next === undefined) return ok(closingWith(link.value, hops))
    hops.push(link.value)
    const through = await openNext(link.value, next.address, remaining())
    if (typeof through === 'string' || through.kind !== 'open') {
      closeAll(hops)
      return fail(notThrough(through, link.value, { next: next.address, deadlineSeconds }))
    }
    onThrough(stop.address)
    stream = channelSocket(through.stream)
  }
  throw new Error('a way without an end')
}

/** A silence says where it was. */
function silenceNamed(failure: Failure, { host, port }: Address, seconds: number): Failure {
  if (failure.kind !== 'deadline-passed') return failure
  return { ...failure, what: `${failure.what} (${addressText({ host, port })})`, seconds }
}

/** Weak algorithms are accepted for an appliance, never for what stands in front of it. */
function withoutOptIn(failure: Failure): Failure {
  return failure.kind === 'algorithms-refused' ? { ...failure, weakWouldDo: false } : failure
}

type Opened = ForwardOpening | 'silent' | 'lost'
type Refused = Exclude<Opened, { readonly kind: 'open' }>

function notThrough(
  opening: Refused,
  hop: Link,
  { next, deadlineSeconds }: { readonly next: Address; readonly deadlineSeconds: number },
): Failure {
  const through = addressText(hop.address)
  if (opening === 'lost') return hop.lostFailure('ssh jump')
  if (opening === 'silent') return { kind: 'deadline-passed', what: `ssh jump (${through})`, seconds: deadlineSeconds }
  const detail = opening.kind === 'failed' ? evidence(opening.detail) : 'administratively prohibited'
  return { kind: 'jump-refused', host: next.host, port: next.port, through, detail }
}

function openNext(hop: Link, { host, port }: Address, seconds: number): Promise<Opened> {
  return new Promise((resolve) => {
    const settle = (opened: Opened): void => {
      clearTimeout(timer)
      resolve(opened)
    }
    const timer = setTimeout(() => settle('silent'), seconds * 1000)
    const forget = hop.onLost(() => settle('lost'))
    void hop.openForward(port, host).then((opened) => {
      forget()
      settle(opened)
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
