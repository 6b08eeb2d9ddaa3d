// Brings an artifact to an appliance in chunks of 64 MiB over plain exec channels (no SFTP). A chunk
// counts when the appliance hashed what landed and recorded it; so a killed console sends at most one
// chunk twice. Memory here stays at a few frames, whatever the size.
import { createHash } from 'node:crypto'
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import type { ByteSource, PutOutcome, PutProgress } from '../../shared/domain/connection.ts'
import { type Failure, type Result, evidence, fail, ok } from '../../shared/domain/failure.ts'
import { remoteStaging } from '../../shared/domain/remote-layout.ts'
import { type ProgressMeter, progressMeter } from './progress-meter.ts'
import { runOver } from './run.ts'
import type { Sessions } from './sessions.ts'
import { chunkScript, finishScript, recordLine, uploadExit } from './upload-scripts.ts'
import { type UploadHold, holdUpload } from './upload-hold.ts'
import { type ChunkEnd, sendChunk } from './upload-chunk.ts'

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
    const sent = await sendMissing(sessions, artifact, source, hold, meter)
    if (!sent.ok) return sent
    const finished = await finish(sessions, artifact)
    return finished.ok ? ok({ sentBytes: meter.sentBytes(), skippedBytes }) : finished
  } finally {
    meter.flush()
    if (hold.kind === 'held') hold.release()
  }
}

async function sendMissing(
  sessions: Sessions,
  artifact: Artifact,
  source: ByteSource,
  hold: Extract<UploadHold, { kind: 'held' }>,
  meter: ProgressMeter,
): Promise<Result<void>> {
  for (const index of artifact.chunks.keys()) {
    if (hold.recorded.has(index)) continue
    if (!hold.alive()) return fail(sessions.link.lostFailure('put'))
    const first = await oneChunk(sessions, artifact, source, index, meter)
    if (!first.ok) return first
    if (first.value !== 'recorded') {
      const second = await oneChunk(sessions, artifact, source, index, meter)
      if (!second.ok) return second
      if (second.value !== 'recorded') return fail(await damaged(artifact, source, index, second.value.got))
    }
    meter.done(chunkLength(artifact, index))
  }
  return ok(undefined)
}

/** 'recorded', or the hash that the appliance found instead of the expected one. */
async function oneChunk(
  sessions: Sessions,
  artifact: Artifact,
  source: ByteSource,
  index: number,
  meter: ProgressMeter,
): Promise<Result<'recorded' | { got: string }>> {
  const script = chunkScript(artifact, index, artifact.chunks[index] ?? '')
  const bytes = chunkLength(artifact, index)
  const chunk = { bytes, read: () => source.read(index * chunkBytes, bytes) }
  const sent = await sendChunk(sessions, script, chunk, meter.sent)
  if (!sent.ok) return sent
  const end = sent.value
  if (end.exitCode === 0) return ok('recorded')
  if (end.exitCode === uploadExit.hash) return ok({ got: evidence(end.stdout, 100) })
  return fail(chunkFailure(index, end))
}

function chunkFailure(index: number, end: ChunkEnd): Failure {
  const detail = evidence(end.stderr)
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
  return fail({ kind: 'step-failed', step: script.name, detail: `exit ${done.value.exitCode}: ${evidence(done.value.stderr)}` })
}

function chunkLength(artifact: Artifact, index: number): number {
  return Math.min(chunkBytes, artifact.bytes - index * chunkBytes)
}

function sumBytes(artifact: Artifact, indices: ReadonlySet<number>): number {
  let bytes = 0
  for (const index of indices) bytes += chunkLength(artifact, index)
  return bytes
}
