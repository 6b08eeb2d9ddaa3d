// `rackside start` and `rackside desktop`: the desktop window where one can be had. `start` otherwise says in one line
// why not, and leaves the rest to the web shell, which the launcher then loads.
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { failureText } from '../../../shared/words/language.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { endWith, internal } from '../../terminal/end.ts'
import { splitWords, usage, wrongOption } from '../../terminal/option-words.ts'
import { spokenLanguage } from '../../terminal/spoken-language.ts'
import { openTerminal } from '../../terminal/terminal.ts'
import { openDesktopWindow } from './desktop.ts'

const patience = { stallMilliseconds: 10_000, windowMilliseconds: 30_000 }

/** Sets the exit code of this process when it returns 'ended'. */
export async function openDesktop(place: string, verb: 'start' | 'desktop'): Promise<'ended' | 'go-on-in-browser'> {
  const words = process.argv.slice(2)
  const language = spokenLanguage(words, process.env)
  const sentences = wordsOf(language)
  const terminal = openTerminal(words.includes('--json'))
  const end = (failure: Failure) => {
    process.exitCode = endWith(failure, terminal, sentences)
    return 'ended' as const
  }
  process.once('uncaughtException', (error) => terminal.leave(endWith(internal(error), terminal, sentences)))
  // Whoever says how the browser's shell is to be opened wants that one; it also says what is wrong with a word.
  const order = readOrder(words, verb)
  if (verb === 'start' && !order.ok) return 'go-on-in-browser'
  if (!order.ok) return end(order.failure)
  const { platform, env: environment } = process
  const desktop = { place, platform, environment, userId: process.getuid?.(), language, patience }
  const opened = await openDesktopWindow(desktop, terminal, sentences.shells)
  if (opened.ok) {
    process.exitCode = opened.value
    return 'ended'
  }
  if (verb === 'desktop') return end(opened.failure)
  terminal.complain(`${failureText(opened.failure, sentences).what} ${sentences.shells.inBrowserInstead}`)
  process.removeAllListeners('uncaughtException')
  return 'go-on-in-browser'
}

function readOrder(words: readonly string[], verb: 'start' | 'desktop'): Result<void> {
  const { positionals, wrong } = splitWords(words, { lang: { type: 'string' }, json: { type: 'boolean' } })
  if (wrong !== undefined) return wrongOption(wrong, verb, ['lang', 'json'])
  const surplus = positionals[1]
  return surplus === undefined ? ok(undefined) : usage('one-word-too-many', surplus, { command: verb })
}
