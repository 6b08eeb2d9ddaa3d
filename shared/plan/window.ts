// When a maintenance window is open. The time is told as a moment of the week on the clock of the console's
// computer: which moment that is, is read elsewhere.
import { type MaintenanceWindow, weekday } from '../domain/interruption.ts'

/** `weekday`: 0 is Monday; `minute`: of that day. */
export type WeekMoment = { readonly weekday: number; readonly minute: number }

const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes

/** 0 while it is open. */
export function minutesUntilOpen(opening: MaintenanceWindow, { weekday: day, minute }: WeekMoment): number {
  const from = minuteOf(opening.from)
  const minutes = remainder(minuteOf(opening.to) - from - 1, dayMinutes) + 1
  const openFor = (opening.days ?? weekday.options).map((one) => {
    const began = weekday.options.indexOf(one) * dayMinutes + from
    return remainder(day * dayMinutes + minute - began, weekMinutes)
  })
  return openFor.some((since) => since < minutes) ? 0 : Math.min(...openFor.map((since) => weekMinutes - since))
}

function minuteOf(time: string): number {
  const [hours = '', minutes = ''] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Of a division that rounds down, for what lies before as well. */
function remainder(value: number, by: number): number {
  return ((value % by) + by) % by
}
