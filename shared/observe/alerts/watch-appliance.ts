// All rules on one appliance: what was seen goes in with what is known, and out comes what is known now and what began
// or ended by it. Looks that did not take place are no looks.
import type { Alert } from '../../domain/alert.ts'
import { foundIn, type Memory, measured, memoryKey, type Remembered } from './measure.ts'
import { type Observation, seriesParts } from './observation.ts'
import type { AlertRule } from './rules.ts'
import { afterReading, type Track } from './track.ts'

type Tracked = { readonly rule: AlertRule; readonly subject: string; readonly track: Track }

export type ApplianceWatch = {
  /** By rule and subject. */
  readonly tracks: ReadonlyMap<string, Tracked>
  readonly memory: Memory
  /** Of the last observation, whatever it was of. */
  readonly seenMs: number | undefined
}

export const newWatch: ApplianceWatch = { tracks: new Map(), memory: new Map(), seenMs: undefined }

/** `still`: it goes on, with the value that it has now. */
export type AlertChange = {
  readonly is: 'firing' | 'still' | 'over'
  readonly how: NonNullable<Alert['over']>['how']
  readonly rule: AlertRule
  readonly subject: string
  readonly track: Track
}

type Outcome = { readonly watch: ApplianceWatch; readonly changes: readonly AlertChange[] }

const setBackMs = 10 * 60_000
const unseenAfterMs = 24 * 3_600_000

export function afterObservation(watch: ApplianceWatch, seen: Observation, rules: readonly AlertRule[]): Outcome {
  const found = foundIn(seen)
  const draft = draftOf(watch)
  for (const rule of rules) {
    const { readings, kept } = measured(rule, found, draft.memory())
    for (const [key, remembered] of kept) draft.remember(key, remembered)
    for (const { subject, value } of readings) {
      draft.judge(rule, subject, { atMs: seen.atMs, everyMs: seen.everyMs, value })
    }
  }
  for (const head of seen.whole ?? []) draft.dropMissing(head, found.byName)
  const isNewer = watch.seenMs === undefined || seen.atMs > watch.seenMs || watch.seenMs - seen.atMs > setBackMs
  return draft.outcome(isNewer ? seen.atMs : watch.seenMs)
}

type Tick = {
  readonly nowMs: number
  readonly everyMs: number
  /** Since when somebody looks at it without a break; undefined: nobody does. */
  readonly watchedSinceMs: number | undefined
}

/** What is so because nothing came. Nobody misses what nobody asked for. */
export function afterTick(watch: ApplianceWatch, tick: Tick, rules: readonly AlertRule[]): Outcome {
  const { nowMs, everyMs, watchedSinceMs } = tick
  const draft = draftOf(watch)
  const silence = rules.find(({ measure }) => measure.by === 'silence')
  if (silence !== undefined && watchedSinceMs === undefined) draft.drop(silence, '', 'gone')
  if (silence !== undefined && watchedSinceMs !== undefined) {
    const sinceMs = Math.max(watch.seenMs ?? 0, watchedSinceMs)
    // Nothing has come since then, which is longer than anybody has missed it.
    draft.judge(silence, '', {
      atMs: nowMs,
      everyMs,
      value: Math.max(0, (nowMs - sinceMs) / 1000),
      sinceMs: Math.min(sinceMs, nowMs),
    })
  }
  for (const { rule, subject, track } of watch.tracks.values()) {
    if (nowMs - track.lastMs > unseenAfterMs) draft.drop(rule, subject, 'unseen')
  }
  return draft.outcome(watch.seenMs)
}

/** Rules that are not among these any more end what they said. */
export function afterRules(watch: ApplianceWatch, rules: readonly AlertRule[]): Outcome {
  const draft = draftOf(watch)
  for (const { rule, subject } of watch.tracks.values()) {
    if (!rules.some(({ id }) => id === rule.id)) draft.drop(rule, subject, 'gone')
  }
  return draft.outcome(watch.seenMs)
}

/** Maps are copied when the first thing in them changes: most looks change nothing. */
function draftOf(watch: ApplianceWatch) {
  let tracks: Map<string, Tracked> | undefined
  let memory: Map<string, Remembered> | undefined
  const changes: AlertChange[] = []
  const tracksNow = () => tracks ?? watch.tracks
  const change = (key: string, next: Tracked | undefined) => {
    tracks ??= new Map(watch.tracks)
    if (next === undefined) tracks.delete(key)
    else tracks.set(key, next)
  }
  return {
    memory: () => memory ?? watch.memory,
    remember(key: string, remembered: Remembered) {
      memory ??= new Map(watch.memory)
      memory.set(key, remembered)
    },
    judge(rule: AlertRule, subject: string, reading: Parameters<typeof afterReading>[1]) {
      const key = memoryKey(rule, subject)
      const before = tracksNow().get(key)?.track
      const saysIt = rule.unless !== undefined && tracksNow().get(`${rule.unless} ${subject}`)?.track.state === 'firing'
      if (saysIt && before?.state !== 'firing') return
      const track = afterReading(before, reading, rule)
      if (track === before) return
      change(key, track === undefined ? undefined : { rule, subject, track })
      if (track?.state === 'firing') {
        changes.push({ is: before?.state === 'firing' ? 'still' : 'firing', how: 'cleared', rule, subject, track })
      } else if (track?.state === 'over' && before?.state === 'firing') {
        changes.push({ is: 'over', how: 'cleared', rule, subject, track })
      }
    },
    drop(rule: AlertRule, subject: string, how: AlertChange['how']) {
      const key = memoryKey(rule, subject)
      const known = tracksNow().get(key)
      if (known === undefined) return
      change(key, undefined)
      if (known.track.state === 'firing') changes.push({ is: 'over', how, rule, subject, track: known.track })
    },
    dropMissing(head: string, byName: ReadonlyMap<string, number>) {
      const names = [...byName.keys()].filter((name) => name.startsWith(`${head}/`))
      const there = new Set(names.map((name) => seriesParts(name).subject))
      for (const { rule, subject } of [...tracksNow().values()]) {
        if (isAbout(rule, head) && !there.has(subject)) this.drop(rule, subject, 'gone')
      }
    },
    outcome: (seenMs: number | undefined): Outcome => ({
      watch:
        tracks === undefined && memory === undefined && seenMs === watch.seenMs
          ? watch
          : { tracks: tracksNow(), memory: memory ?? watch.memory, seenMs },
      changes,
    }),
  }
}

function isAbout({ measure }: AlertRule, head: string): boolean {
  return measure.by === 'level' && measure.series.every((pattern) => pattern.startsWith(`${head}/*/`))
}
