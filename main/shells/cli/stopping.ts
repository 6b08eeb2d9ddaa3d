// Ctrl-C in a command of several stages: the first one lets the stage end and is heard before the next, a second one
// ends this process.
import type { Failure } from '../../../shared/domain/failure.ts'
import { endWith } from '../../terminal/end.ts'
import { interruptedExitCode } from '../../terminal/exit-codes.ts'
import type { Work } from './work.ts'

export type Stopping = {
  /** Aborts with the first Ctrl-C. */
  readonly signal: AbortSignal
  /** A stage; between stages nobody listens. */
  during<T>(act: () => Promise<T>): Promise<T>
  /** What is inside a stage and does itself what Ctrl-C asks for. */
  aside<T>(act: () => Promise<T>): Promise<T>
}

const leftAtOnce: Failure = { kind: 'cancelled', at: 'the end of the command' }

export function stoppingIn({ terminal, words }: Pick<Work, 'terminal' | 'words'>): Stopping {
  const asked = new AbortController()
  let isAside = false
  const onSignal = () => {
    const again = asked.signal.aborted
    asked.abort()
    if (isAside) return
    if (again) terminal.leave(endWith(leftAtOnce, terminal, words, interruptedExitCode))
    else terminal.say(words.cli.stopping)
  }
  return {
    signal: asked.signal,
    async during(act) {
      process.on('SIGINT', onSignal)
      try {
        return await act()
      } finally {
        process.removeListener('SIGINT', onSignal)
      }
    },
    async aside(act) {
      isAside = true
      try {
        return await act()
      } finally {
        isAside = false
      }
    },
  }
}
