// A container's log for somebody who reads it: what was written before, and what is written now. A link that is lost and a
// container that stops are said, and the log goes on behind the last line once they are back. A reader that is slow holds
// everything back, down to the engine.
import type { Target } from '../../../shared/contract/contract.ts'
import type { EngineLog } from '../../../shared/domain/connection.ts'
import type { Failure, FailureKind } from '../../../shared/domain/failure.ts'
import { type LogEvent, type LogPlace, mostLinesOfItem } from '../../../shared/domain/log.ts'
import { backOffMilliseconds, mayMendItself } from '../../../shared/domain/passing-failure.ts'
import type { Opening } from '../access/opening.ts'
import { openingOf } from '../appliances.ts'
import type { Core } from '../context.ts'
import { refuse } from '../refusal.ts'
import { inBatches } from './in-batches.ts'
import { lineMaker, type PlacedLine } from './line-maker.ts'
import { hasRunSince, type LogWish, openLog } from './open-log.ts'

const longestPauseMilliseconds = 10_000
/** A container that stopped is looked at again; one that stays so seldom, as each look is a list of all containers. */
const stoppedMilliseconds = 2000
const stayedMilliseconds = 30_000
const looksBefore = 15
/** Only a log that was read for so long takes the pauses back. */
const steadyMilliseconds = 10_000
/** Of one item; a line is never parted. */
const mostCharactersOfItem = 128 * 1024

/** What an engine says that is being started anew, and an appliance as well. */
const ofItsStart: ReadonlySet<FailureKind> = new Set(['engine-unreadable', 'engine-missing', 'shell-unusable'])

type Input = LogWish & { readonly target: Target }

/** Throws a refusal where it cannot begin, and where what came in between does not mend itself. */
export async function* followLog(core: Core, { target, ...wish }: Input, left?: AbortSignal): AsyncGenerator<LogEvent> {
  const opening = openingOf(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const begun = core.logs.begin(opening.value)
  if (!begun.ok) throw refuse(begun.failure)
  const { signal: ends, over } = begun.value
  try {
    const signal = left === undefined ? ends : AbortSignal.any([ends, left])
    yield* readOn(core, target, { wish, signal })
  } finally {
    over()
  }
}

type Reading = { readonly wish: LogWish; readonly signal: AbortSignal }

/** Where a reader is, and what it heard last. */
type Way = { place: LogPlace | undefined; run: string | undefined; wasOpen: boolean; failures: number; said: Said }
type Said = LogEvent['event'] | undefined

async function* readOn(core: Core, target: Target, { wish, signal }: Reading): AsyncGenerator<LogEvent> {
  const way: Way = { place: wish.after, run: undefined, wasOpen: false, failures: 0, said: undefined }
  while (!signal.aborted) {
    const openedAt = core.tools.clock()
    // Each time: meanwhile the appliance may have got another login, or been taken off the list.
    const opening = openingOf(core, target)
    if (!opening.ok) throw refuse(opening.failure)
    const failure = yield* readOnce(core, opening.value, { wish, signal, way })
    if (signal.aborted || (failure === undefined && !wish.follow)) return
    if (core.tools.clock() - openedAt >= steadyMilliseconds) way.failures = 0
    const stuck = failure ?? (yield* untilItRuns(core, opening.value, { wish, signal, way }))
    if (stuck === undefined) continue
    if (!way.wasOpen || !wish.follow || !isPassing(stuck)) throw refuse(stuck)
    if (way.said !== 'lost') yield { event: 'lost', failure: stuck }
    way.said = 'lost'
    const random = Number.parseInt(core.tools.randomId(), 16) / 2 ** 32
    await core.tools.pause(backOffMilliseconds(way.failures, longestPauseMilliseconds, random), signal)
    way.failures += 1
  }
}

type OnTheWay = Reading & { readonly way: Way }

/** From where the reader is to the end of the log, or of the link. */
async function* readOnce(
  core: Core,
  opening: Opening,
  { wish, signal, way }: OnTheWay,
): AsyncGenerator<LogEvent, Failure | undefined> {
  const opened = await openLog(core, opening, { ...wish, after: way.place, mayBeGone: way.wasOpen })
  if (!opened.ok) return opened.failure
  way.run = opened.value?.run
  if (opened.value === undefined) return undefined
  const { log } = opened.value
  if (signal.aborted) {
    log.close()
    return undefined
  }
  if (way.said !== 'open') yield { event: 'open' }
  way.said = 'open'
  way.wasOpen = true
  return yield* readOne(core, log, {
    ...{ after: way.place, signal },
    moved: (to) => {
      way.place = to
    },
  })
}

/** Returns at once where there is more to read; a failure where that cannot be told. */
async function* untilItRuns(
  core: Core,
  opening: Opening,
  { wish: { container }, signal, way }: OnTheWay,
): AsyncGenerator<LogEvent, Failure | undefined> {
  for (let looks = 1; !signal.aborted; looks += 1) {
    const more = await hasRunSince(core, opening, { container, run: way.run })
    if (!more.ok) return more.failure
    if (!more.value && way.said !== 'stopped') {
      yield { event: 'stopped' }
      way.said = 'stopped'
    }
    // One that is started again and again, and ends at once, is not asked without a pause.
    await core.tools.pause(looks < looksBefore ? stoppedMilliseconds : stayedMilliseconds, signal)
    if (more.value) return undefined
  }
  return undefined
}

function isPassing(failure: Failure): boolean {
  return mayMendItself(failure) || ofItsStart.has(failure.kind)
}

type One = {
  readonly after: LogPlace | undefined
  readonly signal: AbortSignal
  readonly moved: (to: LogPlace | undefined) => void
}

/** Returns why it ended, or undefined at its regular end. */
async function* readOne(
  { tools }: Core,
  log: EngineLog,
  { after, signal, moved }: One,
): AsyncGenerator<LogEvent, Failure | undefined> {
  signal.addEventListener('abort', log.close)
  try {
    const batches = inBatches(linesOf(log, after), {
      enough: (batch) => batch.length >= mostLinesOfItem,
      pause: tools.pause,
    })
    for (;;) {
      const next = await batches.next()
      if (next.done === true) return next.value
      for (const part of partsOf(next.value)) {
        const place = part.at(-1)?.place
        moved(place)
        yield { event: 'lines', lines: part.map(({ line }) => line), ...(place && { place }) }
      }
    }
  } finally {
    signal.removeEventListener('abort', log.close)
    log.close()
  }
}

async function* linesOf(
  { messages }: EngineLog,
  after: LogPlace | undefined,
): AsyncGenerator<readonly PlacedLine[], Failure | undefined> {
  const maker = lineMaker(after)
  for (;;) {
    const next = await messages.next()
    if (next.done === true) {
      const rest = maker.rest()
      if (rest.length > 0) yield rest
      return next.value
    }
    const lines = next.value.flatMap((message) => maker.take(message))
    if (lines.length > 0) yield lines
  }
}

function partsOf(batch: readonly PlacedLine[]): PlacedLine[][] {
  const parts: PlacedLine[][] = []
  let part: PlacedLine[] = []
  let characters = 0
  for (const one of batch) {
    const isFull = part.length >= mostLinesOfItem || characters + one.line.text.length > mostCharactersOfItem
    if (isFull && part.length > 0) {
      parts.push(part)
      part = []
      characters = 0
    }
    part.push(one)
    characters += one.line.text.length
  }
  return part.length > 0 ? [...parts, part] : parts
}
