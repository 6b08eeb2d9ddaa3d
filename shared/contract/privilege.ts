// The watch helper: what a login that only watches has of root on an appliance. Its exact texts can be read before
// anything is installed.
import * as z from 'zod'
import { address } from '../domain/appliance.ts'
import { call } from './call.ts'

const { user } = address.shape

const placedFile = z.strictObject({
  path: z.string(),
  mode: z.string(),
  text: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const watchHelperTexts = z.strictObject({
  user,
  /** Another version on the appliance is not used. */
  version: z.string(),
  script: placedFile,
  sudoers: placedFile,
})
export type WatchHelperTexts = z.infer<typeof watchHelperTexts>

/** `target`: an appliance as the contract's calls name one. */
export function privilegeCalls<T extends z.ZodType>(target: T) {
  return {
    /** The files as they would be put in place for this login name, byte for byte. */
    watchHelper: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ user }), watchHelperTexts),
    /** Puts both files in place, with a login that may act as root; those of another user or version are replaced. */
    installWatchHelper: call(
      { effect: 'change', right: 'operate', audit: 'watch-helper-install', asksAgain: true },
      z.strictObject({ target, user }),
      z.strictObject({ version: z.string() }),
    ),
    removeWatchHelper: call(
      { effect: 'change', right: 'operate', audit: 'watch-helper-remove', asksAgain: true },
      z.strictObject({ target }),
      z.strictObject({}),
    ),
  }
}
