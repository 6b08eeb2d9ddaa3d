// Messages that are to go out, on the disk until they have: a console that ends keeps them, and the next one goes on with
// them. Each channel sends one after the other, so that one that does not answer is asked by the oldest only; the
// others do not wait for it. One that answers and refuses a message gets those behind it all the same: a message that is too
// long for a robot must not silence it for a day.
import * as z from 'zod'
import { alertSeverity, noticeKind } from '../../shared/domain/alert.ts'
import { type ChannelState, channelId, channelState } from '../../shared/domain/alert-channel.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { Sent } from './channels/channel.ts'

const outgoing = z.strictObject({
  id: z.string().max(100),
  kind: noticeKind,
  severity: alertSeverity,
  isOver: z.boolean(),
  atMs: z.int(),
  title: z.string().max(300),
  lines: z.array(z.string().max(1000)).max(20),
  data: z.record(z.string().max(40), z.union([z.string().max(2000), z.number()])),
})

const waiting = z.strictObject({ channel: channelId, out: outgoing, tries: z.int().nonnegative(), nextMs: z.int() })
type Waiting = z.infer<typeof waiting>

export const outboxState = z.strictObject({
  waiting: z.array(waiting),
  channels: z.array(channelState.omit({ waiting: true })),
})
export type OutboxState = z.infer<typeof outboxState>
export const emptyOutbox: OutboxState = { waiting: [], channels: [] }

export const mostWaiting = 500
/** Older than this it is no news. */
const givenUpAfterMs = 24 * 3_600_000
const longestWaitMs = 1_800_000
const waits = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000, longestWaitMs]

type OutboxTools = {
  readonly document: { read(): Result<OutboxState>; write(state: OutboxState): Result<void> }
  readonly nowMs: () => number
  /** Never throws. */
  readonly send: (channel: string, out: Waiting['out']) => Promise<Sent>
}

export type Outbox = {
  put(messages: readonly Pick<Waiting, 'channel' | 'out'>[]): Result<void>
  /** Tries what is due, and ends when nothing is. */
  flush(): Promise<void>
  states(): ChannelState[]
  /** Of a channel that is not there any more. */
  forget(channel: string): void
  /** What is under way counts as not tried: nothing is written any more. */
  close(): void
}

export function openOutbox({ document, nowMs, send }: OutboxTools): Outbox {
  let state: OutboxState | undefined
  let isClosed = false
  const busy = new Map<string, Promise<void>>()
  const refusals = new Map<string, Refusals>()

  function refusing(channel: string): Refusals {
    const known = refusals.get(channel) ?? noRefusals()
    refusals.set(channel, known)
    return known
  }

  /** One that cannot be read begins anew; the last good one stays beside it. */
  const now = () => {
    if (state === undefined) {
      const read = document.read()
      state = read.ok ? read.value : emptyOutbox
    }
    return state
  }
  const change = (next: OutboxState): Result<void> => {
    state = next
    return document.write(next)
  }

  async function drain(channel: string): Promise<void> {
    const own = refusing(channel)
    for (let inARow = 0; !own.isResting(nowMs()); ) {
      const next = nextOf(now(), channel, { refused: own.refused, nowMs: nowMs() })
      if (isClosed || next === undefined) return
      const sent = await send(channel, next.out)
      if (isClosed) return
      change(afterTry(now(), next, sent, nowMs()))
      if (sent.ok) own.took(next.out.id)
      else if (sent.problem !== 'refused') return
      else own.refused.add(next.out.id)
      for (const id of own.refused) if (!now().waiting.some(({ out }) => out.id === id)) own.refused.delete(id)
      inARow = sent.ok ? 0 : inARow + 1
      if (inARow >= mostRefusedInARow) own.rest(nowMs())
    }
  }

  return {
    put(messages) {
      if (messages.length === 0) return { ok: true, value: undefined }
      const added = messages.map((one) => ({ ...one, tries: 0, nextMs: nowMs() }))
      return change(bounded({ ...now(), waiting: [...now().waiting, ...added] }))
    },
    async flush() {
      const channels = new Set(now().waiting.map(({ channel }) => channel))
      for (const channel of channels) {
        if (busy.has(channel)) continue
        busy.set(
          channel,
          drain(channel).finally(() => busy.delete(channel)),
        )
      }
      await Promise.all(busy.values())
    },
    states() {
      const names = new Set([...now().channels, ...now().waiting].map(({ channel }) => channel))
      return [...names].map((channel) => ({
        ...stateOf(now(), channel),
        waiting: now().waiting.filter((one) => one.channel === channel).length,
      }))
    },
    forget(channel) {
      refusals.delete(channel)
      const others = <T extends { readonly channel: string }>(all: readonly T[]) =>
        all.filter((one) => one.channel !== channel)
      change({ waiting: others(now().waiting), channels: others(now().channels) })
    },
    close() {
      isClosed = true
    },
  }
}

