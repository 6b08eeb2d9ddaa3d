// One opening of a container's log: the container is looked up, and read from where the reader is.
import type { Connection, EngineLog } from '../../../shared/domain/connection.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { LogPlace } from '../../../shared/domain/log.ts'
import type { Opening } from '../access/opening.ts'
import type { Core } from '../context.ts'
import { findSource, noSuchSource } from './sources.ts'

export type LogWish = {
  readonly container: string
  readonly follow: boolean
  readonly tailLines: number
  readonly sinceSeconds?: number | undefined
  readonly after?: LogPlace | undefined
}

/** Undefined: it is not there, and `mayBeGone`. */
export function openLog(
  core: Core,
  opening: Opening,
  { mayBeGone, ...wish }: LogWish & { readonly mayBeGone: boolean },
): Promise<Result<EngineLog | undefined>> {
  return core.sessions.withConnection<EngineLog | undefined>(opening, async (connection: Connection) => {
    const source = await findSource(connection, wish.container)
    if (!source.ok) return source
    if (source.value === undefined) return mayBeGone ? ok(undefined) : noSuchSource(connection, wish.container)
    const { id, hasTerminal } = source.value
    const { follow, after } = wish
    // What is read from a place on is read whole: the engine takes the last lines first, and of those the ones since then.
    const tailLines = after === undefined ? wish.tailLines : undefined
    return connection.engine().followLog(id, { ...{ follow, hasTerminal, tailLines }, since: since(core, wish) })
  })
}

/** By this computer's clock, where somebody asks for so many seconds. */
function since({ tools }: Core, { after, sinceSeconds }: LogWish): string | undefined {
  if (after !== undefined) return `${Math.floor(Date.parse(after.at) / 1000)}.${after.at.slice(20, 29)}`
  if (sinceSeconds === undefined) return undefined
  return `${Math.floor(Date.parse(tools.now()) / 1000) - sinceSeconds}.000000000`
}

/** Undefined where that cannot be told now. */
export async function isUpNow(core: Core, opening: Opening, container: string): Promise<boolean | undefined> {
  const found = await core.sessions.withConnection(opening, (connection) => findSource(connection, container))
  return found.ok ? found.value?.isUp === true : undefined
}
