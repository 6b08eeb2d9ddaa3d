// The beginning of an upload: the first lane, which owns the part file for as long as this upload lives, and what is
// there already.
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Sessions } from './sessions.ts'
import { type LaneEvents, openLane, type UploadLane } from './upload-lane.ts'
import type { Note, Recorded } from './upload-ledger.ts'
import { beginScript, partFile } from './upload-scripts.ts'

const answerDeadlineSeconds = 60
/** 65,536 lines of an index and a hash, with room for lines that were recorded twice. */
const answerLimitLines = 200_000
/** Of all of it, whatever the lines look like: a piece of a text keeps the whole text in memory. */
const answerLimitBytes = 16 * 1024 * 1024

export type UploadBegin =
  | { readonly kind: 'present' }
  | { readonly kind: 'held'; readonly recorded: Recorded; readonly lane: UploadLane }

/** `events`: of the lane, once what is there has been told. */
export async function beginUpload(
  sessions: Sessions,
  artifact: Artifact,
  events: LaneEvents,
): Promise<Result<UploadBegin>> {
  const script = beginScript(artifact)
  const answer = answerReader(() => opened.ok && opened.value.release())
  const opened = await openLane(sessions, script, {
    file: partFile(artifact),
    onSent: events.onSent,
    onLine: (line) => (answer.over() ? events.onLine(line) : answer.take(line)),
    onHeard: answer.heard,
  })
  if (!opened.ok) return opened
  const lane = opened.value
  void lane.ended.then(answer.stop)
  const lines = await answer.lines
  if (lines?.at(-1) === 'present') {
    lane.release()
    return ok({ kind: 'present' })
  }
  if (lines !== undefined) return ok({ kind: 'held', recorded: readRecord(artifact, lines), lane })
  lane.release()
  if (answer.flooded()) {
    return fail({ kind: 'step-failed', step: script.name, detail: 'it answered more than an upload has to say' })
  }
  const { exitCode, complaint } = await lane.ended
  if (exitCode === undefined) return fail(sessions.link.lostFailure(script.name))
  return fail({ kind: 'step-failed', step: script.name, detail: `exit ${exitCode}: ${evidence(complaint)}` })
}

/**
 * The lines up to "end" or "present"; undefined when the process ended before, or said nothing for too
 * long. Waiting for another upload of the same artifact, or a hash of what lies there, may take as long as it takes.
 */
function answerReader(giveUp: () => void) {
  const heard: string[] = []
  let heardBytes = 0
  let isFlood = false
  let isOver = false
  let settle: (lines: readonly string[] | undefined) => void = () => undefined
  const lines = new Promise<readonly string[] | undefined>((resolve) => {
    settle = resolve
  })
  let silence: NodeJS.Timeout | undefined
  const end = (answer: readonly string[] | undefined): void => {
    if (isOver) return
    isOver = true
    clearTimeout(silence)
    settle(answer)
  }
  const wait = (): void => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      end(undefined)
      giveUp()
    }, answerDeadlineSeconds * 1000)
  }
  wait()
  return {
    lines,
    over: () => isOver,
    flooded: () => isFlood,
    stop: () => end(undefined),
    heard: (bytes: number) => {
      heardBytes += bytes
    },
    take: (line: string) => {
      if (line === 'waiting' || line === 'checking') return clearTimeout(silence)
      heard.push(line)
      if (line === 'end' || line === 'present') return end(heard)
      isFlood = heard.length > answerLimitLines || heardBytes > answerLimitBytes
      if (isFlood) {
        end(undefined)
        return giveUp()
      }
      wait()
    },
  }
}

function readRecord(artifact: Artifact, lines: readonly string[]): Recorded {
  const partBytes = Number(/^ready (\d+)$/.exec(lines[0] ?? '')?.[1] ?? 0)
  const right = new Set<number>()
  const notes: Note[] = []
  for (const line of lines) {
    const [, index, sha256] = /^(\d{1,5}) ([0-9a-f]{64})$/.exec(line) ?? []
    const chunk = Number(index)
    const endsAt = Math.min((chunk + 1) * chunkBytes, artifact.bytes)
    if (sha256 !== undefined && artifact.chunks[chunk] === sha256 && endsAt <= partBytes) right.add(chunk)
    const note = readNote(line)
    if (note !== undefined && (note.kind === 'wrong' || fits(note, partBytes))) notes.push(note)
  }
  return { right, notes }
}

function readNote(line: string): Note | undefined {
  const [, offset, bytes] = /^\+ (\d{1,15}) (\d{1,9})$/.exec(line) ?? []
  if (offset !== undefined) return { kind: 'arrived', offset: Number(offset), bytes: Number(bytes) }
  const wrong = /^- (\d{1,5})$/.exec(line)?.[1]
  return wrong === undefined ? undefined : { kind: 'wrong', index: Number(wrong) }
}

/** Inside one chunk, and inside what the part file holds. */
function fits({ offset, bytes }: { offset: number; bytes: number }, partBytes: number): boolean {
  const sameChunk = Math.floor(offset / chunkBytes) === Math.floor((offset + bytes - 1) / chunkBytes)
  return bytes > 0 && sameChunk && offset + bytes <= partBytes
}
