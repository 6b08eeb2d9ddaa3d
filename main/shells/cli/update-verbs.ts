// `rackside update check` and `take`: a signed file, carried here by hand, is looked at or kept. What installs it is the
// system's own package manager, started by a person.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { installWords } from '../../../shared/domain/update-file.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { statePlace } from '../../console-host/state-place.ts'
import { processTools } from '../../console-host/this-computer.ts'
import { releaseQuestion } from '../../core/update/read-release.ts'
import { type CheckedUpdate, checkUpdate, takeUpdate } from '../../core/update/take-update.ts'
import { wholePath } from './target.ts'
import type { UpdateInvocation } from './update-arguments.ts'
import type { Work } from './work.ts'

type UpdateWork = Pick<Work, 'terminal' | 'words'>

export function runUpdate(work: UpdateWork, { act, file }: UpdateInvocation): Result<number> {
  const path = wholePath('FILE', file)
  if (!path.ok) return path
  const { platform, version = '', now } = processTools
  const question = releaseQuestion(path.value, { version, platform, arch: process.arch, now: now() })
  return act === 'take' ? take(work, question, version) : check(work, question, version)
}

type Question = ReturnType<typeof releaseQuestion>

function check(work: UpdateWork, question: Question, installed: string): Result<number> {
  const checked = checkUpdate(question)
  if (!checked.ok) return checked
  sayGood(work, checked.value, installed)
  work.terminal.result(checked.value)
  return ok(0)
}

function take(work: UpdateWork, question: Question, installed: string): Result<number> {
  const { terminal, words } = work
  const taken = takeUpdate(question, statePlace(process.env))
  if (!taken.ok) return taken
  const command = installWords(taken.value.package.kind, taken.value.path)
  const line = command.map((word) => (process.platform === 'win32' ? `"${word}"` : quoteWord(word))).join(' ')
  sayGood(work, taken.value, installed)
  terminal.say(words.update.taken(taken.value.path))
  terminal.say(command.length === 1 ? words.update.start(line) : words.update.install(line))
  terminal.result({ ...taken.value, install: command })
  return ok(0)
}

function sayGood({ terminal, words }: UpdateWork, checked: CheckedUpdate, installed: string): void {
  const { version, expires, package: one } = checked
  terminal.say(words.update.good(version, installed, one.name, bytesText(one.bytes)))
  terminal.say(words.update.vouchedUntil(expires))
}
