// How the desktop shell ends when it cannot go on: in a dialog for whoever looks at the screen, on standard error
// for whoever started it in a terminal, and with the exit code every shell has for it.
import type { Failure } from '../../../shared/domain/failure.ts'
import { failureText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'
import { endWith } from '../../terminal/end.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { Platform } from './platform-shape.ts'

export type Edge = {
  readonly platform: Pick<Platform, 'tellError' | 'exit'>
  readonly terminal: Terminal
  readonly words: Words
  /** Whether somebody reads the terminal: a dialog would only keep them waiting there. */
  readonly terminalIsRead: () => boolean
}

export type Launcher = {
  /** Something is on the screen. */
  tellOpen(): void
  /** Whether it waits to hear why there is no window; once there is one, nobody may look there any more. */
  listens(): boolean
}

/** `tell` is undefined where no launcher started this. */
export function launcherOf(tell: (() => void) | undefined): Launcher {
  let isOpen = false
  return {
    tellOpen() {
      isOpen = true
      tell?.()
    },
    listens: () => tell !== undefined && !isOpen,
  }
}

export async function endAt(edge: Edge, failure: Failure): Promise<void> {
  const { platform, terminal, words } = edge
  // The terminal first: the dialog waits for somebody.
  const code = endWith(failure, terminal, words)
  const { what, next } = failureText(failure, words)
  const title = failure.kind === 'internal' ? words.desktop.stopped : words.desktop.notStarted
  if (!edge.terminalIsRead()) await platform.tellError(title, `${what}\n${next}`)
  platform.exit(code)
}
