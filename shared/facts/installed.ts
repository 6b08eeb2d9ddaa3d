// Artifacts that lie complete on the appliance. A file gets its name `sha256-<hex>` only when every
// chunk's hash agreed, so the name alone says "complete"; half-sent files lie in another folder.
import { evidence } from '../domain/failure.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import { remoteArtifacts, remoteRoot } from '../domain/remote-layout.ts'
import { boundedLines } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

// Nothing of ours there is a known answer (none); a folder that may not be looked into is not.
const artifactsShell = `[ -e ${quoteWord(remoteRoot)} ] || { echo none; exit 0; }
[ -x ${quoteWord(remoteRoot)} ] || { echo 'no permission' >&2; exit 1; }
[ -e ${quoteWord(remoteArtifacts)} ] || { echo none; exit 0; }
ls -1 ${quoteWord(remoteArtifacts)} && echo end`

export const installedProbes: readonly Probe[] = [{ id: 'artifacts', shell: artifactsShell, deadlineSeconds: 5 }]

/** Sorted sha256 hex digests. */
export function readArtifacts(answers: Answers): Reading<string[]> {
  const text = answerText(answers, 'artifacts')
  return text.state === 'known' ? readArtifactText(text.value) : text
}

/** File names, one a line, with "end" or "none" as the last line. */
function readArtifactText(text: string): Reading<string[]> {
  const lines = boundedLines(text).filter((line) => line !== '')
  const last = lines.pop()
  if (last === 'none' && lines.length === 0) return known([])
  if (last !== 'end') return unreadable(`artifacts: ${evidence(text, 150)}`)
  const digests = lines.flatMap((line) => /^sha256-([0-9a-f]{64})$/.exec(line)?.[1] ?? [])
  return known([...new Set(digests)].sort())
}
