// When a service that answers may be interrupted: inside a maintenance window, and not while somebody is waiting
// for its answer.
import * as z from 'zod'

const timeOfDay = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'not a time like 22:00')

/** From Monday on. */
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof weekday>

/**
 * Local time of the console's computer. `to` before `from`: it ends on the next day; the same time: it lasts a whole
 * day. `days`: those on which it begins; without them every day.
 */
export const maintenanceWindow = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  days: z.array(weekday).min(1).max(7).optional(),
})
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>

/** What a person allows beside the plan. Without a word: at any time, and requests under way are waited for. */
export const interruptionRules = z.strictObject({
  window: maintenanceWindow.optional(),
  evenIfBusy: z.literal(true).optional(),
})
export type InterruptionRules = z.infer<typeof interruptionRules>
