// What Rackside put on the appliance: artifacts that lie complete, artifacts that lie half-sent, and the
// records of what should be running. A file gets its name `sha256-<hex>` only when every chunk's hash
// agreed; its size now is read too, so that a file that was cut later does not count as there.
import { chunkBytes } from '../domain/artifact.ts'
import { type DeploymentRecord, deploymentRecord } from '../domain/deployment.ts'
import type { ModelFolder, StoredArtifact, StoredFile } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { jsonIn } from '../domain/json-text.ts'
import { type Owner, owner } from '../domain/origin.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import {
  remoteArtifacts,
  remoteChecked,
  remoteDeployments,
  remoteModels,
  remoteOwners,
  remoteRoot,
  remoteSecrets,
  remoteServices,
  remoteStaging,
  remoteTasks,
} from '../domain/remote-layout.ts'
import { type SecretReference, secretReference } from '../domain/service-file.ts'
import { type SignInNote, signInNote } from '../domain/sign-in-note.ts'
import { type TaskResult, taskResult } from '../domain/task-step.ts'
import { boundedLines } from './lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from './probe.ts'

/** Nothing of ours there is a known answer (none); a folder that may not be looked into is not. */
export function within(folder: string, each: string): string {
  return `[ -e ${quoteWord(remoteRoot)} ] || { echo none; exit 0; }
[ -x ${quoteWord(remoteRoot)} ] || { echo 'no permission' >&2; exit 1; }
[ -e ${quoteWord(folder)} ] || { echo none; exit 0; }
cd ${quoteWord(folder)} || exit 1
${each} && echo end`
}

/** In one go: a model may have hundreds of files. */
const sizes = `find . -maxdepth 1 -type f -name 'sha256-*' -exec stat -c '%n %s' {} +`
/** By what the shell has built in, for the same reason. A file is there as the very file that its artifact is. */
const folders = `for d in sha256-*; do
  case $d in *.new) continue ;; esac
  [ -d "$d" ] && [ ! -L "$d" ] || continue
  [ -f ${remoteArtifacts}/"$d" ] || { printf '%s differs its list\\n' "$d"; continue; }
  wrong= count=0
  while read -r sum path; do
    count=$((count + 1))
    [ -z "$wrong" ] || continue
    [ ! -L "$d/$path" ] && [ "$d/$path" -ef ${remoteArtifacts}/"sha256-$sum" ] || wrong=$path
  done <${remoteArtifacts}/"$d"
  if [ -n "$wrong" ]; then printf '%s differs %s\\n' "$d" "$wrong"
  elif [ "$(find "$d" ! -type d | wc -l)" -ne "$count" ]; then printf '%s differs a file more\\n' "$d"
  else printf '%s whole\\n' "$d"
  fi
done`
const checkedNames = `find . -maxdepth 1 -type f -name 'sha256-*' -exec printf '%s\\n' {} +`
const chunkCounts = `for f in sha256-*.chunks; do [ ! -f "$f" ] || printf '%s %s\\n' "\${f%.chunks}" "$(sort -u "$f" | wc -l)"; done`
/** Names only: what is in them nobody reads here. */
const secretNames = `for f in */*.*; do [ ! -f "$f" ] || printf '%s\\n' "$f"; done`
const serviceFileNames = `for f in */files-* */env-* */tls-*; do [ ! -e "$f" ] || printf '%s\\n' "$f"; done`
/** Without what they printed. */
const taskNotes = `for f in */*.job */*.probe; do
  [ ! -f "$f" ] || { head -c 8192 "$f" | head -n 1 | sed 's/,"output":"[^"]*"}$/}/'; }
done`
const records = `for f in *.json; do [ ! -f "$f" ] || { head -c 8192 "$f" && echo; }; done`

export const taskProbe: Probe = {
  id: 'tasks',
  shell: within(remoteTasks, taskNotes),
  deadlineSeconds: 5,
  group: filesGroup,
}

