// The beginning of an upload: the process on the appliance that owns the part file for as long as this
// upload lives, and the list of chunks that are already there.
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import type { RemoteStream } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Sessions } from './sessions.ts'
import { streamOver } from './stream.ts'
import { holdScript } from './upload-scripts.ts'

const startDeadlineSeconds = 30
const answerDeadlineSeconds = 60
/** 65,536 lines of an index and a hash, with room for lines that were recorded twice. */
const answerLimitBytes = 16 * 1024 * 1024

export type UploadHold =
  | { readonly kind: 'present' }
  | { readonly kind: 'held'; readonly recorded: ReadonlySet<number>; alive(): boolean; release(): void }

export async function holdUpload(sessions: Sessions, artifact: Artifact): Promise<Result<UploadHold>> {
  const script = holdScript(artifact)
  const opened = await streamOver(sessions, script, { as: 'root', deadlineSeconds: startDeadlineSeconds })
  if (!opened.ok) return opened
  const stream = opened.value
  let alive = true
  void stream.ended.then(() => {
    alive = false
  })
  const answer = await readAnswer(stream)
  if (answer?.[0] === 'present') {
    stream.close()
    return ok({ kind: 'present' })
  }
  if (answer === undefined) {
    stream.close()
    const exitCode = await stream.ended
    if (exitCode === undefined) return fail(sessions.link.lostFailure(script.name))
    return fail({ kind: 'step-failed', step: script.name, detail: `exit ${exitCode}` })
  }
  const recorded = readRecord(artifact, answer)
  return ok({ kind: 'held', recorded, alive: () => alive, release: () => stream.close() })
}

/**
 * The lines up to "end" or "present"; undefined when the process ended before, or said nothing for too
 * long. Waiting for another upload of the same artifact may take as long as it takes.
 */
async function readAnswer(stream: RemoteStream): Promise<readonly string[] | undefined> {
  let text = ''
  const output = stream.output[Symbol.asyncIterator]()
  while (text.length < answerLimitBytes) {
    const waiting = text.endsWith('waiting\n')
    const silence = waiting ? undefined : setTimeout(() => stream.close(), answerDeadlineSeconds * 1000)
    const next = await output.next()
    clearTimeout(silence)
    if (next.done) return /^present$/m.test(text) ? ['present'] : undefined
    text += Buffer.from(next.value).toString('latin1')
    if (/(^|\n)(end|present)\n$/.test(text.slice(-16)))
      return text
        .replace(/^waiting\n/, '')
        .trimEnd()
        .split('\n')
  }
  return undefined
}

function readRecord(artifact: Artifact, lines: readonly string[]): Set<number> {
  const partBytes = Number(/^ready (\d+)$/.exec(lines[0] ?? '')?.[1] ?? 0)
  const recorded = new Set<number>()
  for (const line of lines) {
    const [, index, sha256] = /^(\d{1,5}) ([0-9a-f]{64})$/.exec(line) ?? []
    const chunk = Number(index)
    if (sha256 === undefined || artifact.chunks[chunk] !== sha256) continue
    const endsAt = Math.min((chunk + 1) * chunkBytes, artifact.bytes)
    if (endsAt <= partBytes) recorded.add(chunk)
  }
  return recorded
}
