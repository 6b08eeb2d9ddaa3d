// Calls about the way to an appliance.
import * as z from 'zod'
import { connectStep } from '../domain/connect-step.ts'
import { streamCall } from './call.ts'
import { target } from './target.ts'

export const connect = {
  /**
   * Dials anew, beside the connection that is in use, and closes what it opened. Trusts nothing by itself: an
   * unknown host key fails its step. Each step once, in order; the first that fails is followed by the rest as skipped.
   */
  test: streamCall({ effect: 'read', right: 'deliver', audit: 'none' }, 'log', z.strictObject({ target }), connectStep),
}