/** A clock that was set back holds nothing up for longer than the longest wait. */
function isDue({ nextMs }: Waiting, nowMs: number): boolean {
  return nextMs <= nowMs || nextMs - nowMs > longestWaitMs
}

/** So many one after the other, and it is the channel that refuses, whatever the message: it rests. */
const mostRefusedInARow = 2

/** Of one channel, in this process's memory only. */
type Refusals = {
  /** By id: what it would not take. */
  readonly refused: Set<string>
  took(id: string): void
  rest(nowMs: number): void
  isResting(nowMs: number): boolean
}

function noRefusals(): Refusals {
  const refused = new Set<string>()
  let rests = 0
  let untilMs = 0
  return {
    refused,
    took(id) {
      refused.delete(id)
      rests = 0
    },
    rest(nowMs) {
      untilMs = nowMs + (waits[Math.min(rests, waits.length - 1)] ?? 0)
      rests += 1
    },
    isResting: (nowMs) => untilMs > nowMs && untilMs - nowMs <= longestWaitMs,
  }
}

/** The oldest, where it is due; what was refused comes behind all that was not. */
function nextOf(
  { waiting: all }: OutboxState,
  channel: string,
  { refused, nowMs }: { readonly refused: ReadonlySet<string>; readonly nowMs: number },
): Waiting | undefined {
  const own = all.filter((one) => one.channel === channel)
  const first = own.find(({ out }) => !refused.has(out.id))
  if (first !== undefined && isDue(first, nowMs)) return first
  return first === undefined ? own.find((one) => isDue(one, nowMs)) : undefined
}

type Remembered = OutboxState['channels'][number]

function stateOf({ channels }: OutboxState, channel: string): Remembered {
  return channels.find((one) => one.channel === channel) ?? { channel, lost: 0 }
}

function withState(state: OutboxState, next: Remembered): OutboxState {
  return { ...state, channels: [...state.channels.filter(({ channel }) => channel !== next.channel), next] }
}

function afterTry(state: OutboxState, tried: Waiting, sent: Sent, nowMs: number): OutboxState {
  const before = stateOf(state, tried.channel)
  const isTried = (one: Waiting) => one.channel === tried.channel && one.out.id === tried.out.id
  const without = { ...state, waiting: state.waiting.filter((one) => !isTried(one)) }
  if (sent.ok) {
    const { trouble: _, ...well } = before
    return withState(without, { ...well, lastSentMs: nowMs })
  }
  const sinceMs = before.trouble?.sinceMs ?? nowMs
  const trouble = { problem: sent.problem, detail: sent.detail.slice(0, 300), sinceMs }
  if (nowMs - tried.out.atMs > givenUpAfterMs) return withState(without, { ...before, lost: before.lost + 1, trouble })
  const waitMs = waits[Math.min(tried.tries, waits.length - 1)] ?? 0
  const later = (one: Waiting) => (isTried(one) ? { ...one, tries: one.tries + 1, nextMs: nowMs + waitMs } : one)
  return withState({ ...state, waiting: state.waiting.map(later) }, { ...before, trouble })
}

/** The oldest give way: what is now counts for more. */
function bounded(state: OutboxState): OutboxState {
  const surplus = state.waiting.slice(0, Math.max(0, state.waiting.length - mostWaiting))
  const kept: OutboxState = { ...state, waiting: state.waiting.slice(surplus.length) }
  return surplus.reduce((now, { channel }) => {
    const before = stateOf(now, channel)
    return withState(now, { ...before, lost: before.lost + 1 })
  }, kept)
}
