// The watch helper that this version of the console knows: the two scripts that a login may run which only watches.
import { createHash } from 'node:crypto'
import { usualProbes } from '../../../shared/facts/assemble.ts'
import { makeWatchHelper, type WatchHelper } from '../../connect/watch-program.ts'
import { factsScriptOf } from '../../facts/gather.ts'
import { samplerScriptOf } from '../../observe/sampler.ts'

/** Those whose samples lack what was measured of the host since: load, swap, network, disks and temperature. */
const earlierVersions = ['8d4ed2b3f8365a73']

/** Stands in the helper's own scripts where each call puts its own. */
const nonce = 'racksidewatchnonce'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let made: WatchHelper | undefined

/** Made once. */
export function watchHelper(): WatchHelper {
  made ??= makeHelper()
  return made
}

function makeHelper(): WatchHelper {
  const asked = { nonce, privilege: 'root' } as const
  const facts = factsScriptOf(usualProbes, asked).text
  const sample = samplerScriptOf({ ...asked, seconds: 1 }).text
  return makeWatchHelper({ nonce, facts, sample }, sha256, earlierVersions)
}
