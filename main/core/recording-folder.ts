// A recording as a folder of text files, which people read and tests use: PROBE.stdout, PROBE.stderr, and PROBE.json
// with what is not text. A folder that has something in it is never written into.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evidence, type FailureOf, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type RecordedAnswer, type Recording, recording } from '../../shared/domain/recording.ts'
import { readPlainText } from '../files/plain-file.ts'

type Reason = FailureOf<'recording-unusable'>['reason']

const headFile = 'recording.json'
/** Two files' limits together; a larger one is none of ours. */
const fileLimitBytes = 4 * 1024 * 1024
const fileCountLimit = 1000

export function writeRecording(folder: string, recorded: Recording): Result<void> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (readdirSync(folder).length > 0) return unusable(folder, 'not-empty')
    for (const [name, text] of recordingFiles(recorded)) put(join(folder, name), text)
    return ok(undefined)
  } catch {
    return unusable(folder, 'unwritable')
  }
}

/** By name. The head comes last: a folder without it is no recording. */
export function recordingFiles({ probes, ...head }: Recording): [string, string][] {
  const answers = probes.flatMap(({ id, stdout, stderr, state, exitCode, since }): [string, string][] => {
    if (state === 'missing') return []
    const rest = { ...(state !== 'answered' && { state }), ...(exitCode !== null && { exitCode }) }
    return [
      ...(stdout === '' ? [] : [[`${id}.stdout`, stdout] satisfies [string, string]]),
      ...(stderr === '' ? [] : [[`${id}.stderr`, stderr] satisfies [string, string]]),
      [`${id}.json`, `${JSON.stringify({ ...rest, ...(since !== null && { since }) })}\n`],
    ]
  })
  const missing = probes.flatMap(({ id, state }) => (state === 'missing' ? [id] : []))
  return [...answers, [headFile, `${JSON.stringify({ ...head, missing }, null, 2)}\n`]]
}

/** Not over a file or a link that came there meanwhile. */
function put(file: string, text: string): void {
  writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
}

/** Every file is checked as input: a folder may come from anybody. */
export function readRecording(folder: string): Result<Recording> {
  const head = textIn(folder, headFile)
  if (!head.ok) return head
  try {
    const { missing, ...about } = JSON.parse(head.value)
    const names = readdirSync(folder).slice(0, fileCountLimit)
    const ids = names.flatMap((name) => (name.endsWith('.json') && name !== headFile ? [name.slice(0, -5)] : []))
    const answers: RecordedAnswer[] = []
    for (const id of ids) {
      const answer = answerIn(folder, id, names)
      if (!answer.ok) return answer
      answers.push(answer.value)
    }
    const others = Array.isArray(missing) ? missing.map((id: unknown) => ({ ...notThere, id })) : []
    const read = recording.safeParse({ ...about, probes: [...answers, ...others] })
    return read.success ? ok(read.data) : unusable(folder, 'not-a-recording')
  } catch {
    return unusable(folder, 'not-a-recording')
  }
}

const notThere = { state: 'missing', exitCode: 127, since: null, stdout: '', stderr: '' }

function answerIn(folder: string, id: string, names: readonly string[]): Result<RecordedAnswer> {
  const [about, stdout, stderr] = ['json', 'stdout', 'stderr'].map((kind) =>
    names.includes(`${id}.${kind}`) ? textIn(folder, `${id}.${kind}`) : ok(''),
  )
  for (const part of [about, stdout, stderr]) if (part !== undefined && !part.ok) return part
  const text = (part: Result<string> | undefined) => (part?.ok === true ? part.value : '')
  const { state = 'answered', exitCode = null, since = null } = JSON.parse(text(about))
  return ok({ id, state, exitCode, since, stdout: text(stdout), stderr: text(stderr) })
}

function textIn(folder: string, name: string): Result<string> {
  const text = readPlainText(join(folder, name), { follow: false, mostBytes: fileLimitBytes })
  if ('read' in text) return ok(text.read)
  if (text.problem === 'too-large') return unusable(folder, 'not-a-recording')
  return unusable(folder, text.problem === 'missing' ? 'missing' : 'unreadable')
}

function unusable(folder: string, reason: Reason): Result<never> {
  return fail({ kind: 'recording-unusable', folder: evidence(folder, 1000), reason })
}
