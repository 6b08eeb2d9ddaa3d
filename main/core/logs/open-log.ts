// One opening of a container's log: the container is looked up, and read from where the reader is.
import type { Connection, EngineLog } from '../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { LogPlace } from '../../../shared/domain/log.ts'
import type { Opening } from '../access/opening.ts'
import type { Core } from '../context.ts'
import { type FoundSource, findSource } from './sources.ts'

export type LogWish = {
  readonly container: string
  readonly follow: boolean
  readonly tailLines: number
  readonly sinceSeconds?: number | undefined
  readonly after?: LogPlace | undefined
}

export type OpenedLog = { readonly log: EngineLog; readonly run: string }

/** Undefined: it is not there, and `mayBeGone`. */
export function openLog(
  core: Core,
  opening: Opening,
  { mayBeGone, ...wish }: LogWish & { readonly mayBeGone: boolean },
): Promise<Result<OpenedLog | undefined>> {
  return core.sessions.withConnection<OpenedLog | undefined>(opening, async (connection: Connection) => {
    const source = await findSource(connection, wish.container)
    if (!source.ok) return source
    const { found, names } = source.value
    if (found === undefined) {
      const missing = {
        kind: 'usage',
        problem: 'log-container',
        word: wish.container,
        other: names.join(', '),
      } as const
      return mayBeGone ? ok(undefined) : fail(missing)
    }
    const { id, hasTerminal } = found
    const { follow, after } = wish
    // What is read from a place on is read whole: the engine takes the last lines first, and of those the ones since then.
    const tailLines = after === undefined ? wish.tailLines : undefined
    const log = await connection
      .engine()
      .followLog(id, { ...{ follow, hasTerminal, tailLines }, since: since(core, wish) })
    return log.ok ? ok({ log: log.value, run: runOf(found) }) : log
  })
}

/** By this computer's clock, where somebody asks for so many seconds. */
function since({ tools }: Core, { after, sinceSeconds }: LogWish): string | undefined {
  if (after !== undefined) return `${Math.floor(Date.parse(after.at) / 1000)}.${after.at.slice(20, 29)}`
  if (sinceSeconds === undefined) return undefined
  return `${Math.floor(Date.parse(tools.now()) / 1000) - sinceSeconds}.000000000`
}

/** Which container of that name, and which start of it. */
function runOf({ id, startedAt }: FoundSource): string {
  return `${id} ${startedAt}`
}

/** There is more to read: it runs, or has run since that run. */
export function hasRunSince(core: Core, opening: Opening, asked: { container: string; run: string | undefined }) {
  return core.sessions.withConnection<boolean>(opening, async (connection) => {
    const source = await findSource(connection, asked.container)
    if (!source.ok) return source
    const { found } = source.value
    return ok(found !== undefined && (found.isUp || runOf(found) !== asked.run))
  })
}
