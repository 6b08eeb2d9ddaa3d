// The alerts of this console: what is seen goes in, what people are to be told goes out, and what is known is on the
// disk. What is shown and what is set is done by the use cases beside it.
import { type Alert, usualAlertPolicy } from '../../../shared/domain/alert.ts'
import type { ChannelState } from '../../../shared/domain/alert-channel.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { type AlertBook, acknowledged, afterChanges, noticesAt } from '../../../shared/observe/alerts/book.ts'
import { type Message, messagesOf } from '../../../shared/observe/alerts/messages.ts'
import type { Observation } from '../../../shared/observe/alerts/observation.ts'
import { type AlertRule, rulesWith } from '../../../shared/observe/alerts/rules.ts'
import { seenInSample } from '../../../shared/observe/alerts/seen.ts'
import {
  type AlertChange,
  afterObservation,
  afterRules,
  afterTick,
  newWatch,
} from '../../../shared/observe/alerts/watch-appliance.ts'
import type { Notifier, Outgoing } from '../../alerts/channels/channel.ts'
import type { Outbox } from '../../alerts/outbox.ts'
import type { ToldLog } from '../../alerts/told-log.ts'
import type { alertDocumentsIn, KeptAlertSettings } from '../../store/alerts.ts'
import type { CoreTools } from '../core-tools.ts'
import { keptOf, type Watched, watchedFrom } from './alert-memory.ts'

export const tickMs = 15_000
const memoryEveryMs = 10 * 60_000

export type AlertKeeper = {
  /** What was seen now of one appliance; what comes later than others, or again, changes nothing. */
  note(seen: Observation): void
  noteSample(appliance: string, sample: Sample, everyMs: number): void
  /**
   * Each `tickMs`. `watched`: since when each appliance of the list is looked at without a break; undefined: nobody does,
   * and what was said of it stands. What is not on the list any more is nobody's.
   */
  tick(watched: ReadonlyMap<string, number | undefined>): Promise<void>
  book(): AlertBook
  settings(): Result<KeptAlertSettings>
  /** From now on. */
  change(next: KeptAlertSettings): Result<void>
  /** Undefined where there is no such alert. */
  acknowledge(id: string, by: string): Result<Alert | undefined>
  channelStates(): ChannelState[]
  /** What waits for a channel that is not there any more. */
  forgetChannel(channel: string): void
  /** Why what is known is not on the disk. */
  notStored(): string | undefined
  /** The shell with a window brings the means for it. */
  notifier: Notifier | undefined
  /** Tries what waits. */
  flush(): Promise<void>
  close(): void
}

type KeeperTools = Pick<CoreTools, 'now' | 'randomId'> & {
  readonly documents: ReturnType<typeof alertDocumentsIn>
  readonly outbox: Outbox
  readonly told: ToldLog
  readonly word: (message: Message) => Outgoing
}

type Opened = { settings: KeptAlertSettings; rules: AlertRule[]; book: AlertBook; all: Map<string, Watched> }

