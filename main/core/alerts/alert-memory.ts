// What the rules know of each appliance, and how it comes back after the console was started anew: what was wrong goes on
// being wrong until somebody looks, and a trend does not begin again.
import type { Alert } from '../../../shared/domain/alert.ts'
import type { AlertBook } from '../../../shared/observe/alerts/book.ts'
import { memoryKey, type Remembered } from '../../../shared/observe/alerts/measure.ts'
import type { AlertRule } from '../../../shared/observe/alerts/rules.ts'
import type { KnownDevices } from '../../../shared/observe/alerts/seen.ts'
import type { Track } from '../../../shared/observe/alerts/track.ts'
import { type ApplianceWatch, newWatch } from '../../../shared/observe/alerts/watch-appliance.ts'
import type { KeptAlertMemory } from '../../store/alerts.ts'

export type Watched = { watch: ApplianceWatch; devices: KnownDevices }

export function watchedFrom(
  kept: KeptAlertMemory,
  { active, past }: AlertBook,
  rules: readonly AlertRule[],
): Map<string, Watched> {
  const all = new Map<string, Watched>()
  const of = (appliance: string) => {
    const known = all.get(appliance) ?? { watch: newWatch, devices: new Map() }
    all.set(appliance, known)
    return known
  }
  for (const { appliance, devices, memory } of kept) {
    all.set(appliance, { watch: { ...newWatch, memory: new Map(memory) }, devices: new Map(devices) })
  }
  for (const alert of [...past.filter(({ over }) => over?.how === 'cleared'), ...active]) {
    const rule = rules.find(({ id }) => id === alert.rule)
    if (rule === undefined) continue
    const known = of(alert.appliance)
    const key = memoryKey(rule, alert.subject)
    const tracks = new Map(known.watch.tracks).set(key, { rule, subject: alert.subject, track: trackOf(alert) })
    known.watch = { ...known.watch, tracks }
  }
  return all
}

function trackOf({ over, sinceMs, firedMs, seenMs, value, flaps }: Alert): Track {
  const common = { sinceMs, firedMs, value, flaps, clearSinceMs: undefined }
  if (over === undefined) return { ...common, state: 'firing', lastMs: seenMs, overMs: 0 }
  return { ...common, state: 'over', lastMs: over.atMs, overMs: over.atMs }
}

/** A few minutes of a histogram are not worth a place on the disk. */
export function keptOf(all: ReadonlyMap<string, Watched>): KeptAlertMemory {
  return [...all].flatMap(([appliance, { watch, devices }]) => {
    const memory = [...watch.memory].flatMap(([key, one]) => (isLasting(one) ? [[key, mutable(one)]] : []))
    if (memory.length === 0 && devices.size === 0) return []
    return [{ appliance, devices: [...devices], memory: memory as KeptAlertMemory[number]['memory'] }]
  })
}

type Lasting = Exclude<Remembered, { of: 'quantile' }>

function isLasting(one: Remembered): one is Lasting {
  return one.of !== 'quantile'
}

function mutable(one: Lasting): KeptAlertMemory[number]['memory'][number][1] {
  const pairs = (all: readonly (readonly [number, number])[]): [number, number][] => all.map(([at, is]) => [at, is])
  return one.of === 'growth' ? { ...one, grown: pairs(one.grown) } : { ...one, points: pairs(one.points) }
}
