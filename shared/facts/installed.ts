// What Rackside put on the appliance: artifacts that lie complete, artifacts that lie half-sent, and the
// records of what should be running. A file gets its name `sha256-<hex>` only when every chunk's hash
// agreed; its size now is read too, so that a file that was cut later does not count as there.
import { chunkBytes } from '../domain/artifact.ts'
import { type DeploymentRecord, deploymentRecord } from '../domain/deployment.ts'
import type { StoredFile } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import {
  remoteArtifacts,
  remoteDeployments,
  remoteRoot,
  remoteSecrets,
  remoteStaging,
} from '../domain/remote-layout.ts'
import { type SecretReference, secretReference } from '../domain/service-file.ts'
import { boundedLines } from './lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from './probe.ts'

/** Nothing of ours there is a known answer (none); a folder that may not be looked into is not. */
function within(folder: string, each: string): string {
  return `[ -e ${quoteWord(remoteRoot)} ] || { echo none; exit 0; }
[ -x ${quoteWord(remoteRoot)} ] || { echo 'no permission' >&2; exit 1; }
[ -e ${quoteWord(folder)} ] || { echo none; exit 0; }
cd ${quoteWord(folder)} || exit 1
${each} && echo end`
}

const sizes = `for f in sha256-*; do [ ! -f "$f" ] || printf '%s %s\\n' "$f" "$(stat -c %s "$f")"; done`
const chunkCounts = `for f in sha256-*.chunks; do [ ! -f "$f" ] || printf '%s %s\\n' "\${f%.chunks}" "$(sort -u "$f" | wc -l)"; done`
/** Names only: what is in them nobody reads here. */
const secretNames = `for f in */*.*; do [ ! -f "$f" ] || printf '%s\\n' "$f"; done`
const records = `for f in *.json; do [ ! -f "$f" ] || { head -c 8192 "$f" && echo; }; done`

export const installedProbes: readonly Probe[] = [
  { id: 'artifacts', shell: within(remoteArtifacts, sizes), deadlineSeconds: 5, group: filesGroup },
  { id: 'staged', shell: within(remoteStaging, chunkCounts), deadlineSeconds: 5, group: filesGroup },
  { id: 'deployments', shell: within(remoteDeployments, records), deadlineSeconds: 5, group: filesGroup },
  { id: 'secrets', shell: within(remoteSecrets, secretNames), deadlineSeconds: 5, group: filesGroup },
]

/** Complete artifacts with their size in bytes, sorted by sha256. */
export function readArtifacts(answers: Answers): Reading<StoredFile[]> {
  return readNumbered(answers, 'artifacts', (bytes) => bytes)
}

/** Half-sent artifacts with the bytes that are recorded; the last chunk may count for more than it is. */
export function readStaged(answers: Answers): Reading<StoredFile[]> {
  return readNumbered(answers, 'staged', (chunks) => chunks * chunkBytes)
}

export function readDeployments(answers: Answers): Reading<DeploymentRecord[]> {
  const lines = listedLines(answers, 'deployments')
  if (lines.state !== 'known') return lines
  const found: DeploymentRecord[] = []
  for (const line of lines.value) {
    const record = recordIn(line)
    if (record === undefined) return unreadable(`deployments: ${evidence(line, 150)}`)
    found.push(record)
  }
  return known(found)
}

export function readSecrets(answers: Answers): Reading<SecretReference[]> {
  const lines = listedLines(answers, 'secrets')
  if (lines.state !== 'known') return lines
  return known(
    lines.value.flatMap((line) => {
      const [, deployment, name, generation] = /^([^/]+)\/([^/.]+)\.([0-9]{1,6})$/.exec(line) ?? []
      return secretReference.safeParse({ deployment, name, generation: Number(generation) }).data ?? []
    }),
  )
}

function recordIn(line: string): DeploymentRecord | undefined {
  try {
    return deploymentRecord.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function readNumbered(answers: Answers, id: string, bytesOf: (figure: number) => number): Reading<StoredFile[]> {
  const lines = listedLines(answers, id)
  if (lines.state !== 'known') return lines
  const files = new Map<string, number>()
  for (const line of lines.value) {
    const [, sha256, figure] = /^sha256-([0-9a-f]{64}) ([0-9]{1,15})$/.exec(line) ?? []
    if (sha256 !== undefined) files.set(sha256, bytesOf(Number(figure)))
  }
  return known([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([sha256, bytes]) => ({ sha256, bytes })))
}

/** The lines before "end", or none before "none": an answer without either broke off. */
function listedLines(answers: Answers, id: string): Reading<string[]> {
  const text = answerText(answers, id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value).filter((line) => line !== '')
  const last = lines.pop()
  if (last === 'none' && lines.length === 0) return known([])
  return last === 'end' ? known(lines) : unreadable(`${id}: ${evidence(text.value, 150)}`)
}
