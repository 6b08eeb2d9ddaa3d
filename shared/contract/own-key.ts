// The use-once password: an appliance's login becomes a key that Rackside makes for it, and the password is forgotten.
import * as z from 'zod'
import { access, address, applianceName } from '../domain/appliance.ts'
import { ownKeyOutcome } from '../domain/own-key.ts'
import { call } from './call.ts'

export const ownKeyCalls = {
  /**
   * Logs in as until now, adds the key to those that log in there, and dials anew with it alone. Where that does not
   * work everything is as it was: key-not-accepted. `keepForSudo`: where sudo asks for a password, the login's own is
   * kept in the vault for sudo alone; without it none is. `login`: how it is entered now, where it is not saved under
   * this name yet, or is saved with another login; it is saved once the key works.
   */
  install: call(
    { effect: 'change', right: 'operate', audit: 'own-key-install' },
    z.strictObject({
      name: applianceName,
      login: z.strictObject({ address, ...access.shape }).optional(),
      keepForSudo: z.boolean(),
    }),
    ownKeyOutcome,
  ),
}
