// The maintenance window on the clock on this computer's wall.
import type { MaintenanceWindow } from '../../../shared/domain/interruption.ts'
import { minutesUntilOpen } from '../../../shared/plan/window.ts'

/** When it opens, UTC; undefined while it is open, and where there is none. */
export function opensAt(window: MaintenanceWindow | undefined, now: string): string | undefined {
  if (window === undefined) return undefined
  const at = new Date(now)
  const moment = { weekday: (at.getDay() + 6) % 7, minute: at.getHours() * 60 + at.getMinutes() }
  const minutes = minutesUntilOpen(window, moment)
  if (minutes === 0) return undefined
  at.setMinutes(at.getMinutes() + minutes, 0, 0)
  return at.toISOString()
}

/** A clock that is set, or summer time, may bring it nearer: nobody sleeps through to the end. */
export function windowPauseMs(until: string, now: string): number {
  return Math.min(60_000, Math.max(1000, Date.parse(until) - Date.parse(now)))
}
