// Where a service of an appliance is asked.
import * as z from 'zod'

/** What a request may ask a service for: no blank, line break or query, nothing that HTTP could not carry. */
export const absolutePath = z.string().regex(/^\/[A-Za-z0-9._/-]{0,200}$/)
export const servicePort = z.int().min(1).max(65_535)
