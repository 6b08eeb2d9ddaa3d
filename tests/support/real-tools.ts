// The tools of a core with the process's own time and chance. Also used by child processes, so nothing of a test
// runner is in it.
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CoreTools } from '../../main/core/core-tools.ts'

const beganMs = Date.now()

/** `timesFaster`: so many of the core's seconds pass in one. */
export function realTools(sshFolder: string, timesFaster = 1): CoreTools {
  return {
    user: 'li',
    computer: 'pc-12',
    platform: 'linux',
    // What the lab makes is nobody's; who vouches for what has tests of its own.
    allowsUnsigned: true,
    sshFolder,
    now: () => new Date(beganMs + (Date.now() - beganMs) * timesFaster).toISOString(),
    clock: () => performance.now() * timesFaster,
    // An abort ends it early, and is no error.
    pause: (milliseconds, signal) =>
      sleep(milliseconds / timesFaster, undefined, signal && { signal }).catch(() => undefined),
    randomId: () => randomBytes(4).toString('hex'),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  }
}
