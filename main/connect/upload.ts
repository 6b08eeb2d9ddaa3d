// Brings an artifact to an appliance in chunks of 64 MiB over plain exec channels (no SFTP). A chunk
// counts when the appliance hashed what landed and recorded it; so a killed console sends at most one
// chunk twice. Memory here stays at a few frames, whatever the size.
import { createHash } from 'node:crypto'
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import type { ByteSource, PutOutcome, PutProgress } from '../../shared/domain/connection.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { remoteStaging } from '../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../shared/domain/script-exits.ts'
import { type ProgressMeter, progressMeter } from './progress-meter.ts'
import { runOver } from './run.ts'
import type { Sessions } from './sessions.ts'
import { type ChunkEnd, type SentChunk, sendChunk } from './upload-chunk.ts'
import { holdUpload, type UploadHold } from './upload-hold.ts'
import { chunkScript, finishScript, recordLine } from './upload-scripts.ts'

const finishDeadlineSeconds = 600

export async function putOver(
  sessions: Sessions,
  artifact: Artifact,
  source: ByteSource,
  onProgress: (progress: PutProgress) => void,
): Promise<Result<PutOutcome>> {
  const held = await holdUpload(sessions, artifact)
  if (!held.ok) return held
  const hold = held.value
  const meter = progressMeter(artifact.bytes, onProgress)
  try {
    if (hold.kind === 'present') {
      meter.done(artifact.bytes)
      return ok({ sentBytes: 0, skippedBytes: artifact.bytes })
    }
    const skippedBytes = sumBytes(artifact, hold.recorded)
    meter.done(skippedBytes)
    const sent = await sendMissing({ sessions, artifact, source, meter }, hold)
    if (!sent.ok) return sent
    const finished = await finish(sessions, artifact)
    return finished.ok ? ok({ sentBytes: meter.sentBytes(), skippedBytes }) : finished
  } finally {
    meter.flush()
    if (hold.kind === 'held') hold.release()
  }
}

type Upload = {
  readonly sessions: Sessions
  readonly artifact: Artifact
  readonly source: ByteSource
  readonly meter: ProgressMeter
}

/** While one chunk is hashed and synced over there, the next one is already on its way. */
async function sendMissing(upload: Upload, hold: Extract<UploadHold, { kind: 'held' }>): Promise<Result<void>> {
  const queue = [...upload.artifact.chunks.keys()].filter((index) => !hold.recorded.has(index))
  const sentTwice = new Set<number>()
  let before: Promise<Result<void>> = Promise.resolve(ok(undefined))
  for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
    if (!hold.alive()) return fail(upload.sessions.link.lostFailure('put'))
    const chunk = startChunk(upload, index)
    const settled = settleChunk(upload, index, chunk, sentTwice, queue)
    // A bug is thrown where it is awaited; until then it must not count as unheard.
    settled.catch(() => undefined)
    await chunk.sent
    const earlier = await before
    if (!earlier.ok) return earlier
    before = settled
    if (queue.length > 0) continue
    const last = await before
    if (!last.ok) return last
  }
  return before
}

function startChunk({ sessions, artifact, source, meter }: Upload, index: number): SentChunk {
  const script = chunkScript(artifact, index, artifact.chunks[index] ?? '')
  const bytes = chunkLength(artifact, index)
  return sendChunk(sessions, script, { bytes, read: () => source.read(index * chunkBytes, bytes) }, meter.sent)
}

/** A chunk that arrived wrong goes back into the queue, once. */
async function settleChunk(
  { artifact, source, meter }: Upload,
  index: number,
  chunk: SentChunk,
  sentTwice: Set<number>,
  queue: number[],
): Promise<Result<void>> {
  const ended = await chunk.ended
  if (!ended.ok) return ended
  const end = ended.value
  if (end.exitCode === 0) {
    meter.done(chunkLength(artifact, index))
    return ok(undefined)
  }
  if (end.exitCode !== uploadExit.hash) return fail(chunkFailure(index, end))
  if (sentTwice.has(index)) return fail(await damaged(artifact, source, index, evidence(end.stdout, 100)))
  sentTwice.add(index)
  queue.unshift(index)
  return ok(undefined)
}

/** dd prints its counts beside its complaint; only lines that are no counts are evidence. */
function chunkFailure(index: number, end: ChunkEnd): Failure {
  const complaints = end.stderr.split('\n').filter((line) => !/ records (in|out)$| copied, /.test(line))
  const detail = evidence(complaints.join('\n'))
  if (/No space left|quota exceeded/i.test(detail)) return { kind: 'disk-full', path: remoteStaging, detail }
  return { kind: 'step-failed', step: `put: chunk ${index}`, detail: `exit ${end.exitCode}: ${detail}` }
}

/** Twice wrong: tells bytes that were wrong before they left this computer from bytes that changed on the way. */
async function damaged(artifact: Artifact, source: ByteSource, index: number, got: string): Promise<Failure> {
  const hash = createHash('sha256')
  for await (const bytes of source.read(index * chunkBytes, chunkLength(artifact, index))) hash.update(bytes)
  const here = hash.digest('hex')
  const expected = artifact.chunks[index] ?? ''
  const where = here === expected ? `arrived as ${got}` : `is ${here} on this computer`
  return { kind: 'artifact-damaged', artifact: artifact.id, chunk: index, detail: `should be ${expected}, ${where}` }
}

async function finish(sessions: Sessions, artifact: Artifact): Promise<Result<void>> {
  const script = finishScript(artifact)
  const stdin = `${artifact.chunks.map((sha256, index) => recordLine(index, sha256)).join('\n')}\n`
  const done = await runOver(sessions, script, { as: 'root', deadlineSeconds: finishDeadlineSeconds, stdin })
  if (!done.ok) return done
  if (done.value.exitCode === 0) return ok(undefined)
  return fail({
    kind: 'step-failed',
    step: script.name,
    detail: `exit ${done.value.exitCode}: ${evidence(done.value.stderr)}`,
  })
}

function chunkLength(artifact: Artifact, index: number): number {
  return Math.min(chunkBytes, artifact.bytes - index * chunkBytes)
}

function sumBytes(artifact: Artifact, indices: ReadonlySet<number>): number {
  let bytes = 0
  for (const index of indices) bytes += chunkLength(artifact, index)
  return bytes
}
