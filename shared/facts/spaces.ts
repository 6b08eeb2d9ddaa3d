// Free space where something of ours will be written. A path that is not there yet counts as its
// nearest existing parent, because that is the filesystem the first byte will land on.
import type { Facts, Space } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import { remoteRoot } from '../domain/remote-layout.ts'
import { boundedLines, wholeNumber, wordsOf } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

/** sh text of `show PURPOSE FOLDER`, which prints what readSpaceText reads. */
export const showSpace = `show() {
  folder=$2
  until [ -d "$folder" ]; do folder=\${folder%/*}; [ -n "$folder" ] || folder=/; done
  printf 'space %s %s\\n' "$1" "$folder"
  df -P -k "$folder"
  df -P -i "$folder" 2>/dev/null | sed -n '$s/.* \\([0-9][0-9]*\\)  *[0-9][0-9]*% .*/inodes \\1/p'
}`

export const spaceProbes: readonly Probe[] = spaceProbesWith(undefined)

/** `engineFolder`: where it is known already, it is looked at without asking the engine. */
export function spaceProbesWith(engineFolder: string | undefined): readonly Probe[] {
  const engine = engineFolder === undefined ? '' : ` && show engine ${quoteWord(engineFolder)}`
  const shell = `${showSpace}\nshow rackside ${quoteWord(remoteRoot)} && show root /${engine}`
  return [{ id: 'spaces', shell, deadlineSeconds: 5 }]
}

/**
 * Spaces by purpose; the engine's comes with docker-info, which knows its folder. A purpose whose own
 * question failed is left out; unreadable when none is known.
 */
export function readSpaces(answers: Answers): Facts['spaces'] {
  const both = ['spaces', 'docker-info'].map((id) => {
    const text = answerText(answers, id)
    return text.state === 'known' ? readSpaceText(text.value) : text
  })
  const found = both.flatMap((one) => (one.state === 'known' ? Object.entries(one.value) : []))
  return found.length > 0 ? known(Object.fromEntries(found)) : (both[0] ?? unreadable('no answer'))
}

const purposes = ['rackside', 'engine', 'root']

/**
 * Lines "space PURPOSE FOLDER", each followed by what `df -P -k FOLDER` prints, and by "inodes FREE" where its df counts
 * them and its filesystem has so many and no more.
 */
export function readSpaceText(text: string): Reading<Record<string, Space>> {
  const found: Record<string, Space> = {}
  let purpose: string | undefined
  let told: string | undefined
  let path = ''
  for (const line of boundedLines(text).slice(0, 100)) {
    const [first, second] = wordsOf(line)
    if (first === 'space' && second !== undefined && purposes.includes(second)) {
      purpose = second
      told = undefined
      path = evidence(line.slice(line.indexOf(second) + second.length + 1), 1000)
      continue
    }
    const freeInodes = first === 'inodes' ? count(second) : undefined
    const before = told === undefined ? undefined : found[told]
    if (told !== undefined && before !== undefined && freeInodes !== undefined) found[told] = { ...before, freeInodes }
    const space = purpose === undefined ? undefined : dfRow(line, path)
    if (purpose === undefined || space === undefined) continue
    found[purpose] = space
    told = purpose
    purpose = undefined
  }
  return Object.keys(found).length > 0 ? known(found) : unreadable(`df: ${evidence(text, 150)}`)
}

/**
 * POSIX `df -P -k`: source, KiB total, used, available, "N%", mount point. `filesystem` tells whether
 * two spaces are one: the source, with the mount point where the source is only a word ("tmpfs").
 */
function dfRow(line: string, path: string): Space | undefined {
  const words = wordsOf(line)
  const at = words.findIndex((word, index) => index >= 4 && (/^\d{1,3}%$/.test(word) || word === '-'))
  const totalKibibytes = count(words[at - 3])
  const freeKibibytes = count(words[at - 1]?.replace(/^-\d+$/, '0'))
  const mount = words.slice(at + 1).join(' ')
  if (at < 4 || totalKibibytes === undefined || freeKibibytes === undefined || !mount.startsWith('/')) return undefined
  const source = words.slice(0, at - 3).join(' ')
  const filesystem = /[/:]/.test(source) ? source : `${source}:${mount}`
  return {
    path,
    filesystem: evidence(filesystem, 300),
    totalBytes: totalKibibytes * 1024,
    freeBytes: freeKibibytes * 1024,
  }
}

/** At most 12 digits, so that bytes of so many KiB stay an exact number. */
function count(word: string | undefined): number | undefined {
  return word !== undefined && word.length <= 12 ? wholeNumber(word) : undefined
}
