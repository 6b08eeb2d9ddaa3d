// The terminals that are open now, by their ids. There are few at once: each has a session of its appliance's sshd that
// nothing else can have.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { mostTerminals } from '../../../shared/domain/terminal.ts'
import { type Opening, openingKey } from '../access/opening.ts'
import type { TerminalSession } from './session.ts'

export type Terminals = {
  /** A place for one; `over` gives it back. Refused where there are enough, and at the end of the console. */
  begin(opening: Opening): Result<{ readonly over: () => void }>
  add(terminalId: string, open: OpenTerminal): void
  /** Nobody finds it any more. */
  remove(terminalId: string): void
  find(terminalId: string): Result<TerminalSession>
  /** Of those that are being recorded. */
  recordings(): Set<string>
  stopAll(): void
}

type OpenTerminal = { readonly recordingId: string; readonly session: TerminalSession }

export function openTerminals(): Terminals {
  const places = new Map<object, string>()
  const open = new Map<string, OpenTerminal>()
  let isClosing = false
  return {
    begin(opening) {
      if (isClosing) return fail({ kind: 'cancelled', at: 'the end of the console' })
      const key = openingKey(opening)
      const there = [...places.values()].filter((one) => one === key).length
      if (there >= mostTerminals.ofAppliance) return tooMany(mostTerminals.ofAppliance, 'appliance')
      if (places.size >= mostTerminals.inAll) return tooMany(mostTerminals.inAll, 'console')
      const place = {}
      places.set(place, key)
      return ok({ over: () => void places.delete(place) })
    },
    add(terminalId, one) {
      open.set(terminalId, one)
      // It was still being opened when the others were ended.
      if (isClosing) one.session.close('console-ended')
    },
    remove: (terminalId) => void open.delete(terminalId),
    find(terminalId) {
      const found = open.get(terminalId)
      return found === undefined ? fail({ kind: 'usage', problem: 'terminal-gone', word: '' }) : ok(found.session)
    },
    recordings: () => new Set([...open.values()].map((one) => one.recordingId)),
    stopAll() {
      isClosing = true
      for (const { session } of open.values()) session.close('console-ended')
    },
  }
}

function tooMany(most: number, of: 'appliance' | 'console'): Result<never> {
  return fail({ kind: 'usage', problem: 'terminals-open', word: String(most), other: of })
}
