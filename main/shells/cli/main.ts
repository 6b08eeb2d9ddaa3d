// The CLI shell: reads the command line, opens the console, does one verb, ends with a stable exit code.
import { readFileSync } from 'node:fs'
import { type Failure, fail, type Result } from '../../../shared/domain/failure.ts'
import { failureText, languageOfLocale, wordsOf } from '../../../shared/words/language.ts'
import type { Console } from '../../console-host.ts'
import { readCommandLine } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'
import { openTerminal } from './terminal.ts'

async function main(): Promise<number> {
  const words = process.argv.slice(2)
  const environment = process.env
  const spoken = languageOption(words) || environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG']
  const language = wordsOf(languageOfLocale(spoken))
  const terminal = openTerminal(words.includes('--json'))
  const read = readCommandLine(words)
  const end = (failure: Failure): number => {
    const code = exitCodes[failure.kind]
    const { what, next } = failureText(failure, language)
    process.stderr.write(`${what}\n${next}\n`)
    terminal.result({ failure, what, next, exitCode: code })
    return code
  }
  if (!read.ok) return end(read.failure)
  const line = read.value
  if (line.verb === 'version') {
    terminal.say(version())
    return 0
  }
  if (line.verb === 'help') {
    terminal.say(language.cli.help)
    return 0
  }
  // Loaded only now: help and version need none of it.
  const [{ openConsole }, { runVerb }] = await Promise.all([import('../../console-host.ts'), import('./verbs.ts')])
  const opened = await openConsole(environment)
  if (!opened.ok) return end(opened.failure)
  try {
    const outcome = await orOwnerGone(opened.value, runVerb(opened.value.client, line, terminal, language))
    return outcome.ok ? outcome.value : end(outcome.failure)
  } finally {
    await opened.value.close((guests) => process.stderr.write(`${language.cli.guestsLeft(guests)}\n`))
  }
}

/** A guest whose owner ends gets no answer any more; that is an expected failure, not a hang. */
function orOwnerGone(console: Console, work: Promise<Result<number>>): Promise<Result<number>> {
  const gone = console.ownerGone.then(() => fail({ kind: 'owner-gone', detail: 'while this command was using it' }))
  return Promise.race([work, gone])
}

function languageOption(words: readonly string[]): string | undefined {
  const at = words.indexOf('--lang')
  return at < 0 ? words.find((w) => w.startsWith('--lang='))?.slice('--lang='.length) : words[at + 1]
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return String((manifest as { version: unknown }).version)
}

process.exitCode = await main()
