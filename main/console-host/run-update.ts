// `update check` and `take`, for every shell that has them: a signed file, carried here by hand or lying on a server of the
// site, is looked at or kept. What installs it is the system's own package manager, started by a person.
import { resolve } from 'node:path'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { installWords } from '../../shared/domain/update-file.ts'
import { bytesText } from '../../shared/words/amounts.ts'
import type { Words } from '../../shared/words/words.ts'
import { fetchUpdate, isUpdateAddress } from '../core/update/fetch-update.ts'
import { releaseQuestion } from '../core/update/read-release.ts'
import { type CheckedUpdate, checkUpdate, takeUpdate } from '../core/update/take-update.ts'
import { statePlace } from './state-place.ts'
import { processTools } from './this-computer.ts'

export type UpdateWish = { readonly act: 'check' | 'take'; readonly file: string }

export type UpdateHearer = {
  readonly terminal: { say(line: string): void; result(value: unknown): void }
  readonly words: Pick<Words, 'update'>
}

export async function runUpdate(hearer: UpdateHearer, { act, file }: UpdateWish): Promise<Result<number>> {
  const { platform, version = '', now } = processTools
  const target = { version, platform, arch: process.arch, now: now() }
  const does = act === 'take' ? take : check
  if (!isUpdateAddress(file)) return does(hearer, releaseQuestion(resolve(file), target), version)
  const fetched = await fetchUpdate(releaseQuestion(file, target), statePlace(process.env))
  if (!fetched.ok) return fetched
  try {
    return does(hearer, releaseQuestion(fetched.value.file, target), version)
  } finally {
    fetched.value.remove()
  }
}

type Question = ReturnType<typeof releaseQuestion>

function check(hearer: UpdateHearer, question: Question, installed: string): Result<number> {
  const checked = checkUpdate(question)
  if (!checked.ok) return checked
  sayGood(hearer, checked.value, installed)
  hearer.terminal.result(checked.value)
  return ok(0)
}

function take(hearer: UpdateHearer, question: Question, installed: string): Result<number> {
  const { terminal, words } = hearer
  const taken = takeUpdate(question, statePlace(process.env))
  if (!taken.ok) return taken
  const command = installWords(taken.value.package.kind, taken.value.path)
  const line = command.map((word) => (process.platform === 'win32' ? `"${word}"` : quoteWord(word))).join(' ')
  sayGood(hearer, taken.value, installed)
  terminal.say(words.update.taken(taken.value.path))
  terminal.say(command.length === 1 ? words.update.start(line) : words.update.install(line))
  terminal.result({ ...taken.value, install: command })
  return ok(0)
}

function sayGood({ terminal, words }: UpdateHearer, checked: CheckedUpdate, installed: string): void {
  const { version, expires, package: one } = checked
  terminal.say(words.update.good(version, installed, one.name, bytesText(one.bytes)))
  terminal.say(words.update.vouchedUntil(expires))
}
