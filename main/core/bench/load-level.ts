// The load generator by itself, for whoever measures what it costs and how well it tells the time: one number of users,
// each request as the caller wants it.
import type { Connection } from '../../../shared/domain/connection.ts'
import type { RequestTrace } from '../../../shared/verify/load/request-trace.ts'
import { type Asked, askOnce } from '../../verify/load/ask-once.ts'
import { type LevelRun, type LevelTools, type LevelWish, runLevel } from '../../verify/load/run-level.ts'

type LoadRequest = {
  readonly connection: Connection
  readonly asked: Asked
  readonly onTrace: (trace: RequestTrace) => void
}

export function loadLevel(
  wish: LevelWish,
  tools: Omit<LevelTools, 'ask'>,
  requestAt: (at: number) => LoadRequest,
): Promise<LevelRun> {
  let at = 0
  return runLevel(wish, {
    ...tools,
    async ask(stop, onPieces) {
      at += 1
      const { connection, asked, onTrace } = requestAt(at)
      const trace = await askOnce(connection, asked, { clock: tools.clock, stop, onPieces })
      onTrace(trace)
      return trace
    },
  })
}
