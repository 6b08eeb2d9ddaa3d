// What this user's OpenSSH configuration proposes: hosts to add, each with the id of its key file, and what of it
// could not be followed.
import * as z from 'zod'
import { address } from '../domain/appliance.ts'
import { call } from './call.ts'

const stop = { address, credentialId: z.string().max(100).optional() }

export const readSshConfigCall = call(
  { effect: 'read', right: 'operate', audit: 'none' },
  z.strictObject({}),
  z.strictObject({
    file: z.string(),
    hosts: z.array(z.strictObject({ name: z.string(), ...stop, via: z.array(z.strictObject(stop)).max(4) })).max(500),
    skipped: z.array(
      z.strictObject({
        what: z.enum(['match', 'proxy-command', 'too-many-hops', 'not-an-address']),
        name: z.string(),
      }),
    ),
  }),
)
