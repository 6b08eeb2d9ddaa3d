// The computer of a person who uses the product: a home of its own with the lab's key in .ssh, and a state
// folder of its own. Nothing of whoever runs the tests is read or written.
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabAppliance } from './lab.ts'
import { removeAfterLastLook } from './last-look.ts'

export const keyName = 'id_ed25519'

export interface PersonHome {
  /** HOME and RACKSIDE_HOME, beside what the machine needs. */
  readonly environment: Readonly<Record<string, string>>
  /** A machine that was made anew has new keys: the login's too. */
  takeKeyOf(appliance: LabAppliance): void
  remove(): void
}

export function personHome(): PersonHome {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-person-'))
  const keys = join(folder, '.ssh')
  mkdirSync(keys, { mode: 0o700 })
  const kept = ['PATH', 'TMPDIR', 'DISPLAY', 'XAUTHORITY', 'RACKSIDE_CI'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    environment: {
      ...Object.fromEntries(kept),
      HOME: folder,
      RACKSIDE_HOME: join(folder, 'state'),
      // The lab's own bundles are not signed.
      RACKSIDE_ALLOW_UNSIGNED: '1',
      // One language and clock for every machine; the pages choose theirs by hand.
      LANG: 'en_US.UTF-8',
      TZ: 'UTC',
    },
    takeKeyOf: ({ identityFile }) => copyFileSync(identityFile, join(keys, keyName)),
    remove: () => removeAfterLastLook(folder),
  }
}
