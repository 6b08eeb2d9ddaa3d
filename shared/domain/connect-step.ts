// What a test of a connection shows: each step of the way to an appliance, and what it found as data. Bounded: it
// comes from a server that nobody trusts yet.
import * as z from 'zod'
import { fingerprint } from './appliance.ts'
import { failure } from './failure.ts'

export const connectStepName = z.enum(['jump', 'resolve', 'connect', 'host-key', 'login', 'privilege', 'shell'])
export type ConnectStepName = z.infer<typeof connectStepName>

const text = z.string().max(500)
const names = z.array(text).max(100)

export const connectFact = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('network-address'), networkAddress: text }),
  z.strictObject({ about: z.literal('port'), host: text, port: z.int() }),
  /** `weak`: those among the algorithms that only the opt-in of this appliance allows. */
  z.strictObject({ about: z.literal('host-key'), keyType: text, fingerprint, algorithms: names, weak: names }),
  /** `method`: as SSH names it. */
  z.strictObject({ about: z.literal('login'), user: text, method: text }),
  z.strictObject({
    about: z.literal('root'),
    how: z.enum(['is-root', 'sudo-without-password', 'sudo-with-password']),
  }),
  z.strictObject({ about: z.literal('shell'), shell: text, found: names, missing: names }),
])
export type ConnectFact = z.infer<typeof connectFact>

/** `at`: the place that the step is about, "host:port"; a jump host has its own. */
const step = { step: connectStepName, at: text }
const milliseconds = z.number().nonnegative()

export const connectStep = z.discriminatedUnion('state', [
  z.strictObject({ ...step, state: z.literal('ok'), milliseconds, fact: connectFact }),
  z.strictObject({ ...step, state: z.literal('failed'), milliseconds, failure }),
  /** Not tried: something before it failed, or there is nothing to try. */
  z.strictObject({ ...step, state: z.literal('skipped') }),
])
export type ConnectStep = z.infer<typeof connectStep>
