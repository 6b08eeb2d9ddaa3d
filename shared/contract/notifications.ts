// What happened while nobody looked: one list, made from what the console keeps anyway. No call of it asks an appliance.
import * as z from 'zod'
import { notification } from '../domain/notification.ts'
import { mostNotifications } from '../domain/notification-bounds.ts'
import { call } from './call.ts'

export const notificationCalls = {
  /** Newest first; of the last 30 days. What was read is known to each window's own browser. */
  list: call(
    { effect: 'read', right: 'look', audit: 'none' },
    z.strictObject({}),
    z.array(notification).max(mostNotifications),
  ),
}
