// Acceptances, one document each, and the keys that certificates of others were seen signed with.
import * as z from 'zod'
import {
  type AcceptanceHead,
  acceptanceHeadOf,
  acceptanceId,
  type KeptAcceptance,
  keptAcceptance,
} from '../../shared/domain/acceptance.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'
import { newestFirst, resultsIn } from './kept-results.ts'

/** Which key certificates of a server were first seen signed with; `own`: this console signed them. */
const seenKey = z.strictObject({
  machineId: z.string().max(200),
  fingerprint: z.string().max(100),
  firstSeenAt: z.string().max(40),
  own: z.literal(true).optional(),
})
export type SeenKey = z.infer<typeof seenKey>

/** Of so many servers nobody has certificates: then the next ones are not remembered, and none is forgotten. */
const mostSeen = 10_000

/** They are the site's papers: none is thrown away. */
export function acceptancesIn(folder: string) {
  const seenKeys = documentIn(folder, 'acceptance-keys.json', z.array(seenKey), [])
  const kept = resultsIn(folder, {
    ...{ name: 'acceptances', id: acceptanceId, headOf: acceptanceHeadOf },
    document: (file) => documentIn(folder, file, keptAcceptance.nullable(), null),
  })
  /** Newest first; read once, because what happened lately is asked for again and again. */
  let heads: AcceptanceHead[] | undefined
  const list = () => {
    heads ??= kept.heads()
    return heads
  }
  return {
    list: () => [...list()],
    read: kept.read,
    /** Throws where there is one of that id: no paper takes the place of another. */
    save(one: KeptAcceptance): Result<void> {
      const { acceptanceId: id } = one.document
      const there = kept.read(id)
      if (!there.ok) return there
      if (there.value !== null) throw new Error(`${id} is there already`)
      const written = kept.write(id, one)
      if (written.ok)
        heads = [acceptanceHeadOf(one), ...list().filter((each) => each.acceptanceId !== id)].sort(newestFirst)
      return written
    },
    seenKey(machineId: string): Result<SeenKey | undefined> {
      const seen = seenKeys.read()
      return seen.ok ? ok(seen.value.find((one) => one.machineId === machineId)) : seen
    },
    /** An own key takes the place of what was only seen. */
    remember(key: SeenKey): Result<void> {
      const seen = seenKeys.read()
      if (!seen.ok) return seen
      const others = seen.value.filter(({ machineId }) => machineId !== key.machineId)
      return others.length >= mostSeen ? ok(undefined) : seenKeys.write([...others, key])
    },
  }
}
