// What steps ask of the system itself: a question is its own sh text, so the same text is asked once. Answers are
// hostile: they are read line by line, and what is not understood is unreadable, which is neither there nor missing.
import { evidence, type Failure } from '../domain/failure.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import type { Asked } from './asked.ts'

const unasked: Reading<never> = unreadable('it was not looked at')

export function answerTo(question: string, { host }: Pick<Asked, 'host'>): Reading<string> {
  return host?.get(question) ?? unasked
}

export type Lines = ReadonlyMap<string, readonly string[]>

/** Lines "word rest" by their word; of each word as many as there are. */
export function linesOf(text: string): Lines {
  const lines = new Map<string, string[]>()
  for (const line of text.split('\n').slice(0, 5000)) {
    const at = line.indexOf(' ')
    const word = at < 0 ? line : line.slice(0, at)
    lines.set(word, [...(lines.get(word) ?? []), at < 0 ? '' : line.slice(at + 1)])
  }
  return lines
}

export function firstOf(lines: Lines, word: string): string | undefined {
  return lines.get(word)?.[0]
}

/** A path of the system: nothing, a plain file with its content, a folder, a link or something else. */
export type PathLook = {
  readonly is: 'nothing' | 'file' | 'directory' | 'link' | 'other'
  readonly owner: string
  readonly group: string
  /** Four digits. */
  readonly mode: string
  readonly sha256: string
  readonly content: string
}

/** Bytes of a file that are read: nothing that a step writes or changes is larger. */
const contentLimitBytes = 256 * 1024

/** Answers what `pathLookOf` reads; its content comes last, whatever is in it. */
export function pathQuestion(path: string): string {
  return `p=${quoteWord(path)}
if [ -L "$p" ]; then echo 'is link'
elif [ -f "$p" ]; then
  echo 'is file'
  stat -c 'held %U %G %a' "$p" || exit 1
  printf 'sha256 %s\\n' "$(sha256sum <"$p" | cut -c 1-64)"
  [ "$(stat -c %s "$p")" -le ${contentLimitBytes} ] || { echo large; exit 0; }
  echo content
  cat "$p"
elif [ -d "$p" ]; then
  echo 'is directory'
  stat -c 'held %U %G %a' "$p"
elif [ -e "$p" ]; then echo 'is other'
else echo 'is nothing'
fi`
}

const kinds = ['nothing', 'file', 'directory', 'link', 'other'] as const
const contentMark = '\ncontent\n'

export function pathLookOf(answer: Reading<string>): Reading<PathLook> {
  if (answer.state !== 'known') return answer
  const text = answer.value
  const at = text.indexOf(contentMark)
  const lines = linesOf(at < 0 ? text : text.slice(0, at))
  const is = kinds.find((kind) => kind === firstOf(lines, 'is'))
  const [owner = '', group = '', mode = ''] = firstOf(lines, 'held')?.split(' ') ?? []
  const sha256 = firstOf(lines, 'sha256') ?? ''
  const isHeld = is === 'file' || is === 'directory'
  if (is === undefined || (isHeld && !/^[0-7]{1,4}$/.test(mode))) return notUnderstood(text)
  if (is === 'file' && !/^[0-9a-f]{64}$/.test(sha256)) return notUnderstood(text)
  const content = at < 0 ? '' : text.slice(at + contentMark.length)
  // Larger than what is read: it is not what anybody here wants, whatever begins it.
  const whole = lines.has('large') ? '\0' : content
  return known({ is, owner, group, mode: mode.padStart(4, '0'), sha256, content: whole })
}

/** Of a look that answers "is WORD". */
export function wordOf<W extends string>(answer: Reading<string>, words: readonly W[]): Reading<W> {
  if (answer.state !== 'known') return answer
  const is = firstOf(linesOf(answer.value), 'is')
  const word = words.find((one) => one === is)
  return word === undefined ? notUnderstood(answer.value) : known(word)
}

export function notUnderstood(text: string): Reading<never> {
  return unreadable(`not understood: ${evidence(text, 150)}`)
}

/** The failure of a path that a step is not to touch; undefined where it may be made or changed. */
export function unusablePath(path: string, look: Reading<PathLook>, wanted: 'file' | 'directory'): Failure | undefined {
  if (look.state !== 'known' || look.value.is === 'nothing' || look.value.is === wanted) return undefined
  const problem = look.value.is === 'link' ? 'link' : 'other-kind'
  return { kind: 'host-object-unusable', what: path, problem }
}
