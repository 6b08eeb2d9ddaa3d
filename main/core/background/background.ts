// Somebody watches while the console runs, whichever page is open: every saved appliance is sampled and looked at, and
// what that means is told. Which appliances there are is read again and again, so whatever way one came it is watched.
import type { WatchState } from '../../../shared/contract/observe.ts'
import { evidence, type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { mayMendItself } from '../../../shared/domain/passing-failure.ts'
import { type Opening, openingKey } from '../access/opening.ts'
import { keepAlerts } from '../alerts/note.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { Core } from '../context.ts'
import { backfill } from '../history/backfill.ts'
import { historyKey } from '../history/history-keeper.ts'
import { keepWatched, watchNow } from '../observe.ts'
import { keepRoom } from '../terminal/kept.ts'
import { lookEveryMs, lookerAt } from './looks.ts'
import type { Background, Kept, Watchfulness } from './watched-over.ts'

const listEveryMs = 5000
const bugPauseMs = 30_000
/** After one that broke off, and for a link that comes and goes. */
const catchUpAgainMs = 2 * 60_000
const longestCatchUpMs = 4 * 3_600_000

export function startBackground(core: Core, how: Watchfulness): void {
  const { background, tools } = core
  if (background.started !== undefined) return
  background.started = { how, sinceMs: nowMs(core) }
  const { signal } = background.stop
  const listing = async () => {
    while (!signal.aborted) {
      reconcile(core)
      await tools.pause(listEveryMs, signal)
    }
  }
  goOn(background, listing())
  goOn(background, keepRoom(core, signal))
  goOn(background, keepAudit(core, signal))
  goOn(
    background,
    keepAlerts(core, () => watchedSince(core), signal),
  )
}

/** Resolves when nothing of it goes on any more. */
export async function stopBackground({ background }: Pick<Core, 'background'>): Promise<void> {
  background.stop.abort()
  for (const one of background.kept.values()) one.stop.abort()
  background.kept.clear()
  await Promise.all(background.going)
}

/** Who watches while no page is open. */
export function watching(core: Core): Result<WatchState> {
  const { background, tools } = core
  if (background.started === undefined) return ok({ watching: null, appliances: [] })
  const appliances = [...background.kept.values()].map((one) => shown(core, one))
  return ok({ watching: { ...background.started, computer: tools.computer ?? '' }, appliances })
}

function goOn({ going }: Background, work: Promise<void>): void {
  going.add(work)
  void work.then(() => going.delete(work))
}

function reconcile(core: Core): void {
  const { kept } = core.background
  const saved = core.state.appliances.read()
  // A list that cannot be read is no empty one.
  if (!saved.ok) return
  const wanted = new Map<string, { name: string; opening: Opening }>()
  for (const { name, ...opening } of saved.value) {
    // A demo that nobody needs is not started for this.
    if (core.demos.isDemo(opening.address) && !core.demos.isUp(opening.address)) continue
    const key = openingKey(opening)
    // Two names of one login are one watch.
    if (!wanted.has(key)) wanted.set(key, { name, opening })
  }
  for (const [key, one] of kept) {
    if (wanted.has(key)) continue
    one.stop.abort()
    kept.delete(key)
  }
  for (const [key, { name, opening }] of wanted) if (!kept.has(key)) begin(core, key, { name, opening })
  for (const one of kept.values()) askAnew(core, one)
}

function begin(core: Core, key: string, named: Pick<Kept, 'name' | 'opening'>): void {
  const one: Kept = {
    ...named,
    stop: new AbortController(),
    beganMs: nowMs(core),
    upMs: undefined,
    askedAt: core.tools.clock(),
    bug: undefined,
  }
  core.background.kept.set(key, one)
  goOn(
    core.background,
    again(core, one, () => keepWatched(core, one.opening, one.stop.signal)),
  )
  goOn(
    core.background,
    again(core, one, () => keepLooking(core, one)),
  )
  if (one.opening.watchOnly === true) return
  goOn(
    core.background,
    again(core, one, () => keepCaughtUp(core, one)),
  )
}

/** A bug in what is done for one appliance ends that alone; it is said, and begun anew. */
async function again(core: Core, one: Kept, work: () => Promise<void>): Promise<void> {
  const { signal } = one.stop
  while (!signal.aborted) {
    try {
      await work()
    } catch (bug) {
      one.bug = evidence(String(bug))
      await core.tools.pause(bugPauseMs, signal)
    }
    if (!signal.aborted) await core.tools.pause(1000, signal)
  }
}

/** What a recorder there has measured while nobody watched comes into the history as soon as there is a link. */
async function keepCaughtUp(core: Core, { opening, stop: { signal } }: Kept): Promise<void> {
  const { clock, pause } = core.tools
  let isCaughtUp = false
  let triedAt = Number.NEGATIVE_INFINITY
  let againMs = catchUpAgainMs
  while (!signal.aborted) {
    const isUp = watchNow(core, opening)?.sampling?.newest?.link === 'up'
    isCaughtUp &&= isUp
    if (isUp && !isCaughtUp && clock() - triedAt >= againMs) {
      triedAt = clock()
      const fetched = await backfill(core, opening)
      // Who is not root there now is not root in a minute.
      isCaughtUp = fetched.ok || fetched.failure.kind === 'sudo-refused'
      againMs = isCaughtUp ? catchUpAgainMs : Math.min(2 * againMs, longestCatchUpMs)
    }
    await pause(listEveryMs, signal)
  }
}

async function keepLooking(core: Core, { opening, stop: { signal } }: Kept): Promise<void> {
  const looker = lookerAt(core, opening)
  while (!signal.aborted) {
    const beganAt = core.tools.clock()
    const isUp = watchNow(core, opening)?.sampling?.newest?.link === 'up'
    if (isUp) await looker.look(signal)
    const restMs = isUp ? lookEveryMs - (core.tools.clock() - beganAt) : listEveryMs
    await core.tools.pause(Math.max(1000, restMs), signal)
  }
}

const ofTheVault: ReadonlySet<Failure['kind']> = new Set(['vault-locked', 'vault-missing', 'credential-unknown'])
/** Asking again costs no login: a key is compared before anybody logs in, and a login that was refused stands as refused. */
const costsNoLogin: ReadonlySet<Failure['kind']> = new Set([
  ...(['host-key-unknown', 'host-key-changed', 'host-key-mismatch', 'login-refused'] as const),
])
const askAnewEveryMs = 60_000

/** What only waited for the vault is dialled again once it is unlocked, and what a person may have mended elsewhere now and then. */
function askAnew(core: Core, one: Kept): void {
  const sampling = watchNow(core, one.opening)?.sampling
  if (sampling?.newest?.link !== 'lost') return
  const { kind } = sampling.newest.failure
  if (costsNoLogin.has(kind) && core.tools.clock() - one.askedAt >= askAnewEveryMs) {
    one.askedAt = core.tools.clock()
    sampling.askAgain()
  }
  if (!ofTheVault.has(kind)) return
  const vault = core.vault.state()
  if (vault.ok && vault.value.state === 'unlocked') sampling.askAgain()
}

/**
 * Whose window waits for a person (to unlock the vault, to log in) watches nothing yet, and says nothing of what was.
 * Where nobody sits in front of it that is a silence like every other.
 */
function watchedSince(core: Core): ReadonlyMap<string, number | undefined> {
  const since = new Map<string, number | undefined>()
  const isAttended = core.background.started?.how !== 'always'
  for (const one of core.background.kept.values()) {
    const newest = watchNow(core, one.opening)?.sampling?.newest
    if (newest?.link === 'up') one.upMs ??= newest.sample.atMs
    const isStuck = newest?.link === 'lost' && !mayMendItself(newest.failure)
    const isWaiting = isAttended && one.upMs === undefined && isStuck
    const key = historyKey(one.opening)
    const earliest = Math.min(since.get(key) ?? Number.POSITIVE_INFINITY, one.beganMs)
    since.set(key, isWaiting ? since.get(key) : earliest)
  }
  return since
}

function shown(core: Core, { name, opening, beganMs, bug }: Kept): WatchState['appliances'][number] {
  const newest = watchNow(core, opening)?.sampling?.newest
  const failure: Failure | undefined = bug === undefined ? undefined : { kind: 'internal', detail: bug }
  if (newest === undefined) return { name, link: 'waiting', sinceMs: beganMs, ...(failure && { failure }) }
  if (newest.link === 'lost') return { name, link: 'lost', sinceMs: newest.sinceMs, failure: newest.failure }
  return { name, link: 'up', sinceMs: beganMs, ...(failure && { failure }) }
}

function nowMs({ tools }: Core): number {
  return Date.parse(tools.now())
}
