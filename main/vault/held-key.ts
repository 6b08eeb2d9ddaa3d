// The one thing an unlocked vault holds: the data key, until it is locked by a person, by time, or because the file
// got another key. Locking overwrites it.
import type { DataKey } from './data-key.ts'
import { type IdleTools, idleLock } from './idle-lock.ts'

export type HeldKey = {
  /** Undefined: locked for this file. */
  of(keyId: string): Buffer | undefined
  /** How often a person has locked until now: for `hold`. */
  locks(): number
  /** False, and the key is wiped, when a person has locked since. */
  hold(key: Pick<DataKey, 'keyId' | 'key'>, sinceLocks: number): boolean
  used(): void
  lockByPerson(): void
  /** Nothing was unlocked since a person locked. */
  lockedByPerson(): boolean
}

export function heldKey(idleMilliseconds: number | undefined, tools: IdleTools): HeldKey {
  let held: Pick<DataKey, 'keyId' | 'key'> | undefined
  let locks = 0
  let byPerson = false
  const wipe = () => {
    idle.stop()
    held?.key.fill(0)
    held = undefined
  }
  const idle = idleLock(idleMilliseconds, tools, wipe)
  return {
    of(keyId) {
      if (held !== undefined && (held.keyId !== keyId || idle.overdue())) wipe()
      return held?.key
    },
    locks: () => locks,
    hold({ keyId, key }, sinceLocks) {
      if (locks !== sinceLocks) {
        key.fill(0)
        return false
      }
      wipe()
      held = { keyId, key }
      byPerson = false
      idle.used()
      return true
    },
    used() {
      if (held !== undefined) idle.used()
    },
    lockByPerson() {
      locks += 1
      byPerson = true
      wipe()
    },
    lockedByPerson: () => byPerson,
  }
}
