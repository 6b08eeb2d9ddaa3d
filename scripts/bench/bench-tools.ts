// The tools of a core that is measured, and what a bench takes for granted.
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CoreTools } from '../../main/core/core-tools.ts'
import type { Result } from '../../shared/domain/failure.ts'

export function benchTools(folder: string): CoreTools {
  return {
    user: 'bench',
    platform: process.platform,
    // What the lab makes is nobody's.
    allowsUnsigned: true,
    sshFolder: folder,
    now: () => new Date().toISOString(),
    clock: () => performance.now(),
    pause: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined),
    randomId: () => randomBytes(4).toString('hex'),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  }
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
