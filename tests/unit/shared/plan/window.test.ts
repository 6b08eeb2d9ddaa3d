// A maintenance window against a week that is walked through minute by minute.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MaintenanceWindow, weekday } from '../../../../shared/domain/interruption.ts'
import { minutesUntilOpen, type WeekMoment } from '../../../../shared/plan/window.ts'

const at = (day: (typeof weekday.options)[number], time: string): WeekMoment => {
  const [hours, minutes] = time.split(':').map(Number)
  return { weekday: weekday.options.indexOf(day), minute: (hours ?? 0) * 60 + (minutes ?? 0) }
}
const night: MaintenanceWindow = { from: '22:00', to: '05:00' }

describe('a window', () => {
  it.each([
    [night, at('wed', '22:00'), 0],
    [night, at('thu', '04:59'), 0],
    [night, at('thu', '05:00'), 17 * 60],
    [night, at('wed', '21:59'), 1],
    [{ ...night, days: ['sat'] }, at('sun', '04:00'), 0],
    [{ ...night, days: ['sat'] }, at('sat', '04:00'), 18 * 60],
    [{ ...night, days: ['sun'] }, at('mon', '01:00'), 0],
    [{ from: '00:00', to: '00:00', days: ['sun'] }, at('sun', '23:59'), 0],
    [{ from: '00:00', to: '00:00', days: ['sun'] }, at('mon', '00:00'), 6 * 24 * 60],
  ] as [MaintenanceWindow, WeekMoment, number][])('%j at %j opens in %i minutes', (window, moment, minutes) => {
    expect(minutesUntilOpen(window, moment)).toBe(minutes)
  })

  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  const windows = fc.record({ from: time, to: time, days: fc.subarray([...weekday.options], { minLength: 1 }) })

  it('is open exactly as long as it lasts, and the minutes until then are those that pass', () => {
    fc.assert(
      fc.property(windows, fc.nat(7 * 24 * 60 - 1), (window, start) => {
        const open = (minute: number) => {
          const moment = { weekday: Math.floor(minute / 1440) % 7, minute: minute % 1440 }
          return minutesUntilOpen(window, moment)
        }
        const until = open(start)
        if (until === 0) return true
        // Closed on the whole way, open at its end.
        return open(start + until) === 0 && open(start + until - 1) === 1 && open(start + Math.floor(until / 2)) > 0
      }),
    )
  })
})