export function alertKeeper({ documents, outbox, told: log, word, now, randomId }: KeeperTools): AlertKeeper {
  let opened: Opened | undefined
  let notStored: string | undefined
  let tickedMs: number | undefined
  let resumedMs = 0
  let rememberedMs = 0
  let hasNews = false
  const nowMs = () => Date.parse(now())

  function stored(done: Result<void>): void {
    notStored = done.ok || done.failure.kind !== 'state-unwritable' ? undefined : done.failure.detail
  }

  /** What cannot be read is said; alerts go on with what is usual. */
  function open(): Opened {
    if (opened !== undefined) return opened
    const [settings, book, memory] = [documents.settings.read(), documents.book.read(), documents.memory.read()]
    for (const read of [settings, book, memory]) if (!read.ok) stored(read)
    const set = settings.ok ? settings.value : { overrides: [], channels: [], quiets: [], policy: usualAlertPolicy }
    const known = book.ok ? book.value : { active: [], past: [] }
    const rules = rulesWith(set.overrides)
    opened = { settings: set, rules, book: known, all: watchedFrom(memory.ok ? memory.value : [], known, rules) }
    return opened
  }

  function of(appliance: string): Watched {
    const { all } = open()
    const known = all.get(appliance) ?? { watch: newWatch, devices: new Map() }
    all.set(appliance, known)
    return known
  }

  function take(appliance: string, changes: readonly AlertChange[]): void {
    if (changes.length === 0) return
    const state = open()
    state.book = afterChanges(state.book, changes, { appliance, newId: () => `alert-${randomId()}` })
    if (changes.some(({ is }) => is !== 'still')) stored(documents.book.write(mutable(state.book)))
  }

  /** Who is to be told is first in the outbox, and then known to be told: a crash between the two tells it again. */
  function tell(): void {
    const state = open()
    const { quiets, policy, channels } = state.settings
    const atMs = nowMs()
    const told = noticesAt(state.book, { nowMs: atMs, quiets, policy, channels })
    if (told.book === state.book) return
    const messages = messagesOf(told.notices).map((one) => ({ ...one, out: mutableOut(word(one)) }))
    stored(log.put(atMs, messages.flatMap(keptMessages)))
    stored(outbox.put(messages.map(({ channel, out }) => ({ channel: channel.id, out }))))
    state.book = told.book
    stored(documents.book.write(mutable(state.book)))
    void outbox.flush()
  }

  function remember(): void {
    rememberedMs = nowMs()
    if (opened === undefined || !hasNews) return
    hasNews = false
    stored(documents.memory.write(keptOf(opened.all)))
  }

  function note(seen: Observation): void {
    const known = of(seen.appliance)
    const { watch, changes } = afterObservation(known.watch, seen, open().rules)
    known.watch = watch
    hasNews = true
    take(seen.appliance, changes)
    tell()
  }

  return {
    note,
    noteSample(appliance, sample, everyMs) {
      const known = of(appliance)
      const { values, known: devices } = seenInSample(sample, known.devices)
      known.devices = devices
      note({ appliance, atMs: sample.atMs, everyMs, values })
    },
    async tick(watched) {
      const at = nowMs()
      // The computer slept, or its clock was set: nobody looked, and nothing was missed.
      if (tickedMs === undefined || at - tickedMs > 4 * tickMs || at < tickedMs) resumedMs = at
      tickedMs = at
      for (const appliance of new Set([...open().all.keys(), ...watched.keys()])) {
        const sinceMs = watched.get(appliance)
        if (watched.has(appliance) && sinceMs === undefined) continue
        const known = of(appliance)
        const tick = { nowMs: at, everyMs: tickMs, watchedSinceMs: Math.max(sinceMs ?? 0, resumedMs) }
        const { watch, changes } =
          sinceMs === undefined ? afterRules(known.watch, []) : afterTick(known.watch, tick, open().rules)
        known.watch = watch
        take(appliance, changes)
      }
      tell()
      if (at - rememberedMs >= memoryEveryMs || at < rememberedMs) remember()
      await outbox.flush()
    },
    book: () => open().book,
    settings() {
      const read = documents.settings.read()
      return read.ok ? { ok: true, value: open().settings } : read
    },
    change(next) {
      const written = documents.settings.write(next)
      if (!written.ok) return written
      const state = open()
      state.settings = next
      state.rules = rulesWith(next.overrides)
      for (const [appliance, known] of state.all) {
        const { watch, changes } = afterRules(known.watch, state.rules)
        known.watch = watch
        take(appliance, changes)
      }
      tell()
      return written
    },
    acknowledge(id, by) {
      const state = open()
      const next = acknowledged(state.book, id, { atMs: nowMs(), by })
      if (next === undefined) return { ok: true, value: undefined }
      const written = documents.book.write(mutable(next))
      if (!written.ok) return written
      state.book = next
      return { ok: true, value: next.active.find((one) => one.id === id) }
    },
    channelStates: () => outbox.states(),
    forgetChannel: (channel) => outbox.forget(channel),
    notStored: () => notStored,
    notifier: undefined,
    flush: () => outbox.flush(),
    close: remember,
  }
}

function mutable({ active, past }: AlertBook): { active: Alert[]; past: Alert[] } {
  return { active: [...active], past: [...past] }
}

/** One for each alert in it, so that the report of each knows. The time is the one that the alert has for it. */
function keptMessages({
  channel: { id, list, way },
  alert,
  others,
  kind,
  out,
}: Message & { readonly out: { readonly id: string } }) {
  return [alert, ...others].map((one) => {
    const { firstMs, lastMs, escalatedMs, overMs } = one.told
    const atMs = Math.max(...[firstMs, lastMs, escalatedMs, overMs].map((ms) => ms ?? 0))
    return { message: out.id, telling: { alert: one.id, kind, atMs, channel: id, way: way.kind, list } }
  })
}

function mutableOut({ lines, data, ...out }: Outgoing) {
  return { ...out, lines: [...lines], data: { ...data } }
}
