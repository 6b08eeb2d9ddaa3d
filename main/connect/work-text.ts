// A command or a script as the text that the wrapper evaluates, and the name messages use for it.
import type { Command, Script } from '../../shared/domain/command.ts'
import { commandLine } from '../../shared/domain/quote.ts'

export function workText(what: Command | Script): string {
  return 'text' in what ? what.text : commandLine(what)
}

export function workName(what: Command | Script): string {
  return 'text' in what ? what.name : what.words[0]
}
