// The keys that log in to the simulated machine, beside the one of this console: lines of the same file as on a real one.
import { loginKeysExit } from '../../../shared/domain/script-exits.ts'
import { drillIsOn, fullDiskComplaint, type Machine } from '../machine.ts'
import type { Workers } from './work.ts'

const file = '/home/ops/.ssh/authorized_keys'

/** The blobs of ed25519 keys, as base64. */
export function loginKeysOf({ state }: Machine): string[] {
  return linesOf(state.files).map(keyOf)
}

export function loginKeysWorkers(machine: Machine): Pick<Workers, 'login-key-add' | 'login-key-remove'> {
  return {
    'login-key-add': async ({ head: { line }, write, complain }) => {
      const present = loginKeysOf(machine).includes(keyOf(line))
      if (!present && drillIsOn(machine, 'fill-disk')) {
        complain(`printf: write error: ${fullDiskComplaint}\n${file}`)
        return loginKeysExit.write
      }
      if (!present) {
        machine.change(({ files }) => {
          files[file] = `${files[file] ?? ''}${line}\n`
        })
      }
      await write(present ? 'present\n' : 'added\n')
      return 0
    },
    'login-key-remove': async ({ head: { key }, write }) => {
      const lines = linesOf(machine.state.files)
      const others = lines.filter((line) => keyOf(line) !== key)
      if (others.length < lines.length) {
        machine.change(({ files }) => {
          files[file] = others.map((line) => `${line}\n`).join('')
        })
      }
      await write(others.length < lines.length ? 'removed\n' : 'absent\n')
      return 0
    },
  }
}

function linesOf(files: Machine['state']['files']): string[] {
  return (files[file] ?? '').split('\n').filter((line) => line !== '')
}

function keyOf(line: string): string {
  return /ssh-ed25519 ([A-Za-z0-9+/]+)/.exec(line)?.[1] ?? ''
}
