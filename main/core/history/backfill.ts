// What an appliance's recorder has measured while no console watched, brought into the history of this console: only what
// this console does not have, at the time when it was taken. A gap that the recorder has too stays a gap.
import type { Connection } from '../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { RecorderFetch, RecorderState } from '../../../shared/domain/recorder.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { type RecorderLook, recorderReadScript } from '../../../shared/facts/recorder-look.ts'
import { type HeardClock, recordedSamples } from '../../observe/recorded-samples.ts'
import { ringReader } from '../../observe/ring-reader.ts'
import type { Opening } from '../access/opening.ts'
import type { Core } from '../context.ts'
import { lookAtRecorder } from '../recorder/recorder.ts'
import { historyKey } from './history-keeper.ts'
import { lateSamples } from './late-samples.ts'

const startSeconds = 60
/** No ring unpacks to more, and no longer is one fetch. */
const mostBytes = 1024 ** 3
const longestMs = 15 * 60_000
/** Every sample has it. */
const everywhere = 'host/memory-used'
const dayMs = 24 * 3_600_000
/** How long it was, and how closely that is looked at. */
const looks = [
  { reachMs: 30 * dayMs, stepMs: 60_000 },
  { reachMs: dayMs, stepMs: 10_000 },
] as const

/**
 * Fetches what the appliance's recorder has and this console lacks. Where it breaks off, what had come is stored, and the
 * next one goes on from there. Nothing is stored twice, also when two run at once.
 */
export function backfill(core: Core, opening: Opening): Promise<Result<RecorderFetch>> {
  return core.sessions.withConnection(opening, async (connection) => {
    const look = await lookAtRecorder(core, connection)
    if (!look.ok) return look
    const { state } = look.value
    if (state?.oldestMs === undefined) return ok({ there: state !== undefined, samples: 0, stored: 0 })
    const key = historyKey(opening)
    const fromMs = firstGap(core, key, { ...state, oldestMs: state.oldestMs })
    if (fromMs === undefined) return ok({ there: true, samples: 0, stored: 0 })
    return readRing(core, connection, { key, fromMs, look: look.value, everyMs: state.intervalSeconds * 1000 })
  })
}

/** Since when there are times without samples here that may be in the ring; undefined where there are none. */
function firstGap(
  { history, fetchedUntil, tools }: Core,
  key: string,
  { oldestMs, intervalSeconds }: RecorderState & { readonly oldestMs: number },
): number | undefined {
  const nowMs = Date.parse(tools.now())
  const begin = Math.max(oldestMs, fetchedUntil.get(key) ?? 0)
  const gapsSince = (fromMs: number, stepMs: number) => {
    const range = { fromMs: Math.floor(fromMs), toMs: nowMs, width: Math.ceil((nowMs - fromMs) / stepMs) }
    const [found] = history.open().ask({ appliance: key, series: [everywhere], ...range }).series
    return found === undefined ? [[fromMs, nowMs] as const] : found.gaps
  }
  if (begin >= nowMs) return undefined
  const starts = looks.flatMap(({ reachMs, stepMs }) =>
    gapsSince(Math.max(begin, nowMs - reachMs), stepMs)
      .filter(([start, end]) => end - start > 2 * intervalSeconds * 1000)
      .map(([start]) => Math.max(begin, start)),
  )
  return starts.length === 0 ? undefined : Math.min(...starts)
}

type Reading = {
  readonly key: string
  readonly fromMs: number
  readonly look: RecorderLook
  readonly everyMs: number
}

async function readRing(
  core: Core,
  connection: Connection,
  { key, fromMs, look, everyMs }: Reading,
): Promise<Result<RecorderFetch>> {
  const { tools } = core
  const nonce = `${tools.randomId()}${tools.randomId()}`
  const nowMs = () => Date.parse(tools.now())
  const fromSeconds = look.clock.seconds - Math.ceil((nowMs() - fromMs) / 1000) - everyMs / 1000
  const script = recorderReadScript({ nonce, fromSeconds })
  const stream = await connection.stream(script, { as: 'root', deadlineSeconds: startSeconds })
  if (!stream.ok) return stream
  const reader = ringReader(nonce)
  const late = lateSamples(core, key, everyMs)
  const until = tools.clock() + longestMs
  let sampleOf: ((tick: Parameters<ReturnType<typeof recordedSamples>>[0]) => Sample | undefined) | undefined
  let bytes = 0
  try {
    for await (const piece of stream.value.output) {
      bytes += piece.byteLength
      if (bytes > mostBytes || tools.clock() > until) break
      const ticks = reader.push(piece)
      sampleOf ??= samplesBy(reader.clock(), nowMs())
      for (const tick of ticks) {
        const sample = sampleOf?.(tick)
        if (sample !== undefined && sample.atMs >= fromMs) late.add(sample)
      }
      await late.storeSome()
    }
  } finally {
    stream.value.close()
    await late.storeAll()
  }
  const { samples, stored, fromMs: first, toMs } = late.done()
  // What was read is not read again for the gaps that it left, also where it broke off: files come in the order of time.
  const readUntilMs = toMs ?? (reader.ended() ? nowMs() - everyMs : undefined)
  if (readUntilMs !== undefined) core.fetchedUntil.set(key, readUntilMs)
  if (!reader.ended())
    return fail({ kind: 'deadline-passed', what: 'reading the recorder', seconds: Math.round(longestMs / 1000) })
  return ok({
    ...{ there: true, samples, stored },
    ...(first !== undefined && { fromMs: first }),
    ...(toMs !== undefined && { toMs }),
  })
}

function samplesBy(clock: Omit<HeardClock, 'atMs'> | undefined, atMs: number) {
  return clock === undefined ? undefined : recordedSamples({ ...clock, atMs })
}
