// Brings an artifact to an appliance over plain exec channels (no SFTP), on as many connections as pay. Bytes go in
// segments straight into the part file; the appliance notes each once it is on its disk and hashes each 64 MiB chunk
// once it is whole. A cut costs 64 MiB at most, and the memory here stays at a few pieces, whatever the size.
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { ByteSource, PutOptions, PutOutcome } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { uploadExit } from '../../shared/domain/script-exits.ts'
import { paceOf, unlimited } from './pace.ts'
import { progressMeter } from './progress-meter.ts'
import { runOver } from './run.ts'
import type { Sessions } from './sessions.ts'
import { beginUpload } from './upload-begin.ts'
import { type Upload, type UploadCrew, uploadCrew } from './upload-crew.ts'
import { uploadGrowth } from './upload-growth.ts'
import type { LaneEvents } from './upload-lane.ts'
import { uploadLedger } from './upload-ledger.ts'
import type { UploadLinks } from './upload-link.ts'
import { finishScript, recordLine } from './upload-scripts.ts'

const finishDeadlineSeconds = 600
/** The slowest disk and processor that the whole is still read and hashed by in time. */
const hashedBytesPerSecond = 50_000_000
const lookEveryMilliseconds = 250

export function putOver(
  links: UploadLinks,
  artifact: Artifact,
  source: ByteSource,
  { onProgress, limitBytesPerSecond, stopped }: PutOptions,
): Promise<Result<PutOutcome>> {
  return links.use(async (sessions) => {
    const meter = progressMeter(artifact.bytes, onProgress)
    const pace = limitBytesPerSecond === undefined ? unlimited : paceOf(limitBytesPerSecond, realTime)
    try {
      return await put({ artifact, source, meter, pace }, sessions, { links, limitBytesPerSecond, stopped })
    } finally {
      meter.flush()
    }
  })
}

const realTime = {
  clock: () => performance.now(),
  pause: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
}

type More = {
  readonly links: UploadLinks
  readonly limitBytesPerSecond: number | undefined
  readonly stopped: Promise<void> | undefined
}

async function put(upload: Upload, sessions: Sessions, more: More): Promise<Result<PutOutcome>> {
  const { artifact, meter } = upload
  let onLine: LaneEvents['onLine'] = () => undefined
  const begun = await beginUpload(sessions, artifact, { onLine: (line) => onLine(line), onSent: meter.sent })
  if (!begun.ok) return begun
  if (begun.value.kind === 'present') {
    meter.doneIs(artifact.bytes)
    return ok({ sentBytes: 0, skippedBytes: artifact.bytes })
  }
  const ledger = uploadLedger(artifact, begun.value.recorded)
  const skippedBytes = ledger.doneBytes()
  meter.doneIs(skippedBytes)
  const crew = uploadCrew(upload, ledger, () => sessions.link.lostFailure('put'))
  void more.stopped?.then(() => crew.giveUp({ kind: 'cancelled', at: artifact.id }))
  onLine = crew.join(begun.value.lane, 'first')
  const stopGrowing = grow(crew, upload, more)
  try {
    const sent = await crew.done
    stopGrowing()
    if (!sent.ok) return sent
    const finished = await finish(sessions, artifact)
    return finished.ok ? ok({ sentBytes: meter.sentBytes(), skippedBytes }) : finished
  } finally {
    stopGrowing()
    // Until everything is in place nobody else may touch the part file.
    begun.value.lane.release()
  }
}

/** Further connections, one after the other, while each makes the whole faster; at once where that is known. */
function grow(crew: UploadCrew, { artifact, meter }: Upload, { links, limitBytesPerSecond }: More): () => void {
  const { worth } = links
  const growth = uploadGrowth({ milliseconds: performance.now(), limitBytesPerSecond, worth: worth.lanes })
  let dialling = false
  const open = async (): Promise<void> => {
    const further = await links.further(growth.lanes())
    const came = further !== undefined && (await crew.hire(further))
    growth.opened(performance.now(), came)
  }
  const openUntil = async (lanes: number): Promise<void> => {
    dialling = true
    for (let at = growth.lanes(); at < lanes; at += 1) await open()
    dialling = false
  }
  const look = (): void => {
    if (dialling) return
    const leftBytes = artifact.bytes - crew.doneBytes()
    const advice = growth.look({ milliseconds: performance.now(), sentBytes: meter.sentBytes(), leftBytes })
    if (advice === 'open') void openUntil(growth.lanes() + 1)
    if (advice === 'close') crew.dismiss()
    worth.lanes = growth.decided()
  }
  if (worth.lanes !== undefined) void openUntil(worth.lanes)
  const timer = setInterval(look, lookEveryMilliseconds)
  return () => clearInterval(timer)
}

async function finish(sessions: Sessions, artifact: Artifact): Promise<Result<void>> {
  const script = finishScript(artifact)
  const stdin = `${artifact.chunks.map((sha256, index) => recordLine(index, sha256)).join('\n')}\n`
  const deadlineSeconds = finishDeadlineSeconds + Math.ceil(artifact.bytes / hashedBytesPerSecond)
  const done = await runOver(sessions, script, { as: 'root', deadlineSeconds, stdin })
  if (!done.ok) return done
  if (done.value.exitCode === 0) return ok(undefined)
  if (done.value.exitCode === uploadExit.other) {
    const detail = `should be ${artifact.sha256}, is ${evidence(done.value.stderr, 64)}`
    return fail({ kind: 'artifact-damaged', artifact: artifact.id, detail })
  }
  return fail({
    kind: 'step-failed',
    step: script.name,
    detail: `exit ${done.value.exitCode}: ${evidence(done.value.stderr)}`,
  })
}
