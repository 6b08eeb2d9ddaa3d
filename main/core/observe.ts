// Watching an appliance: one sampler for each, however many watch it. While people watch it takes a sample a second,
// for the background alone one in five seconds, and none a few seconds after the last one left. What was seen stays for
// ten minutes, so that a chart that is opened has a past.

import type { Target } from '../../shared/contract/contract.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { Sample, WatchItem } from '../../shared/domain/sample.ts'
import { keepSampling } from '../observe/keep-sampling.ts'
import { emptySeries } from '../observe/series.ts'
import { type Opening, openingKey } from './access/opening.ts'
import { openingOf } from './appliances.ts'
import type { Core } from './context.ts'
import { historyKey } from './history/history-keeper.ts'
import { keepSamples } from './history/keep-samples.ts'
import { newestValue } from './newest-value.ts'
import { refuse } from './refusal.ts'
import { endSampling, type Sampling, type Watch } from './watches.ts'

/** A page that is reloaded finds its sampler still running. */
const lingerMilliseconds = 3000

const watchedSeconds = 1
const backgroundSeconds = 5

/** Throws a refusal for a target that is not known. Ends when the signal aborts or the reader leaves. */
export async function* watchAppliance(core: Core, target: Target, signal?: AbortSignal): AsyncGenerator<WatchItem> {
  const opening = openingOf(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const watch = watchOf(core, opening.value)
  const sampling = join(core, watch)
  try {
    yield* sampling.items.follow(signal)
  } finally {
    void leave(core, watch, sampling)
  }
}

/** Samples of the last ten minutes, oldest first. */
export async function recentSamples(core: Core, target: Target): Promise<Result<Sample[]>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  const watch = core.watches.get(openingKey(opening.value))
  return ok(watch === undefined ? [] : watch.series.recent(nowMs(core)))
}

/**
 * For the background: samples come also while nobody watches, until the signal aborts. Ends early, and is to be called
 * again, when the sampling ends of itself.
 */
export async function keepWatched(core: Core, opening: Opening, signal: AbortSignal): Promise<void> {
  const watch = watchOf(core, opening)
  const sampling = watch.sampling ?? startSampling(core, watch, backgroundSeconds)
  sampling.keepers += 1
  try {
    for await (const _ of sampling.items.follow(signal)) if (signal.aborted) break
  } finally {
    sampling.keepers -= 1
    if (isUnwanted(sampling) && watch.sampling === sampling) endSampling(watch)
  }
}

/** How an appliance is watched now; undefined where nobody does. */
export function watchNow(core: Core, opening: Opening): Watch | undefined {
  return core.watches.get(openingKey(opening))
}

function watchOf(core: Core, opening: Opening): Watch {
  forgetOldWatches(core)
  const key = openingKey(opening)
  const watch = core.watches.get(key) ?? newWatch(opening)
  core.watches.set(key, watch)
  return watch
}

function newWatch(opening: Opening): Watch {
  return { opening, series: emptySeries(), sampling: undefined, served: new Map(), asked: new Map() }
}

/** The same appliance is entered in another way from now on: what watches it dials so the next time. */
export function moveWatch(core: Core, from: Opening, to: Opening): void {
  const watch = core.watches.get(openingKey(from))
  if (watch === undefined || core.watches.has(openingKey(to))) return
  core.watches.delete(openingKey(from))
  watch.opening = to
  core.history.open().move(historyKey(from), historyKey(to))
  core.watches.set(openingKey(to), watch)
}

function forgetOldWatches(core: Core): void {
  for (const [key, watch] of core.watches) {
    if (watch.sampling === undefined && !watch.series.isRecent(nowMs(core))) core.watches.delete(key)
  }
}

function join(core: Core, watch: Watch): Sampling {
  const sampling = watch.sampling ?? startSampling(core, watch, watchedSeconds)
  sampling.watchers += 1
  sampling.lingering?.abort()
  sampling.lingering = undefined
  setPace(watch, sampling, watchedSeconds)
  sampling.askAgain()
  return sampling
}

async function leave(core: Core, watch: Watch, sampling: Sampling): Promise<void> {
  sampling.watchers -= 1
  if (sampling.watchers > 0 || sampling.stop.signal.aborted) return
  const lingering = new AbortController()
  sampling.lingering = lingering
  await core.tools.pause(lingerMilliseconds, lingering.signal)
  if (lingering.signal.aborted || watch.sampling !== sampling) return
  sampling.lingering = undefined
  if (isUnwanted(sampling)) endSampling(watch)
  else setPace(watch, sampling, backgroundSeconds)
}

function isUnwanted({ watchers, keepers, lingering }: Sampling): boolean {
  return watchers + keepers === 0 && lingering === undefined
}

/** The watch helper of a login that only watches knows the script of one second alone. */
function secondsFor({ opening }: Watch, wanted: number): number {
  return opening.watchOnly === true ? watchedSeconds : wanted
}

function setPace(watch: Watch, sampling: Sampling, wanted: number): void {
  const seconds = secondsFor(watch, wanted)
  if (sampling.pace.seconds === seconds) return
  const { over } = sampling.pace
  sampling.pace = { seconds, over: new AbortController() }
  over.abort()
}

function startSampling(core: Core, watch: Watch, wanted: number): Sampling {
  const { pause, clock, randomId } = core.tools
  const { host, port } = watch.opening.address
  const items = newestValue<WatchItem>()
  const stop = new AbortController()
  const sampling: Sampling = {
    ...{ items, stop, watchers: 0, keepers: 0, newest: undefined, lingering: undefined, askAgain: () => undefined },
    pace: { seconds: secondsFor(watch, wanted), over: new AbortController() },
  }
  watch.sampling = sampling
  // A bug reaches whoever watches; the next watcher starts anew.
  const endWith = (bug: unknown) => {
    items.end(bug)
    if (watch.sampling === sampling) endSampling(watch)
  }
  const keep = keepSamples(core, watch, { paceSeconds: () => sampling.pace.seconds, onBug: endWith })
  stop.signal.addEventListener('abort', () => sampling.askAgain())
  const running = keepSampling({
    ...{ pause, clock, place: { host, port }, signal: stop.signal },
    nowMs: () => nowMs(core),
    pace: () => ({ seconds: sampling.pace.seconds, over: sampling.pace.over.signal }),
    nonce: () => `${randomId()}${randomId()}`,
    random: () => Number.parseInt(randomId(), 16) / 2 ** 32,
    nextSequence: watch.series.nextSequence,
    withConnection: (use) => core.sessions.withConnection(watch.opening, use),
    onItem: (item) => {
      sampling.newest = item
      if (item.link === 'up') watch.series.add(item.sample)
      keep(item)
      items.show(item)
    },
    askedAgain: () =>
      new Promise((resolve) => {
        sampling.askAgain = resolve
      }),
  })
  running.then(() => items.end(), endWith)
  return sampling
}

function nowMs(core: Core): number {
  return Date.parse(core.tools.now())
}
