// Which message went on which channel, and what came of it: what the report of an alert says of who was told. The outbox
// forgets what it has sent.
import * as z from 'zod'
import type { Result } from '../../shared/domain/failure.ts'
import { type Telling, telling } from '../../shared/domain/incident.ts'
import type { Sent } from './channels/channel.ts'

const kept = z.strictObject({ message: z.string().max(100), telling })
/** `beganMs`: what is older was not kept; null before the first. */
export const toldState = z.strictObject({ beganMs: z.int().nullable(), kept: z.array(kept) })
export type ToldState = z.infer<typeof toldState>
export const nothingTold: ToldState = { beganMs: null, kept: [] }

const mostKept = 2000

export type ToldLog = {
  /** Before they are sent; without any it is known that nobody was told. Why it is not on the disk, as the failure. */
  put(atMs: number, messages: readonly z.infer<typeof kept>[]): Result<void>
  tried(channel: string, message: string, came: Sent & { readonly atMs: number }): void
  all(): { readonly beganMs: number | undefined; readonly tellings: readonly Telling[] }
}

type Document = { read(): Result<ToldState>; write(state: ToldState): Result<void> }

export function toldLog(document: Document): ToldLog {
  let state: ToldState | undefined

  /** One that cannot be read begins anew; the last good one stays beside it. */
  const now = () => {
    if (state === undefined) {
      const read = document.read()
      state = read.ok ? read.value : nothingTold
    }
    return state
  }

  return {
    put(atMs, messages) {
      const { beganMs, kept: before } = now()
      const all = [...before, ...messages]
      const dropped = all[all.length - mostKept - 1]
      const began = dropped === undefined ? (beganMs ?? atMs) : dropped.telling.atMs + 1
      state = { beganMs: began, kept: all.slice(-mostKept) }
      return document.write(state)
    },
    tried(channel, message, came) {
      const isIt = (one: z.infer<typeof kept>) => one.message === message && one.telling.channel === channel
      if (!now().kept.some(isIt)) return
      state = {
        ...now(),
        kept: now().kept.map((one) => (isIt(one) ? { ...one, telling: after(one.telling, came) } : one)),
      }
      // What is not on the disk is said of the outbox, which is written beside it.
      document.write(state)
    },
    all: () => ({ beganMs: now().beganMs ?? undefined, tellings: now().kept.map((one) => one.telling) }),
  }
}

function after({ problem: _, ...told }: Telling, came: Sent & { readonly atMs: number }): Telling {
  return came.ok ? { ...told, sentMs: came.atMs } : { ...told, problem: came.problem }
}
