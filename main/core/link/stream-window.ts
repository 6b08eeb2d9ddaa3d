// The server's side of flow control: a stream sends as many items as it has credit for. A `log` is not
// pulled without credit, so a reader that stops, stops the source. `latest` is pulled at its own pace, and
// only the newest item waits. A reader that leaves, or whose link dies, ends the source in every state.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StreamKind } from '../../../shared/contract/call.ts'
import { windowItems } from '../../../shared/contract/flow.ts'
import { newestValue } from '../newest-value.ts'
import { refuse } from '../refusal.ts'

/** A page shows some streams at once; this many open ones are a mistake. */
const mostStreams = 200

/** The credit of one link's streams, by id. */
export type Credits = {
  open(stream: string, kind: StreamKind): StreamCredit
  give(stream: string, items: number): void
  /** Streams that are open now. */
  count(): number
}

type StreamCredit = {
  /** Resolves with true when one more item may be sent, with false when the stream has ended. */
  take(): Promise<boolean>
  end(): void
}

type Account = { left: number; readonly most: number; ended: boolean; wake: () => void }

export function linkCredits(): Credits {
  const accounts = new Map<string, Account>()
  return {
    count: () => accounts.size,
    open(stream, kind) {
      const problem = accounts.has(stream) ? 'this stream is open already' : 'too many streams are open'
      if (accounts.has(stream) || accounts.size >= mostStreams) {
        throw refuse({ kind: 'input-invalid', call: 'flow', problem })
      }
      const account: Account = { left: windowItems[kind], most: windowItems[kind], ended: false, wake: () => undefined }
      accounts.set(stream, account)
      return {
        async take() {
          while (account.left === 0 && !account.ended) {
            await new Promise<void>((resolve) => {
              account.wake = resolve
            })
          }
          if (account.ended) return false
          account.left -= 1
          return true
        },
        end() {
          account.ended = true
          account.wake()
          accounts.delete(stream)
        },
      }
    },
    give(stream, items) {
      const account = accounts.get(stream)
      if (account === undefined) return
      // Never more than the window, whatever a reader claims to have read.
      account.left = Math.min(account.most, account.left + items)
      account.wake()
    },
  }
}

export type StreamWindow = { readonly kind: StreamKind; readonly credit: StreamCredit; readonly signal: AbortSignal }

/** The items of a source, as credit comes in. */
export function inWindow<T>(source: AsyncIterator<T>, window: StreamWindow): AsyncIterableIterator<T> {
  const { credit, signal } = window
  const items = window.kind === 'latest' ? newestOf(source) : source
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined }
  let leave: (result: IteratorReturnResult<undefined>) => void = () => undefined
  // A promise of its own for each item: one that lasts as long as the stream would keep every item that raced with it.
  const nextOrLeft = () =>
    new Promise<IteratorResult<T>>((resolve, reject) => {
      leave = resolve
      items.next().then(resolve, reject)
    })
  let over = false
  const finish = () => {
    if (over) return
    over = true
    signal.removeEventListener('abort', finish)
    credit.end()
    leave(end)
    // A source that is waiting for something ends when that comes; nobody waits for it here.
    void Promise.resolve(items.return?.()).catch(() => undefined)
  }
  signal.addEventListener('abort', finish)
  if (signal.aborted) finish()
  return {
    async next() {
      // Left also while it waited for credit.
      if (over || !(await credit.take()) || over) return end
      try {
        const next = await nextOrLeft()
        if (next.done === true) finish()
        return next
      } catch (error) {
        finish()
        throw error
      }
    },
    async return() {
      finish()
      return end
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Pulls a source at its own pace and keeps what came last. The end, or an error, comes after it. */
function newestOf<T>(source: AsyncIterator<T>): AsyncIterator<T> {
  const newest = newestValue<T>()
  let over = false
  const pull = async () => {
    while (!over) {
      const next = await source.next()
      if (next.done === true) return
      newest.show(next.value)
      // A source that never waits must not keep everybody else waiting.
      await nextTurn()
    }
  }
  pull().then(() => newest.end(), newest.end)
  const items = newest.follow()
  return {
    next: () => items.next(),
    async return() {
      over = true
      newest.end()
      return (await source.return?.()) ?? { done: true, value: undefined }
    },
  }
}
