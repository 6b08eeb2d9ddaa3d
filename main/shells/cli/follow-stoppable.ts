// Work of many minutes that is followed from a terminal: its events are shown as they come, the first Ctrl-C asks it to stop
// and waits for what it says, the second one leaves.
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { failureText } from '../../../shared/words/language.ts'
import { received } from '../../core/refusal.ts'
import { endWith } from '../../terminal/end.ts'
import { interruptedExitCode } from '../../terminal/exit-codes.ts'
import { flat, type Work } from './work.ts'

type Ending<R> = { readonly event: 'result'; readonly result: R }

type Following<E, R> = {
  /** "bench": its run and its stop. */
  readonly group: string
  readonly run: () => Promise<AsyncIterable<E | Ending<R>>>
  /** In the event that it begins with. */
  readonly idIn: (event: E | Ending<R>) => string | undefined
  readonly stop: (id: string) => Promise<Result<unknown>>
  readonly show: (event: E | Ending<R>) => void
  readonly stopping: string
  readonly cutShort: Failure
}

export async function followStoppable<E extends { readonly event: string }, R>(
  { terminal, words }: Pick<Work, 'terminal' | 'words'>,
  { group, run, idIn, stop, show, stopping, cutShort }: Following<E, R>,
): Promise<Result<R>> {
  let id: string | undefined
  let isAsked = false
  const ask = async (which: string) => {
    try {
      const heard = await flat(`${group}.stop`, stop(which))
      if (!heard.ok) terminal.complain(failureText(heard.failure, words).what)
    } catch {
      // The call did not get through: it goes on, and the second Ctrl-C is there.
    }
  }
  const onSignal = () => {
    if (isAsked || id === undefined) return terminal.leave(endWith(cutShort, terminal, words, interruptedExitCode))
    isAsked = true
    terminal.say(stopping)
    void ask(id)
  }
  process.on('SIGINT', onSignal)
  try {
    const events = await received(`${group}.run`, run())
    if (!events.ok) return events
    let result: R | undefined
    const showAll = async () => {
      for await (const event of events.value) {
        id ??= idIn(event)
        if (isEnding(event)) result = event.result
        show(event)
      }
    }
    const consumed = await received(`${group}.run`, showAll())
    if (!consumed.ok) return consumed
    return result === undefined ? fail(cutShort) : ok(result)
  } finally {
    process.removeListener('SIGINT', onSignal)
  }
}

function isEnding<E extends { readonly event: string }, R>(event: E | Ending<R>): event is Ending<R> {
  return event.event === 'result'
}