export const installedProbes: readonly Probe[] = [
  { id: 'artifacts', shell: within(remoteArtifacts, sizes), deadlineSeconds: 5, group: filesGroup },
  { id: 'checked', shell: within(remoteChecked, checkedNames), deadlineSeconds: 5, group: filesGroup },
  { id: 'models', shell: within(remoteModels, folders), deadlineSeconds: 5, group: filesGroup },
  { id: 'staged', shell: within(remoteStaging, chunkCounts), deadlineSeconds: 5, group: filesGroup },
  { id: 'deployments', shell: within(remoteDeployments, records), deadlineSeconds: 5, group: filesGroup },
  { id: 'owners', shell: within(remoteOwners, records), deadlineSeconds: 5, group: filesGroup },
  { id: 'secrets', shell: within(remoteSecrets, secretNames), deadlineSeconds: 5, group: filesGroup },
  taskProbe,
  { id: 'service-files', shell: within(remoteServices, serviceFileNames), deadlineSeconds: 5, group: filesGroup },
]

/** Complete artifacts with their size in bytes, sorted by sha256. A recording may be older than the question which were checked. */
export function readArtifacts(answers: Answers): Reading<StoredArtifact[]> {
  const files = readNumbered(answers, 'artifacts', (bytes) => bytes)
  if (files.state !== 'known' || !answers.has('checked')) return files
  const names = listedLines(answers, 'checked')
  const checked = new Set(
    names.state === 'known' ? names.value.map((name) => name.replace(/^(?:\.\/)?sha256-/, '')) : [],
  )
  return known(files.value.map((one) => (checked.has(one.sha256) ? one : { ...one, unchecked: true as const })))
}

/** Folders of weights, sorted by sha256. */
export function readModelFolders(answers: Answers): Reading<ModelFolder[]> {
  const lines = listedLines(answers, 'models')
  if (lines.state !== 'known') return lines
  const found = lines.value.flatMap((line): ModelFolder[] => {
    const [, sha256, differs] = /^sha256-([0-9a-f]{64}) (?:whole|differs (.+))$/.exec(line) ?? []
    return sha256 === undefined
      ? []
      : [{ sha256, isWhole: differs === undefined, differs: evidence(differs ?? '', 250) }]
  })
  return known(found.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)))
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

/** A note that is none of ours, or was cut off, is one less: what it was about is done again. */
export function readTasks(answers: Answers): Reading<TaskResult[]> {
  const lines = listedLines(answers, 'tasks')
  if (lines.state !== 'known') return lines
  return known(lines.value.flatMap((line) => taskResult.safeParse(jsonIn(line)).data ?? []))
}

/** They lie among the notes of tasks. */
export function readChangedSignIns(answers: Answers): Reading<SignInNote[]> {
  const lines = listedLines(answers, 'tasks')
  if (lines.state !== 'known') return lines
  return known(lines.value.flatMap((line) => signInNote.safeParse(jsonIn(line)).data ?? []))
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

/** Whole paths. */
export function readServiceFiles(answers: Answers): Reading<string[]> {
  const lines = listedLines(answers, 'service-files')
  if (lines.state !== 'known') return lines
  return known(lines.value.map((line) => `${remoteServices}/${line}`))
}

/** One that cannot be read makes all unreadable: what is somebody's must not look like nobody's. */
export function readOwners(answers: Answers): Reading<Owner[]> {
  const lines = listedLines(answers, 'owners')
  if (lines.state !== 'known') return lines
  const found: Owner[] = []
  for (const line of lines.value) {
    const one = owner.safeParse(jsonIn(line)).data
    if (one === undefined) return unreadable(`owners: ${evidence(line, 150)}`)
    found.push(one)
  }
  return known(found)
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
    const [, sha256, figure] = /^(?:\.\/)?sha256-([0-9a-f]{64}) ([0-9]{1,15})$/.exec(line) ?? []
    if (sha256 !== undefined) files.set(sha256, bytesOf(Number(figure)))
  }
  return known([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([sha256, bytes]) => ({ sha256, bytes })))
}

/** The lines before "end", or none before "none": an answer without either broke off. */
export function listedLines(answers: Answers, id: string): Reading<string[]> {
  const text = answerText(answers, id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value).filter((line) => line !== '')
  const last = lines.pop()
  if (last === 'none' && lines.length === 0) return known([])
  return last === 'end' ? known(lines) : unreadable(`${id}: ${evidence(text.value, 150)}`)
}
